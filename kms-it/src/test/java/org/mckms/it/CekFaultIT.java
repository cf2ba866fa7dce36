package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.mckms.client.cek.CekDetails;
import org.mckms.client.cek.CekScope;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.Await;
import org.mckms.it.support.BrokerQueue;
import org.mckms.it.support.CekDevice;
import org.mckms.it.support.ExportedTrail;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.KmsServer;
import org.mckms.it.support.Kmsctl;
import org.mckms.it.support.McServer;
import org.mckms.it.support.McServer.Behaviour;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cek.CekAcknowledgement;
import org.mckms.protocol.cek.CekAcknowledgement.Item;
import org.mckms.protocol.cek.CekFault;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.security.ClientKeys;

/**
 * Content encryption keys of a real server whose MC server is down, slow, confused or forgetful, or which dies itself: users get
 * no key to seal with that the MC server does not have, and in the end both have the same.
 */
@TestInstance(Lifecycle.PER_CLASS)
class CekFaultIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** How long a delivery may be in the queue before it is given to another worker. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    private Kms kms;
    private McServer server;
    private CekDevice device;
    private final List<CekDevice> devices = new ArrayList<>();

    /** Holds answers back until it is told otherwise. */
    private CountDownLatch held;

    @BeforeAll
    void start() {
        KmsHome home = KmsHome.makeWithMcServer("cek-fault");
        home.set(Map.of(
                "kms.audit.checkpoint-interval", "PT1S",
                "kms.delivery.longest-pause", "PT1S",
                "kms.delivery.attempts", "1000",
                "kms.cek.wait", "PT0.1S"));
        kms = Kms.start(home, Map.of("origin", "derived"));
        server = McServer.enrolled(kms);
    }

    @BeforeEach
    void aUser() {
        held = new CountDownLatch(1);
        device = CekDevice.registered(kms, "sip:user" + devices.size() + "@example.org");
        devices.add(device);
    }

    @AfterEach
    void nothingIsLeft() {
        held.countDown();
        server.behave(McServer.RECEIVING);
        Await.that("all is delivered, not " + deliveries(), LIMIT, () -> deliveries()
                .isEmpty());
    }

    @AfterAll
    void stop() {
        devices.forEach(CekDevice::close);
        server.close();
        kms.close();
    }

    private List<JsonObject> deliveries() {
        return AdminFace.array(kms.admin("operator").get("/deliveries"), "deliveries")
                .getValuesAs(JsonObject.class);
    }

    private CekDetails key() {
        List<CekDetails> keys = device.ceks().current(CekScope.of(server.uri()));
        return keys.get(keys.size() - 1);
    }

    private CekDetails pending() {
        CekDetails key = key();
        assertThat(key.status()).isEqualTo(CekStatus.PENDING);
        return key;
    }

    private void awaitActive(CekDetails made) {
        Await.that("the key is active", LIMIT, () -> key().status() == CekStatus.ACTIVE);
        assertThat(key().keyId()).isEqualTo(made.keyId());
        assertThat(server.held(made.keyId())).isPresent();
    }

    private void awaitFailure(String reason) {
        Await.that("a failure: " + reason, LIMIT, () -> deliveries().stream()
                .anyMatch(left -> left.getString("reason", "").contains(reason)));
    }

    private long trail(String event, CekDetails key) {
        return ExportedTrail.of(kms)
                .records()
                .lines()
                .filter(line ->
                        line.contains(event) && line.contains(key.keyId().toHex()))
                .count();
    }

    private void restart(Runnable ending) {
        ending.run();
        server.behave(McServer.RECEIVING);
        kms = Kms.restart(kms.home(), KmsServer.Variant.AS_BUILT);
    }

    @Test
    void aServerThatWasDownGetsEverything() {
        server.down();
        CekDetails made = pending();
        CekDevice other = CekDevice.registered(kms, "sip:other-while-down@example.org");
        devices.add(other);
        assertThat(other.ceks().current(CekScope.of(server.uri())))
                .extracting(CekDetails::status)
                .containsExactly(CekStatus.PENDING);
        awaitFailure("no connection");
        server.up();

        awaitActive(made);
        Await.that(
                "the other's key is active",
                LIMIT,
                () -> other.ceks().current(CekScope.of(server.uri())).get(0).status() == CekStatus.ACTIVE);
    }

    @Test
    void aSlowServerKeepsNobodyWaiting() {
        server.behave((mine, push) -> {
            held.await();
            return new McServer.Answer(200, mine.keys().receive(push));
        });
        Instant before = Instant.now();
        CekDetails made = pending();
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
        awaitFailure("within 20000 ms");
        assertThat(pending().keyId()).isEqualTo(made.keyId());
        held.countDown();
        server.behave(McServer.RECEIVING);

        awaitActive(made);
        assertThat(trail("CEK_ACTIVATED", made)).isEqualTo(1);
    }

    @Test
    void nothingButASignedAcknowledgementMakesAKeyActive() {
        Map<String, Behaviour> faults = Map.of(
                "answered 500", McServer.status(500),
                "answered 204", McServer.status(204),
                "not a KmsRequest", (mine, push) -> octets("<html>OK</html>"),
                "not signed",
                        (mine, push) -> new McServer.Answer(200, KmsRequestCodec.encode(acknowledgement(List.of()))),
                "not name it", (mine, push) -> signed(List.of()),
                "was not sent",
                        (mine, push) -> signed(List.of(new Item(Octets.copyOf(new byte[16]), 1, Optional.empty()))));
        server.behave(McServer.status(500));
        CekDetails made = pending();
        faults.forEach((reason, behaviour) -> {
            server.behave(behaviour);
            awaitFailure(reason);
            assertThat(pending().keyId()).isEqualTo(made.keyId());
        });
        server.behave(McServer.RECEIVING);

        awaitActive(made);
    }

    private static McServer.Answer octets(String text) {
        return new McServer.Answer(200, text.getBytes(StandardCharsets.UTF_8));
    }

    private KmsRequest acknowledgement(List<Item> items) {
        return new KmsRequest(
                        server.uri(),
                        kms.kmsUri(),
                        Instant.now().truncatedTo(ChronoUnit.MILLIS),
                        Optional.empty(),
                        Optional.empty(),
                        kms.home().setting("kms.server.mcptt-server.cek-url"),
                        Optional.empty())
                .with(new CekAcknowledgement(items));
    }

    private McServer.Answer signed(List<Item> items) {
        try (ClientKeys keys = server.store().activeKeys().orElseThrow()) {
            return new McServer.Answer(200, KmsRequestCodec.encodeSigned(acknowledgement(items), keys.signingKey()));
        }
    }

    @Test
    void theSamePushFiveTimesHasOneEffect() {
        List<byte[]> taken = new ArrayList<>();
        int before = server.pushes().size();
        server.behave((mine, push) -> {
            byte[] acknowledgement = mine.keys().receive(push);
            taken.add(acknowledgement);
            return taken.size() < 5 ? new McServer.Answer(500, new byte[0]) : new McServer.Answer(200, acknowledgement);
        });
        CekDetails made = pending();

        awaitActive(made);
        assertThat(server.pushes()).hasSize(before + 5);
        assertThat(server.held(made.keyId()).orElseThrow().revision()).isEqualTo(1);
        assertThat(trail("CEK_CREATED", made)).isEqualTo(1);
        assertThat(trail("CEK_ACTIVATED", made)).isEqualTo(1);
    }

    @Test
    void whatIsAcknowledgedTwiceIsAcknowledgedOnce() {
        server.behave((mine, push) -> {
            mine.keys().pull();
            return new McServer.Answer(200, mine.keys().receive(push));
        });
        CekDetails made = key();

        awaitActive(made);
        server.keys().pullAll();
        assertThat(trail("CEK_ACTIVATED", made)).isEqualTo(1);
    }

    @Test
    void aServerThatRefusesAKeyIsForOperators() {
        server.behave((mine, push) -> new McServer.Answer(500, new byte[0]));
        CekDetails made = pending();
        server.behave((mine, push) -> signed(List.of(new Item(made.keyId(), 1, Optional.of(CekFault.UNKNOWN_USER)))));
        JsonObject dead = Await.value("it is given up", LIMIT, () -> deliveries().stream()
                .filter(left -> left.getString("state").equalsIgnoreCase("dead"))
                .findFirst());
        assertThat(dead.getString("topic")).isEqualTo("cek");
        assertThat(dead.getString("reference")).isEqualTo(made.keyId().toHex() + ":1");
        assertThat(dead.getString("reason")).contains("UNKNOWN_USER");
        assertThat(trail("CEK_REFUSED_BY_SERVER", made)).isEqualTo(1);
        pending();
        server.behave(McServer.RECEIVING);
        Kmsctl kmsctl = new Kmsctl(kms.home(), kms.home().dir());
        assertThat(kmsctl.run("deliveries", "retry", dead.getString("id"), "--reason", "the user is served now")
                        .exitCode())
                .isZero();

        awaitActive(made);
    }

    @Test
    void manyKeysOfOneMomentArriveTogether() {
        server.behave(McServer.status(503));
        List<CekDetails> made =
                IntStream.range(0, 16).mapToObj(i -> keyOf("session-" + i)).toList();
        int before = server.pushes().size();
        server.behave(McServer.RECEIVING);

        Await.that("all are there", LIMIT, () -> made.stream()
                .allMatch(key -> server.held(key.keyId()).isPresent()));
        assertThat(server.pushes().size() - before).isLessThanOrEqualTo(4);
        device.ceks().logOff();
        Await.that("all are gone", LIMIT, () -> made.stream()
                .allMatch(key -> server.held(key.keyId()).isEmpty()));
    }

    private CekDetails keyOf(String session) {
        return device.ceks().current(CekScope.of(server.uri(), session)).get(0);
    }

    @Test
    void whatWasCommittedAndNotPushedSurvivesAKill() {
        int before = server.pushes().size();
        server.behave((mine, push) -> {
            held.await();
            return new McServer.Answer(500, new byte[0]);
        });
        CekDetails made = pending();
        Await.that("it is under way", LIMIT, () -> server.pushes().size() > before);
        CekDetails session = keyOf("never-pushed");
        restart(() -> kms.server().kill());

        awaitActive(made);
        Await.that(
                "the other one too", LIMIT, () -> server.held(session.keyId()).isPresent());
        assertThat(trail("CEK_ACTIVATED", made)).isEqualTo(1);
        assertThat(ExportedTrail.of(kms).verify().firstFault()).isEmpty();
    }

    @Test
    void whatIsQueuedInTheBrokerSurvivesItsRestart() {
        BrokerQueue queue = new BrokerQueue(kms.home());
        queue.pause();
        CekDetails made = pending();
        queue.awaitMessages(1);
        restart(kms::close);

        awaitActive(made);
        assertThat(trail("CEK_ACTIVATED", made)).isEqualTo(1);
    }

    /** Of pushes to one server one is in the queue, for all that is due; the lease of its delivery ends a minute later. */
    @Test
    void whatTheBrokerAloneForgetsIsPushedAgain() {
        BrokerQueue queue = new BrokerQueue(kms.home());
        int before = server.pushes().size();
        CekDetails made;
        CekDetails session;
        queue.pause();
        try {
            made = pending();
            session = keyOf("forgotten");
            queue.awaitMessages(1);
            queue.forget(1);
        } finally {
            queue.resume();
        }

        Await.that("all is pushed", LEASE.plus(LIMIT), () -> deliveries().isEmpty());
        awaitActive(made);
        assertThat(keyOf("forgotten").status()).isEqualTo(CekStatus.ACTIVE);
        assertThat(server.held(session.keyId())).isPresent();
        assertThat(server.pushes()).hasSizeBetween(before + 1, before + 2);
        for (CekDetails key : List.of(made, session)) {
            assertThat(trail("CEK_CREATED", key)).isEqualTo(1);
            assertThat(trail("CEK_ACTIVATED", key)).isEqualTo(1);
        }
    }

    @Test
    void anEndReachesAServerThatWasDown() {
        CekDetails made = key();
        awaitActive(made);
        server.down();
        device.ceks().end(made.keyId());
        assertThat(server.held(made.keyId())).isPresent();
        server.up();

        Await.that("the server has wiped it", LIMIT, () -> server.held(made.keyId())
                .isEmpty());
    }
}
