package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mckms.client.cek.CekDetails;
import org.mckms.client.cek.CekScope;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.Await;
import org.mckms.it.support.CekDevice;
import org.mckms.it.support.CekFace;
import org.mckms.it.support.HeardNotices;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.McServer;
import org.mckms.it.support.Reply;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.CekOrder;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.codec.ReceivingKeys;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.smime.SipBody;

/**
 * The procedure of content encryption keys on the real server with a real token: users and an MC server with the client
 * library, keys pushed over TLS that both ends authenticate.
 */
class CekIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration NOT_BEFORE = Duration.ofSeconds(4);

    private static Kms kms;
    private static McServer server;
    private static final List<CekDevice> DEVICES = new ArrayList<>();

    @BeforeAll
    static void start() {
        KmsHome home = KmsHome.makeWithMcServer("cek");
        home.set(Map.of(
                "kms.audit.checkpoint-interval",
                "PT1S",
                "kms.cek.wait",
                "PT3S",
                "kms.cek.renew-not-before",
                NOT_BEFORE.toString(),
                "kms.cek.overlap",
                "PT4S"));
        kms = Kms.start(home, Map.of("origin", "derived"));
        server = McServer.enrolled(kms);
    }

    @AfterAll
    static void stop() {
        DEVICES.forEach(CekDevice::close);
        if (server != null) {
            server.close();
        }
        if (kms != null) {
            kms.close();
        }
    }

    @AfterEach
    void takePushesAgain() {
        server.behave(McServer.RECEIVING);
    }

    private static CekDevice device(String name) {
        CekDevice device = CekDevice.registered(kms, "sip:" + name + "@example.org");
        DEVICES.add(device);
        return device;
    }

    private static CekScope with(String session) {
        return CekScope.of(server.uri(), session);
    }

    private static SipBody body(String text) {
        return new SipBody("text/plain", Octets.ofUtf8(text));
    }

    /** The one key of a scope that both ends have. */
    private static CekDetails active(CekDevice device, CekScope scope) {
        return Await.value("a key is active", LIMIT, () -> device.ceks().current(scope).stream()
                .filter(key -> key.status() == CekStatus.ACTIVE)
                .findFirst());
    }

    private static void refused(KmsErrorCode code, ThrowingCallable act) {
        assertThatThrownBy(act).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private static void assertBothOpen(CekDevice device, String session) {
        SipBody up = device.bodies().seal(body("to the server"), with(session));
        assertThat(up.contentType()).startsWith("application/pkcs7-mime");
        assertThat(server.keys().open(up, CekScope.of(device.uri(), session))).isEqualTo(body("to the server"));
        SipBody down = server.keys().seal(body("to the user"), CekScope.of(device.uri(), session));
        assertThat(device.bodies().open(down, with(session))).isEqualTo(body("to the user"));
    }

    /** Seed procedure, step 1: nothing without a token of the IdM for this KMS, this user and this purpose. */
    @Test
    void authorise() {
        CekDevice alice = device("authorised");
        CekFace face = CekFace.anonymous(kms);
        String path = CekFace.user(alice.uri());
        String order = alice.lend(keys -> face.signed(path, alice.uri(), keys.signingKey(), anyServer("authorise")));
        kms.observe(() -> face.sendNameless("POST", path)).assertUnauthenticated();
        String otherScope = kms.idm()
                .signed(kms.idm()
                        .claims(alice.uri())
                        .claim("scope", "openid 3gpp:mc:ptt_service")
                        .build());
        kms.observe(() -> face.post(path, otherScope, order)).assertRefused(403, 4030);
        kms.observe(() -> face.post(path, kms.idm().user("sip:other@example.org"), order))
                .assertRefused(403, 403);

        var made = kms.observe(() -> face.post(path, alice.token(), order));
        assertThat(made.reply().status()).isEqualTo(200);
        assertThat(made.of("CEK_CREATED")).hasSize(1);
    }

    private static CekOrder anyServer(String session) {
        return new CekOrder(Optional.of(session), Optional.empty());
    }

    /** Step 2: the KMS makes key and Key ID; several users of one session have different ones. */
    @Test
    void create() {
        CekDevice alice = device("creator");
        CekDevice bob = device("creator2");
        List<Cek> made = new ArrayList<>();
        List<Octets> keys = new ArrayList<>();
        for (CekDevice device : List.of(alice, bob)) {
            CekFace face = CekFace.anonymous(kms);
            String path = CekFace.user(device.uri());
            device.lend(pair -> {
                Reply reply = face.post(path, device.token(), device.uri(), pair.signingKey(), anyServer("conference"));
                assertThat(reply.text()).contains("EncryptedKey").doesNotContain(":Key>");
                try (ReceivedResponse received = KmsResponseCodec.read(reply.body(), ReceivingKeys.of(pair))) {
                    Cek cek = ((CekList) received.response().answer()).ceks().get(0);
                    made.add(cek);
                    keys.add(cek.key().orElseThrow().use(octets -> {
                        assertThat(octets).hasSize(32);
                        return Sha256.of(Octets.copyOf(octets));
                    }));
                }
                return reply;
            });
        }
        assertThat(keys).doesNotHaveDuplicates();
        assertThat(made).extracting(Cek::keyId).doesNotHaveDuplicates();
        assertThat(made).extracting(Cek::session).containsOnly(Optional.of("conference"));
        assertThat(active(alice, with("conference")).keyId())
                .as("asked again, the same")
                .isEqualTo(made.get(0).keyId());
        assertBothOpen(alice, "conference");
        refused(KmsErrorCode.NOT_FOUND, () -> bob.bodies()
                .open(alice.bodies().seal(body("not for bob"), with("conference")), with("conference")));
    }

    /** Step 3: with the key sets where SIP is to be protected, and to the server, which has it before the user seals. */
    @Test
    void distribute() {
        CekDevice alice = device("distributed");
        server.behave(McServer.status(503));
        alice.client().provision();
        CekDetails pending = alice.keys().keys().get(0);
        assertThat(pending.status()).isEqualTo(CekStatus.PENDING);
        assertThat(pending.session()).isEmpty();
        refused(KmsErrorCode.NOT_FOUND, () -> alice.bodies().seal(body("too early"), CekScope.of(server.uri())));

        server.behave(McServer.RECEIVING);
        CekDetails active = active(alice, CekScope.of(server.uri()));
        assertThat(active.keyId()).isEqualTo(pending.keyId());
        assertThat(server.held(active.keyId()).orElseThrow().otherEnd()).isEqualTo(alice.uri());
        assertBothOpen(alice, "any session without a key of its own");
        assertThat(server.pushers()).allSatisfy(name -> assertThat(name).contains("CN=kms"));
        assertThat(server.pushes()).allSatisfy(push -> assertThat(new String(push, StandardCharsets.UTF_8))
                .contains("SignedKmsResponse")
                .doesNotContain(":Key>"));
    }

    /** Step 4: the KMS decides whether to prolong or to make another one; for a while both open. */
    @Test
    void update() {
        CekDevice alice = device("updated");
        try (HeardNotices heard = new HeardNotices(alice.ceks())) {
            CekDetails first = active(alice, with("update"));
            SipBody before = alice.bodies().seal(body("before"), with("update"));
            List<CekDetails> prolonged = alice.ceks().renew(with("update"));
            assertThat(prolonged).singleElement().satisfies(same -> {
                assertThat(same.keyId()).isEqualTo(first.keyId());
                assertThat(same.revision()).isGreaterThan(first.revision());
            });

            Await.that("a key may be replaced", LIMIT, () -> Instant.now()
                    .isAfter(first.validFrom().plus(NOT_BEFORE).plusSeconds(1)));
            server.keys().renew(CekScope.of(alice.uri(), "update"));
            CekDetails second =
                    Await.value("the new key is active", LIMIT, () -> alice.ceks().current(with("update")).stream()
                            .filter(key -> key.status() == CekStatus.ACTIVE
                                    && !key.keyId().equals(first.keyId()))
                            .findFirst());
            assertThat(server.keys().open(before, CekScope.of(alice.uri(), "update")))
                    .isEqualTo(body("before"));
            assertBothOpen(alice, "update");

            Await.that("the old key has ended", LIMIT, () -> server.held(first.keyId())
                    .isEmpty());
            refused(KmsErrorCode.NOT_FOUND, () -> server.keys().open(before, CekScope.of(alice.uri(), "update")));
            heard.await(second.keyId(), CekStatus.ACTIVE);
            heard.await(first.keyId(), CekStatus.REVOKED);
            alice.ceks().current(with("update"));
            assertThat(alice.held(first.keyId())).isEmpty();
        }
    }

    /** Step 5: tear-down, log-off, block, revoked token, operator; both ends are told. */
    @Test
    void end() {
        CekDevice alice = device("ended");
        try (HeardNotices heard = new HeardNotices(alice.ceks())) {
            CekDetails torn = active(alice, with("torn-down"));
            server.keys().endSession("torn-down");
            heard.await(torn.keyId(), CekStatus.REVOKED);

            CekDetails ended = active(alice, with("by-operator"));
            assertThat(AdminFace.object(kms.admin("operator").post("/ceks/end", Map.of("user", alice.uri())))
                            .getInt("ended"))
                    .isEqualTo(1);
            awaitEnd(ended);
            heard.await(ended.keyId(), CekStatus.REVOKED);

            CekDetails loggedOff = active(alice, with("log-off"));
            alice.ceks().logOff();
            awaitEnd(loggedOff);

            CekDetails revoked = active(alice, with("revoked-token"));
            AdminFace.object(kms.admin("operator").post("/tokens/revocations", Map.of("uri", alice.uri())));
            awaitEnd(revoked);
            assertThat(heard.reason()).isEqualTo("token revoked");
        }
        CekDevice bob = device("blocked");
        CekDetails blocked = active(bob, with("block"));
        AdminFace.object(kms.officer().post("/identities/block", Map.of("uri", bob.uri(), "reason", "lost")));
        awaitEnd(blocked);
        assertThat(AdminFace.array(
                        kms.admin("auditor")
                                .get("/ceks?user=" + CekFace.user(bob.uri()).substring(1)),
                        "ceks"))
                .allSatisfy(cek ->
                        assertThat(cek.asJsonObject().getString("ending")).isEqualTo("IDENTITY_BLOCKED"));
    }

    private static void awaitEnd(CekDetails key) {
        Await.that("the server has no such key any more", LIMIT, () -> server.held(key.keyId())
                .isEmpty());
    }
}
