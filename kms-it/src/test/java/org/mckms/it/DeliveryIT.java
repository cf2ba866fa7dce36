package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.it.support.CallbackReceiver.octets;
import static org.mckms.it.support.CallbackReceiver.status;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.Await;
import org.mckms.it.support.BrokerQueue;
import org.mckms.it.support.CallbackReceiver;
import org.mckms.it.support.Csc;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.KmsServer;
import org.mckms.it.support.Kmsctl;
import org.mckms.it.support.ProbeApplication;

/**
 * Deliveries of a real server to a receiver that is down, slow, confused or hostile, and what a server that dies or stops
 * leaves undone. A handler of this test delivers; outbox, broker, consumers and callbacks are those of the product.
 */
@TestInstance(Lifecycle.PER_CLASS)
class DeliveryIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** How long a delivery may be in the queue before it is given to another worker. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    private static final int ATTEMPTS = 8;

    private KmsServer.Variant variant;
    private Kms kms;
    private CallbackReceiver receiver;

    /** Holds every answer back until it is told otherwise. */
    private CountDownLatch held;

    @BeforeAll
    void aServerWithTwoWorkers() {
        KmsHome home = KmsHome.makeWithGms("delivery");
        home.set(Map.of(
                "gms.callbacks.allow", "127.0.0.0/8",
                "gms.callbacks.timeout", "PT2S",
                "kms.delivery.workers", "2",
                "kms.delivery.attempts", String.valueOf(ATTEMPTS),
                "kms.delivery.longest-pause", "PT1S"));
        variant = new KmsServer.Variant(ProbeApplication.in(home.dir()), Map.of(), Map.of());
        kms = Kms.start(home, Map.of("origin", "derived"), variant);
    }

    @BeforeEach
    void aReceiver() {
        receiver = new CallbackReceiver(kms.home());
        held = new CountDownLatch(1);
    }

    @AfterEach
    void endReceiver() {
        held.countDown();
        receiver.close();
        for (JsonObject left : deliveries("")) {
            Await.that("delivery " + left.getString("id") + " is at rest and dropped", LIMIT, () -> drop(left) != 409);
        }
    }

    @AfterAll
    void end() {
        kms.close();
    }

    private int drop(JsonObject delivery) {
        return operator()
                .post("/deliveries/" + delivery.getString("id") + "/drop", Map.of("reason", "end of a test"))
                .status();
    }

    private AdminFace operator() {
        return kms.admin("operator");
    }

    private int order(String destination, String... references) {
        return orderWith("", destination, references);
    }

    private int orderWith(String more, String destination, String... references) {
        URI orders = URI.create("https://localhost:" + kms.home().kmsPort() + "/probe/orders?destination="
                + Csc.encoded(destination) + "&reference=" + String.join("&reference=", references) + more);
        return kms.csc()
                .send(HttpRequest.newBuilder(orders).timeout(LIMIT).build())
                .status();
    }

    private List<JsonObject> deliveries(String query) {
        return AdminFace.array(operator().get("/deliveries" + query), "deliveries")
                .getValuesAs(JsonObject.class);
    }

    private void awaitBodies(String... bodies) {
        Await.that(List.of(bodies) + " arrive, not " + receiver.bodies(), LIMIT, () -> receiver.bodies()
                .equals(List.of(bodies)));
    }

    private void awaitNothingLeft() {
        Await.that("nothing is left", LIMIT, () -> deliveries("").isEmpty());
    }

    private JsonObject awaitDead() {
        return Await.value("a delivery is given up", LIMIT, () -> deliveries("?state=dead").stream()
                .findFirst());
    }

    private JsonObject awaitFailure(String reason) {
        return Await.value("a failure: " + reason, LIMIT, () -> deliveries("").stream()
                .filter(delivery -> delivery.getString("reason", "").contains(reason))
                .findFirst());
    }

    @Test
    void whatIsCommittedArrivesInOrderAndOnce() {
        assertThat(order(receiver.address("a"), "1", "2", "3")).isEqualTo(204);
        awaitBodies("1", "2", "3");
        awaitNothingLeft();
    }

    @Test
    void whatIsRolledBackNeverArrives() {
        assertThat(orderWith("&fail=yes", receiver.address("a"), "never")).isEqualTo(500);
        assertThat(order(receiver.address("a"), "after")).isEqualTo(204);
        awaitBodies("after");
    }

    @Test
    void aReceiverThatWasDownGetsEverythingInOrder() {
        receiver.down();
        order(receiver.address("a"), "1", "2");
        awaitFailure("refused");
        receiver.up();
        awaitBodies("1", "2");
        awaitNothingLeft();
    }

    @Test
    void aReceiverThatFailsIsAskedAgain() {
        receiver.behave(status(500));
        order(receiver.address("a"), "1");
        awaitFailure("the receiver answered 500");
        receiver.behave(octets("nonsense\r\n\r\n"));
        awaitFailure("no HTTP");
        receiver.behave(status(200));
        awaitNothingLeft();
        assertThat(receiver.bodies()).containsOnly("1").hasSizeBetween(3, ATTEMPTS);
    }

    @Test
    void aReceiverThatAnswersTooLateIsAskedAgain() {
        receiver.behave(out -> held.await());
        order(receiver.address("a"), "1");
        awaitFailure("did not answer within 2000 ms");
        receiver.behave(status(200));
        awaitNothingLeft();
    }

    @Test
    void aRedirectIsNotFollowed() {
        receiver.behave(octets("HTTP/1.1 307 x\r\nLocation: " + receiver.address("inside") + "\r\n\r\n"));
        order(receiver.address("a"), "1");
        assertThat(awaitDead().getString("reason")).contains("the receiver answered 307");
        assertThat(receiver.bodies()).hasSize(ATTEMPTS);
    }

    @Test
    void aReceiverThatIsGoneIsNotAskedAgain() {
        receiver.behave(status(410));
        order(receiver.address("a"), "1");
        assertThat(awaitDead().getInt("attempts")).isEqualTo(1);
    }

    @Test
    void anAddressInsideIsNeverCalled() {
        for (String inside : List.of("https://10.0.0.1/", "https://169.254.169.254/latest/meta-data")) {
            order(inside, "1");
            JsonObject dead = awaitDead();
            assertThat(dead.getString("reason")).contains("a network that this server does not call");
            assertThat(drop(dead)).isEqualTo(200);
        }
    }

    @Test
    void oneThatHangsDoesNotKeepBackTheOthers() {
        receiver.behave(out -> held.await());
        order(receiver.address("hangs"), "stuck");
        Await.that("it hangs", LIMIT, () -> receiver.bodies().contains("stuck"));
        receiver.behave(status(200));
        order(receiver.address("b"), "other");
        Await.that("the other arrives", LIMIT, () -> receiver.bodies().contains("other"));
        awaitNothingLeft();
    }

    @Test
    void operatorsRetryAndDropWhatWasGivenUp() {
        receiver.behave(status(503));
        order(receiver.address("a"), "1");
        order(receiver.address("b"), "2");
        Await.that("both are given up", LIMIT, () -> deliveries("?state=dead").size() == 2);
        assertThat(AdminFace.object(operator().get("/status")).getString("deliveries"))
                .contains("2 given up");
        receiver.behave(status(200));
        Kmsctl kmsctl = new Kmsctl(kms.home(), kms.home().dir());
        String listed = kmsctl.run("deliveries", "list", "--state", "dead").output();
        String first = deliveries("?state=dead").get(0).getString("id");
        String second = deliveries("?state=dead").get(1).getString("id");

        assertThat(listed).contains(first, second, receiver.address("a"), "the receiver answered 503");
        assertThat(kmsctl.run("deliveries", "retry", first, "--reason", "it is back")
                        .exitCode())
                .isZero();
        assertThat(kmsctl.run("deliveries", "drop", second, "--reason", "nobody waits")
                        .exitCode())
                .isZero();
        awaitNothingLeft();
        assertThat(receiver.bodies()).endsWith("1").filteredOn("2"::equals).hasSize(ATTEMPTS);
        assertThat(kmsctl.run("deliveries", "retry", second, "--reason", "x").exitCode())
                .isEqualTo(1);
        assertThat(kms.admin("auditor")
                        .post("/deliveries/" + first + "/drop", Map.of("reason", "x"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whatWasCommittedSurvivesAKill() {
        receiver.behave(out -> held.await());
        order(receiver.address("a"), "under-way", "not-pushed");
        Await.that("the first is under way", LIMIT, () -> receiver.bodies().contains("under-way"));

        kms.server().kill();
        receiver.behave(status(200));
        kms = Kms.restart(kms.home(), variant);

        awaitNothingLeft();
        assertThat(receiver.bodies()).startsWith("under-way").endsWith("not-pushed");
        assertThat(receiver.bodies()).filteredOn("not-pushed"::equals).hasSize(1);
    }

    @Test
    void whatWasInTheBrokerSurvivesItsRestart() {
        receiver.behave(out -> held.await());
        order(receiver.address("a"), "a1");
        order(receiver.address("b"), "b1");
        Await.that("both are under way", LIMIT, () -> receiver.bodies().size() >= 2);
        order(receiver.address("c"), "c1");
        assertThat(deliveries("?state=waiting")).hasSize(1);

        kms.close();
        receiver.behave(status(200));
        kms = Kms.restart(kms.home(), variant);

        awaitNothingLeft();
        assertThat(receiver.bodies())
                .contains("a1", "b1")
                .filteredOn("c1"::equals)
                .hasSize(1);
    }

    /** Two workers, so two are in the queue; the lease of what the broker forgot ends a minute later. */
    @Test
    void whatTheBrokerAloneForgetsArrivesOnce() {
        BrokerQueue queue = new BrokerQueue(kms.home());
        queue.pause();
        try {
            order(receiver.address("a"), "a1", "a2");
            order(receiver.address("b"), "b1");
            order(receiver.address("c"), "c1");
            queue.awaitMessages(2);
            queue.forget(2);
        } finally {
            queue.resume();
        }

        Await.that("nothing is left", LEASE.plus(LIMIT), () -> deliveries("").isEmpty());
        assertThat(receiver.bodies())
                .containsExactlyInAnyOrder("a1", "a2", "b1", "c1")
                .containsSubsequence("a1", "a2");
    }

    /** With AMQ221020 the broker tells of an acceptor that listens. */
    @Test
    void theBrokerListensNowhere() {
        assertThat(kms.server().console()).contains("Message Broker").doesNotContain("AMQ221020");
    }
}
