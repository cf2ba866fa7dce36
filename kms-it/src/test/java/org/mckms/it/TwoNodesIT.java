package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.mckms.client.cek.CekDetails;
import org.mckms.client.cek.CekScope;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.Await;
import org.mckms.it.support.CekDevice;
import org.mckms.it.support.CekFace;
import org.mckms.it.support.HeardNotices;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.KmsServer.Variant;
import org.mckms.it.support.McServer;
import org.mckms.it.support.PostgresCluster;
import org.mckms.it.support.Reply;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.error.KmsErrorCode;

/** Two servers with one token and one database: what an operator orders at one of them holds at the other. */
@TestInstance(Lifecycle.PER_CLASS)
class TwoNodesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** The other node asks once a second; the rest is for a machine that has much to do. */
    private static final Duration KNOWN_TO_THE_OTHER = Duration.ofSeconds(10);

    private PostgresCluster postgres;
    private Kms one;
    private Kms other;
    private McServer server;

    @BeforeAll
    void start() {
        KmsHome home = KmsHome.makeWithMcServer("node-1");
        home.set(Map.of("kms.audit.checkpoint-interval", "PT1S", "kms.cek.wait", "PT5S"));
        postgres = PostgresCluster.start(home.dir().resolve("log"));
        Variant variant = Variant.AS_BUILT.withEnvironment(postgres.environment());
        one = Kms.start(home, Map.of("origin", "derived"), variant);
        other = Kms.restart(
                beside(home),
                variant.withEnvironment(
                        "SOFTHSM2_CONF", home.dir().resolve("hsm/softhsm2.conf").toString()));
        server = McServer.enrolled(one);
    }

    /** The home of a second node, which has the token and the MC server of the first. */
    private static KmsHome beside(KmsHome first) {
        KmsHome second = KmsHome.makeWithMcServer("node-2");
        second.set(Map.of(
                "kms.node", "node-2",
                "kms.audit.checkpoint-interval", "PT1S",
                "kms.cek.wait", "PT5S",
                "kms.hsm.pin-file", first.setting("kms.hsm.pin-file"),
                "kms.server.mcptt-server.cek-url", first.setting("kms.server.mcptt-server.cek-url")));
        return second;
    }

    @AfterAll
    void stop() {
        server.close();
        other.close();
        one.close();
        postgres.close();
    }

    @Test
    void aRevokedTokenIsRefusedAtTheOtherNode() {
        String user = "sip:two-nodes@example.org";
        String stolen = token(user, "stolen");
        String own = token(user, "own");
        Stream.of(one, other).forEach(node -> assertThat(served(node, stolen)).isEqualTo(200));

        AdminFace.object(one.admin("operator")
                .post("/tokens/revocations", Map.of("issuer", "development", "jti", "stolen", "reason", "stolen")));
        Instant revoked = Instant.now();
        assertThat(served(one, stolen)).isEqualTo(401);
        assertThat(lastServed(other, stolen)).isBefore(revoked.plus(KNOWN_TO_THE_OTHER));
        Stream.of(one, other).forEach(node -> assertThat(served(node, own)).isEqualTo(200));

        AdminFace.object(other.admin("operator").post("/tokens/revocations", Map.of("uri", user)));
        Instant revokedAll = Instant.now();
        assertThat(served(other, own)).isEqualTo(401);
        assertThat(lastServed(one, own)).isBefore(revokedAll.plus(KNOWN_TO_THE_OTHER));
        Stream.of(one, other).forEach(node -> assertThat(served(node, stolen)).isEqualTo(401));
    }

    @Test
    void theStreamOfABlockedIdentityEndsAtEachNode() {
        try (CekDevice here = CekDevice.registered(one, "sip:blocked-here@example.org");
                CekDevice there = CekDevice.registered(other, "sip:blocked-there@example.org");
                CekDevice neighbour = CekDevice.registered(other, "sip:neighbour@example.org");
                HeardNotices heardHere = new HeardNotices(here.ceks());
                HeardNotices heardThere = new HeardNotices(there.ceks());
                HeardNotices heardByNeighbour = new HeardNotices(neighbour.ceks())) {
            CekDetails keyHere = active(here, heardHere);
            CekDetails keyThere = active(there, heardThere);
            active(neighbour, heardByNeighbour);

            for (CekDevice device : List.of(here, there)) {
                AdminFace.object(
                        one.officer().post("/identities/block", Map.of("uri", device.uri(), "reason", "device lost")));
            }
            assertThat(heardHere.reason()).isEqualTo("identity blocked");
            assertThat(heardThere.reason()).isEqualTo("identity blocked");
            assertRefused(one, here);
            assertRefused(other, there);
            Await.that("the MC server has wiped their keys", LIMIT, () -> Stream.of(keyHere, keyThere)
                    .allMatch(key -> server.held(key.keyId()).isEmpty()));

            neighbour.ceks().logOff();
            CekDetails next = active(neighbour, heardByNeighbour);
            assertThat(server.held(next.keyId())).isPresent();
        }
    }

    /** A key of the user that both know, and of which its event stream has told. */
    private CekDetails active(CekDevice device, HeardNotices heard) {
        CekDetails made = device.ceks().current(CekScope.of(server.uri())).get(0);
        heard.await(made.keyId(), CekStatus.ACTIVE);
        assertThat(server.held(made.keyId())).isPresent();
        return made;
    }

    private static void assertRefused(Kms node, CekDevice device) {
        CekFace face = CekFace.anonymous(node);
        Reply stream = face.send(face.to("/events", device.token()).GET());
        assertThat(stream.status()).isEqualTo(403);
        assertThat(stream.errorCode()).isEqualTo(KmsErrorCode.IDENTITY_BLOCKED.code());
    }

    /** When the last request with a token began that was served before one was refused. */
    private static Instant lastServed(Kms node, String token) {
        Instant[] last = {Instant.MIN};
        Await.that("the token is refused", LIMIT, () -> {
            Instant asked = Instant.now();
            int status = served(node, token);
            assertThat(status).isIn(200, 401);
            if (status == 200) {
                last[0] = asked;
            }
            return status == 401;
        });
        return last[0];
    }

    private static int served(Kms node, String token) {
        return node.csc().post("/init", token).status();
    }

    private String token(String user, String jti) {
        return one.idm().signed(one.idm().claims(user).jwtID(jti).build());
    }
}
