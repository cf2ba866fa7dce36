package org.mckms.platform.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.platform.delivery.DeliveryRig.ATTEMPTS;
import static org.mckms.platform.delivery.DeliveryRig.TOPIC;
import static org.mckms.platform.delivery.DeliveryRig.WORKERS;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class DeliveryModuleTest {

    private static final String ALICE = "sip:alice@example.org";
    private static final String BOB = "sip:bob@example.org";

    private final DeliveryRig rig = new DeliveryRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private Optional<DeliveryView> only() {
        return rig.transactions.inNew(() ->
                rig.node.module.desk().page(Optional.empty(), 0, 10).stream().findFirst());
    }

    @Test
    void deliversWhatWasCommittedAndForgetsIt() {
        rig.put(ALICE, "one");
        rig.node.workOff();

        assertThat(rig.received).hasSize(1);
        OutboxEntry entry = rig.received.get(0);
        assertThat(entry.topic()).isEqualTo(TOPIC);
        assertThat(entry.destination()).isEqualTo(ALICE);
        assertThat(entry.reference()).isEqualTo("one");
        assertThat(entry.attempts()).isEqualTo(1);
        assertThat(entry.createdAt()).isEqualTo(rig.time.instant());
        assertThat(only()).isEmpty();
    }

    @Test
    void idsAreUuidsThatBeginWithTheTime() {
        rig.put(ALICE, "one");
        rig.transactions.runInNew(() -> rig.outbox.putAll(TOPIC, List.of(new DeliveryOrder(BOB, "two"))));
        rig.node.workOff();

        assertThat(rig.received)
                .extracting(OutboxEntry::id)
                .doesNotHaveDuplicates()
                .hasSize(2)
                .allSatisfy(id -> {
                    assertThat(id.version()).isEqualTo(7);
                    assertThat(id.variant()).as("that of RFC 9562").isEqualTo(2);
                    assertThat(id.getMostSignificantBits() >>> 16)
                            .isEqualTo(rig.time.instant().toEpochMilli());
                });
    }

    @Test
    void deliversNothingThatWasRolledBack() {
        assertThatThrownBy(() -> rig.transactions.inNew(() -> {
                    rig.outbox.put(TOPIC, new DeliveryOrder(ALICE, "one"));
                    throw new KmsException(KmsErrorCode.CONFLICT, "no");
                }))
                .isInstanceOf(KmsException.class);
        rig.node.workOff();

        assertThat(rig.received).isEmpty();
    }

    @Test
    void takesManyInOneTransaction() {
        List<DeliveryOrder> orders = IntStream.range(0, 1201)
                .mapToObj(i -> new DeliveryOrder("sip:" + i + "@example.org", "r" + i))
                .toList();
        rig.transactions.runInNew(() -> rig.outbox.putAll(TOPIC, orders));
        rig.transactions.runInNew(() -> rig.outbox.putAll(TOPIC, List.of()));

        assertThat(rig.counts().waiting()).isEqualTo(1201);
        rig.node.workOff();
        assertThat(rig.references()).hasSize(1201).doesNotHaveDuplicates();
    }

    @Test
    void goesToEachDestinationInOrderAndOneAtATime() {
        rig.put(ALICE, "a1");
        rig.put(ALICE, "a2");
        rig.put(BOB, "b1");
        rig.node.module.pump().run();
        rig.node.module.pump().run();

        assertThat(rig.node.queue).hasSize(2);
        rig.node.workOff();
        assertThat(rig.references()).containsExactly("a1", "b1", "a2");
    }

    @Test
    void holdsBackWhatIsBehindAFailure() {
        rig.receiver = entry ->
                entry.reference().equals("a1") ? DeliveryResult.retry("it is down") : DeliveryResult.delivered();
        rig.put(ALICE, "a1");
        rig.put(ALICE, "a2");
        rig.put(BOB, "b1");
        rig.node.workOff();
        assertThat(rig.references()).containsExactly("a1", "b1");
        assertThat(only().orElseThrow().reason()).contains("it is down");

        rig.time.pass(Duration.ofSeconds(1));
        rig.receiver = entry -> DeliveryResult.delivered();
        rig.node.workOff();
        assertThat(rig.references()).containsExactly("a1", "b1", "a1", "a2");
        assertThat(rig.received.get(2).attempts()).isEqualTo(2);
    }

    @Test
    void waitsBeforeEachFurtherAttempt() {
        rig.receiver = entry -> DeliveryResult.retry("down");
        rig.put(ALICE, "one");
        rig.node.workOff();
        rig.time.pass(Duration.ofMillis(499));
        rig.node.workOff();
        assertThat(rig.received).hasSize(1);
        rig.time.pass(Duration.ofMillis(501));
        rig.node.workOff();
        assertThat(rig.received).hasSize(2);
        rig.time.pass(Duration.ofMillis(999));
        rig.node.workOff();
        assertThat(rig.received).hasSize(2);
    }

    @Test
    void givesUpAfterTheLastAttemptAndSaysSo() {
        rig.receiver = entry -> entry.reference().equals("a1")
                ? DeliveryResult.retry("down\r\nfor good" + "x".repeat(600))
                : DeliveryResult.delivered();
        rig.put(ALICE, "a1");
        rig.put(ALICE, "a2");
        for (int i = 0; i < ATTEMPTS; i++) {
            rig.node.workOff();
            rig.time.pass(Duration.ofMinutes(1));
        }
        assertThat(rig.references()).containsExactly("a1", "a1", "a1", "a2");
        DeliveryView dead = only().orElseThrow();
        assertThat(dead.state()).isEqualTo(OutboxState.DEAD);
        assertThat(dead.attempts()).isEqualTo(ATTEMPTS);
        assertThat(dead.reason().orElseThrow()).startsWith("down  for good").hasSize(500);
        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.DELIVERY_ABANDONED);
        assertThat(rig.audit.last().subject()).isEqualTo(ALICE);
        assertThat(rig.audit.last().details()).containsEntry("reference", "a1").containsEntry("attempts", "3");

        assertThat(rig.counts()).isEqualTo(new DeliveryCounts(0, 0, 1, Optional.empty()));
    }

    @Test
    void givesUpAtOnceWhatWillNeverArrive() {
        rig.receiver = entry -> DeliveryResult.dead("gone");
        rig.put(ALICE, "a1");
        rig.node.workOff();

        assertThat(only().orElseThrow().state()).isEqualTo(OutboxState.DEAD);
        assertThat(rig.received).hasSize(1);
    }

    @Test
    void triesAgainAfterAnUnexpectedFailure() {
        rig.receiver = entry -> {
            throw new IllegalStateException("secret detail");
        };
        rig.put(ALICE, "a1");
        rig.node.workOff();

        assertThat(only().orElseThrow().state()).isEqualTo(OutboxState.WAITING);
        assertThat(only().orElseThrow().reason().orElseThrow())
                .contains("IllegalStateException")
                .doesNotContain("secret detail");
    }

    @Test
    void operatorsRetryAndDrop() {
        rig.receiver = entry -> DeliveryResult.dead("gone");
        rig.put(ALICE, "a1");
        rig.put(BOB, "b1");
        rig.node.workOff();
        List<DeliveryView> dead =
                rig.transactions.inNew(() -> rig.node.module.desk().page(Optional.of(OutboxState.DEAD), 0, 10));
        assertThat(dead).extracting(DeliveryView::reference).containsExactly("a1", "b1");
        assertThat(rig.transactions.inNew(() -> rig.node
                        .module
                        .desk()
                        .page(Optional.of(OutboxState.DEAD), dead.get(0).seq(), 10)))
                .extracting(DeliveryView::reference)
                .containsExactly("b1");

        rig.receiver = entry -> DeliveryResult.delivered();
        DeliveryDesk desk = rig.node.module.desk();
        assertThat(rig.transactions.inNew(() -> desk.retry(dead.get(0).id(), rig.time.instant())))
                .isTrue();
        assertThat(rig.transactions.inNew(() -> desk.drop(dead.get(1).id()))).isTrue();
        assertThat(rig.transactions.inNew(() -> desk.drop(UUID.randomUUID()))).isFalse();
        rig.node.workOff();
        assertThat(rig.references()).containsExactly("a1", "b1", "a1");
        assertThat(only()).isEmpty();
    }

    @Test
    void operatorsLeaveAloneWhatIsUnderWay() {
        rig.put(ALICE, "a1");
        rig.node.module.pump().run();
        UUID id = only().orElseThrow().id();
        DeliveryDesk desk = rig.node.module.desk();

        assertThat(rig.transactions.inNew(() -> desk.retry(id, rig.time.instant())))
                .isFalse();
        assertThat(rig.transactions.inNew(() -> desk.drop(id))).isFalse();
        assertThat(rig.counts().underWay()).isEqualTo(1);
        assertThat(only().orElseThrow().claimedBy()).contains("node1");
    }

    @Test
    void handsOutNoMoreThanItsWorkersCanBegin() {
        for (int i = 0; i < 20; i++) {
            rig.put("sip:" + i + "@example.org", "r");
        }
        rig.node.module.pump().run();
        rig.node.module.pump().run();

        assertThat(rig.node.queue).hasSize(WORKERS);
    }

    @Test
    void deliversAgainWhatTheBrokerLost() {
        rig.put(ALICE, "a1");
        rig.node.module.pump().run();
        rig.node.queue.clear();
        rig.time.pass(DeliveryPump.QUEUED.minusSeconds(1));
        rig.node.workOff();
        assertThat(rig.received).isEmpty();

        rig.time.pass(Duration.ofSeconds(2));
        rig.node.workOff();
        assertThat(rig.references()).containsExactly("a1");
        assertThat(rig.received.get(0).attempts()).isEqualTo(1);
    }

    @Test
    void ignoresAMessageWhoseClaimHasPassed() {
        rig.put(ALICE, "a1");
        rig.node.module.pump().run();
        String late = rig.node.queue.remove();
        rig.time.pass(DeliveryPump.QUEUED.plusSeconds(1));
        rig.node.workOff();
        rig.node.module.worker().work(late);

        assertThat(rig.references()).containsExactly("a1");
        assertThatThrownBy(() -> rig.node.module.worker().work("no claim"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLateEndOfAnAttemptChangesNothing() {
        DeliveryRig.Node other = rig.new Node("node2");
        rig.put(ALICE, "a1");
        rig.node.module.pump().run();
        rig.receiver = entry -> {
            rig.receiver = again -> DeliveryResult.retry("other");
            rig.time.pass(DeliveryWorker.UNDER_WAY.plusSeconds(1));
            other.workOff();
            return DeliveryResult.delivered();
        };
        rig.node.module.worker().work(rig.node.queue.remove());

        assertThat(only().orElseThrow().state()).isEqualTo(OutboxState.WAITING);
        assertThat(only().orElseThrow().attempts()).isEqualTo(2);
    }

    @Test
    void aNodeThatStartsAgainTakesBackWhatItHad() {
        rig.put(ALICE, "a1");
        rig.put(ALICE, "a2");
        rig.node.module.pump().run();
        DeliveryRig.Node other = rig.new Node("node2");
        other.workOff();
        assertThat(rig.received).isEmpty();

        rig.new Node("node1").workOff();
        assertThat(rig.references()).containsExactly("a1", "a2");
    }

    @Test
    void givesBackWhatTheQueueDoesNotTake() {
        rig.node.brokerUp = false;
        rig.put(ALICE, "a1");
        rig.put(BOB, "b1");
        rig.node.module.pump().run();
        assertThat(rig.counts().waiting()).isEqualTo(2);

        rig.node.brokerUp = true;
        rig.node.workOff();
        assertThat(rig.references()).containsExactly("a1", "b1");
        assertThat(rig.received.get(0).attempts()).isEqualTo(1);
    }

    @Test
    void forgetsWhatHasBecomePointless() {
        rig.put(ALICE, "g1/1");
        rig.put(ALICE, "g1/2");
        rig.put(BOB, "g2/1");
        assertThat(rig.transactions.inNew(() -> rig.outbox.cancel(TOPIC, "g1/")))
                .isEqualTo(2);
        assertThat(rig.transactions.inNew(() -> rig.outbox.cancel("other", "g2")))
                .isZero();
        assertThat(rig.transactions.inNew(() -> rig.outbox.cancel(TOPIC, "%"))).isZero();
        rig.put(ALICE, "g3/1");
        assertThat(rig.transactions.inNew(() -> rig.outbox.cancelFor(TOPIC, ALICE)))
                .isEqualTo(1);
        rig.node.workOff();
        assertThat(rig.references()).containsExactly("g2/1");
    }

    @Test
    void doesNotTryAgainWhatWasCancelledUnderWay() {
        rig.put(ALICE, "a1");
        rig.receiver = entry -> {
            rig.transactions.inNew(() -> rig.outbox.cancel(TOPIC, "a1"));
            return DeliveryResult.retry("down");
        };
        rig.node.workOff();
        assertThat(only()).isEmpty();
    }

    @Test
    void leavesTopicsOfOtherNodesAlone() {
        rig.transactions.inNew(() -> rig.outbox.put("other.topic", new DeliveryOrder(ALICE, "a1")));
        rig.node.workOff();

        assertThat(rig.received).isEmpty();
        assertThat(only().orElseThrow().state()).isEqualTo(OutboxState.WAITING);
        assertThat(rig.counts().sentence()).isEqualTo("1 wait, 0 under way, the oldest since " + rig.time.instant());
    }

    @Test
    void refusesTopicsAndOrdersThatDoNotFit() {
        assertThatThrownBy(() -> new DeliveryOrder("", "r")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DeliveryOrder("x".repeat(2049), "r")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DeliveryOrder("d", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> rig.transactions.inNew(() -> rig.outbox.put("t".repeat(41), new DeliveryOrder("d", "r"))))
                .isInstanceOf(KmsException.class);
    }
}
