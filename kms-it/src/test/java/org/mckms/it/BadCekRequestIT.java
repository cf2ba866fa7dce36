package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.client.cek.CekDetails;
import org.mckms.client.cek.CekScope;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.Await;
import org.mckms.it.support.CekDevice;
import org.mckms.it.support.CekFace;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.McServer;
import org.mckms.it.support.Observed;
import org.mckms.it.support.Reply;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cek.CekAcknowledgement;
import org.mckms.protocol.cek.CekEnd;
import org.mckms.protocol.cek.CekOrder;
import org.mckms.protocol.cek.CekQuery;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.cek.RequestExtension;

/** What users, servers and strangers ask of content encryption keys that they are not to have; tried on the real server. */
class BadCekRequestIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String UNKNOWN = "00112233445566778899AABBCCDDEEFF";

    private static Kms kms;
    private static McServer server;
    private static CekDevice alice;
    private static CekDevice mallory;
    private static CekDetails key;

    @BeforeAll
    static void start() {
        KmsHome home = KmsHome.makeWithMcServer("bad-cek");
        home.set(Map.of("kms.audit.checkpoint-interval", "PT1S", "kms.cek.keys-per-user", "2"));
        kms = Kms.start(home, Map.of("origin", "derived"));
        server = McServer.enrolled(kms);
        alice = CekDevice.registered(kms, "sip:alice@example.org");
        mallory = CekDevice.registered(kms, "sip:mallory@example.org");
        key = activeKey(alice, "call-7");
    }

    private static CekDetails activeKey(CekDevice device, String session) {
        return Await.value(
                "a key is active", LIMIT, () -> device.ceks().current(CekScope.of(server.uri(), session)).stream()
                        .filter(one -> one.status() == CekStatus.ACTIVE)
                        .findFirst());
    }

    @AfterAll
    static void stop() {
        List.of(Optional.ofNullable(alice), Optional.ofNullable(mallory))
                .forEach(one -> one.ifPresent(CekDevice::close));
        Optional.ofNullable(server).ifPresent(McServer::close);
        Optional.ofNullable(kms).ifPresent(Kms::close);
    }

    private static CekOrder order(String session) {
        return new CekOrder(Optional.of(session), Optional.empty());
    }

    /** A signed request of a user, with its own token. */
    private static Observed asks(CekDevice device, String resource, String userUri, RequestExtension extension) {
        CekFace face = CekFace.anonymous(kms);
        return device.lend(
                keys -> kms.observe(() -> face.post(resource, device.token(), userUri, keys.signingKey(), extension)));
    }

    /** The same of the server, which shows its certificate. */
    private static Observed serverAsks(String resource, RequestExtension extension) {
        CekFace face = CekFace.showing(kms, server.credential());
        return kms.observe(() -> face.post(resource, server.token(), signedByServer(resource, extension)));
    }

    private static String signedByServer(String resource, RequestExtension extension) {
        try (var pair = server.store().activeKeys().orElseThrow()) {
            return CekFace.anonymous(kms).signed(resource, server.uri(), pair.signingKey(), extension);
        }
    }

    private static Reply delete(CekFace face, String token, String keyId) {
        return face.send(face.to("/" + keyId, token).DELETE());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/renew"})
    void nobodyHasTheKeyOfAnother(String act) {
        String path = CekFace.user(alice.uri()) + act;
        asks(mallory, path, mallory.uri(), order("call-7")).assertRefused(403, 403);
        asks(mallory, path, alice.uri(), order("call-7")).assertRefused(403, 403);
    }

    @Test
    void nobodyEndsTheKeyOfAnother() {
        asks(mallory, "/ends", mallory.uri(), CekEnd.ofKeys(List.of(key.keyId())))
                .assertRefused(404, 404);
        asks(mallory, "/ends", alice.uri(), CekEnd.ofUser()).assertRefused(403, 403);
        asks(mallory, "/ends", mallory.uri(), CekEnd.ofUser());
        CekFace face = CekFace.anonymous(kms);
        kms.observe(() -> delete(face, mallory.token(), key.keyId().toHex())).assertRefused(403, 403);
        kms.observe(() -> delete(face, alice.token(), key.keyId().toHex())).assertRefused(403, 403);
        assertThat(server.held(key.keyId())).isPresent();
    }

    @Test
    void aKeyIdThatNobodyHasIsNotFound() {
        asks(alice, "/ends", alice.uri(), CekEnd.ofKeys(List.of(Octets.fromHex(UNKNOWN))))
                .assertRefused(404, 404);
        asks(alice, "/ends", alice.uri(), CekEnd.ofKeys(List.of(key.keyId(), Octets.fromHex(UNKNOWN))))
                .assertRefused(404, 404);
        CekFace face = CekFace.showing(kms, server.credential());
        kms.observe(() -> delete(face, server.token(), UNKNOWN)).assertRefused(404, 404);
        assertThat(server.held(key.keyId())).as("all or none").isPresent();
    }

    @Test
    void aServerEndsItsKeysAndNoOthers() {
        CekDetails torn = activeKey(alice, "call-8");
        CekFace face = CekFace.showing(kms, server.credential());
        assertThat(delete(face, server.token(), torn.keyId().toHex()).status()).isEqualTo(204);
        assertThat(delete(face, server.token(), torn.keyId().toHex()).status()).isIn(204, 404);
        serverAsks("/ends", CekEnd.ofUser()).assertRefused(403, 403);
        kms.observe(() -> delete(
                        CekFace.anonymous(kms), server.token(), key.keyId().toHex()))
                .assertRefused(403, 403);
    }

    @Test
    void listsAndAcknowledgementsAreForServers() {
        asks(alice, "/list", alice.uri(), new CekQuery(true, Optional.empty())).assertRefused(403, 403);
        CekAcknowledgement stored = new CekAcknowledgement(
                List.of(new CekAcknowledgement.Item(key.keyId(), key.revision(), Optional.empty())));
        asks(alice, "/acknowledgements", alice.uri(), stored).assertRefused(403, 403);
        assertThat(serverAsks("/list", new CekQuery(true, Optional.empty()))
                        .reply()
                        .status())
                .isEqualTo(200);
        assertThat(serverAsks("/acknowledgements", stored).reply().status()).isEqualTo(200);
    }

    @Test
    void aServerHasNoKeyOfItsOwn() {
        serverAsks(CekFace.user(server.uri()), order("call-7")).assertRefused(403, 403);
        serverAsks(CekFace.user(alice.uri()), order("call-7")).assertRefused(403, 403);
    }

    @Test
    void tokensOfOthersOpenNothing() {
        CekFace face = CekFace.anonymous(kms);
        for (String resource : List.of("/list", "/ends", CekFace.user(alice.uri()))) {
            kms.observe(() -> face.sendNameless("POST", resource)).assertUnauthenticated();
        }
        kms.observe(() -> face.sendNameless("GET", "/events")).assertUnauthenticated();
        String groups = kms.idm()
                .signed(kms.idm()
                        .claims(alice.uri())
                        .claim("scope", "3gpp:mc:ptt_group_management_service")
                        .build());
        kms.observe(() -> face.send(face.to("/events", groups).GET())).assertRefused(403, 4030);
        kms.observe(() -> delete(face, groups, UNKNOWN)).assertRefused(403, 4030);
    }

    @Test
    void unsignedAlteredAndOldRequestsAreRefused() {
        CekFace face = CekFace.anonymous(kms);
        String path = CekFace.user(alice.uri());
        kms.observe(() -> face.post(path, alice.token(), face.unsigned(path, alice.uri(), order("call-7"))))
                .assertRefused(403, 4031);
        kms.observe(() -> face.send(face.to(path, alice.token()).POST(BodyPublishers.noBody())))
                .assertRefused(403, 4031);
        String signed = alice.lend(keys -> face.signed(path, alice.uri(), keys.signingKey(), order("call-7")));
        kms.observe(() -> face.post(path, alice.token(), signed.replace("call-7", "call-9")))
                .assertRefused(403, 4031);
        assertThat(face.post(path, alice.token(), signed).status()).isEqualTo(200);
        kms.observe(() -> face.post(path, alice.token(), signed)).assertRefused(400, 4005);
        String elsewhere = CekFace.user(alice.uri()) + "/renew";
        String meant = alice.lend(keys -> face.signed(path, alice.uri(), keys.signingKey(), order("call-7")));
        kms.observe(() -> face.post(elsewhere, alice.token(), meant)).assertRefused(400, 4004);
    }

    @Test
    void whatBelongsToAnotherResourceIsMalformed() {
        asks(alice, "/ends", alice.uri(), order("call-7")).assertRefused(400, 400);
        asks(alice, CekFace.user(alice.uri()), alice.uri(), CekEnd.ofUser()).assertRefused(400, 400);
        serverAsks("/acknowledgements", new CekQuery(false, Optional.empty())).assertRefused(400, 400);
        assertThat(server.held(key.keyId())).isPresent();
    }

    @Test
    void aUserHasKeysOfSoManySessions() {
        CekDevice busy = CekDevice.registered(kms, "sip:busy@example.org");
        try (busy) {
            for (int session = 0; session < 2; session++) {
                assertThat(asks(busy, CekFace.user(busy.uri()), busy.uri(), order("s" + session))
                                .reply()
                                .status())
                        .isEqualTo(200);
            }
            asks(busy, CekFace.user(busy.uri()), busy.uri(), order("s2")).assertRefused(409, 4095);
            assertThat(asks(busy, "/ends", busy.uri(), CekEnd.ofSession("s0"))
                            .reply()
                            .status())
                    .isEqualTo(200);
            assertThat(asks(busy, CekFace.user(busy.uri()), busy.uri(), order("s2"))
                            .reply()
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /list, 405",
        "PUT, /ends, 405",
        "POST, /00112233445566778899aabbccddeeff, 405",
        "POST, /nothing, 400",
        "POST, /list/more, 404",
        "POST, /list?a=b, 400",
        "POST, /sip:alice%40example.org/Renew, 400",
        "POST, /sip:alice%40example.org;x=1, 400",
        "POST, /sip%253Aalice%2540example.org, 400"
    })
    void pathsAndMethodsAreReadStrictly(String method, String resource, int status) {
        CekFace face = CekFace.anonymous(kms);
        Observed seen =
                kms.observe(() -> face.send(face.to(resource, alice.token()).method(method, BodyPublishers.noBody())));
        seen.assertRefused(status, status);
    }

    @Test
    void aRevokedTokenOpensNothingAndItsKeysEnd() {
        CekDevice carol = CekDevice.registered(kms, "sip:carol@example.org");
        try (carol) {
            CekFace face = CekFace.anonymous(kms);
            String path = CekFace.user(carol.uri());
            String stolen = kms.idm()
                    .signed(kms.idm().claims(carol.uri()).jwtID("stolen-7").build());
            Reply made = carol.lend(keys -> face.post(path, stolen, carol.uri(), keys.signingKey(), order("stolen")));
            assertThat(made.status()).isEqualTo(200);
            Await.that("the server has the key", LIMIT, () -> holdsKeyOf(carol));
            Map<String, String> order = Map.of("issuer", "development", "jti", "stolen-7", "reason", "stolen");
            assertThat(AdminFace.error(kms.admin("auditor").post("/tokens/revocations", order))
                            .getString("name"))
                    .isEqualTo("OPERATOR_ROLE_REQUIRED");
            AdminFace.object(kms.admin("operator").post("/tokens/revocations", order));

            Observed again = kms.observe(
                    () -> carol.lend(keys -> face.post(path, stolen, carol.uri(), keys.signingKey(), order("stolen"))));
            assertThat(again.reply().status()).isEqualTo(401);
            assertThat(again.reply().body()).isEmpty();
            assertThat(again.of("REQUEST_REFUSED")).singleElement().satisfies(record -> assertThat(
                            record.getJsonObject("details").getString("reason"))
                    .isEqualTo("the token was revoked"));
            Await.that("the key has ended", LIMIT, () -> !holdsKeyOf(carol));
            assertThat(asks(carol, path, carol.uri(), order("another-token"))
                            .reply()
                            .status())
                    .isEqualTo(200);
        }
    }

    private static boolean holdsKeyOf(CekDevice device) {
        return server.keys().keys().keys().stream()
                .anyMatch(held -> held.otherEnd().equals(device.uri()));
    }

    @Test
    void anEventStreamTellsNothingOfOthers() {
        CekFace face = CekFace.anonymous(kms);
        Instant soon = Instant.now().plusSeconds(3);
        String token = kms.idm()
                .signed(kms.idm()
                        .claims(mallory.uri())
                        .expirationTime(Date.from(soon))
                        .build());
        Reply stream = face.send(face.to("/events", token)
                .setHeader("Accept", "text/event-stream")
                .GET());
        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.header("Content-Type")).contains("text/event-stream;charset=UTF-8");
        assertThat(stream.text())
                .startsWith("retry: 5000\n\n")
                .doesNotContain(alice.uri())
                .endsWith("event: end\ndata: {\"reason\":\"token expired\"}\n\n");
    }
}
