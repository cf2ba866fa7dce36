package org.mckms.platform.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.platform.delivery.DeliveryRig.ATTEMPTS;
import static org.mckms.platform.delivery.DeliveryRig.AT_ONCE;
import static org.mckms.platform.delivery.DeliveryRig.TOGETHER;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.platform.config.DeliverySettings;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Deliveries to one destination that a handler takes together. */
class DeliveryTogetherTest {

    private static final String ONE = "sip:mcptt1@example.org";
    private static final String OTHER = "sip:mcptt2@example.org";

    private final DeliveryRig rig = new DeliveryRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private List<DeliveryView> left() {
        return rig.transactions.inNew(() -> rig.node.module.desk().page(Optional.empty(), 0, 100));
    }

    private DeliveryView left(String reference) {
        return left().stream()
                .filter(view -> view.reference().equals(reference))
                .findFirst()
                .orElseThrow();
    }

    private static List<DeliveryResult> each(List<OutboxEntry> entries, Map<String, DeliveryResult> results) {
        return entries.stream()
                .map(entry -> results.getOrDefault(entry.reference(), DeliveryResult.delivered()))
                .toList();
    }

    @Test
    void goTogetherInTheirOrderAndNoMoreThanTheHandlerTakes() {
        rig.putTogether(ONE, "a1", "a2");
        rig.putTogether(OTHER, "b1");
        rig.putTogether(ONE, "a3", "a4", "a5", "a6", "a7");
        rig.node.workOff();

        assertThat(rig.batches)
                .containsExactlyInAnyOrder(
                        List.of("a1", "a2", "a3"), List.of("b1"), List.of("a4", "a5", "a6"), List.of("a7"))
                .containsSubsequence(List.of("a1", "a2", "a3"), List.of("a4", "a5", "a6"), List.of("a7"));
        assertThat(rig.received)
                .allSatisfy(entry -> assertThat(entry.attempts()).isEqualTo(1))
                .allSatisfy(entry -> assertThat(entry.topic()).isEqualTo(TOGETHER));
        assertThat(left()).isEmpty();
    }

    @Test
    void oneDestinationHasOneSetUnderWayOnAnyNode() {
        DeliveryRig.Node other = rig.new Node("node2");
        rig.putTogether(ONE, "a1", "a2", "a3", "a4");
        rig.node.module.pump().run();
        other.module.pump().run();
        assertThat(rig.node.queue).hasSize(1);
        assertThat(other.queue).isEmpty();

        rig.receiverOfAll = entries -> {
            assertThat(rig.counts().underWay()).isEqualTo(AT_ONCE);
            assertThat(left("a3").claimedBy()).contains("node1");
            other.module.pump().run();
            return each(entries, Map.of());
        };
        rig.node.module.worker().work(rig.node.queue.remove());
        assertThat(other.queue).isEmpty();
        assertThat(rig.batches).containsExactly(List.of("a1", "a2", "a3"));
    }

    @Test
    void takesAlongWhatCameAfterTheClaim() {
        rig.putTogether(ONE, "a1");
        rig.node.module.pump().run();
        rig.putTogether(ONE, "a2");
        rig.node.workOff();

        assertThat(rig.batches).containsExactly(List.of("a1", "a2"));
    }

    @Test
    void eachHasItsOwnEnd() {
        rig.receiverOfAll = entries ->
                each(entries, Map.of("a2", DeliveryResult.retry("no space"), "a3", DeliveryResult.dead("malformed")));
        rig.putTogether(ONE, "a1", "a2", "a3", "a4");
        rig.node.workOff();

        assertThat(rig.batches).containsExactly(List.of("a1", "a2", "a3"));
        assertThat(left()).extracting(DeliveryView::reference).containsExactly("a2", "a3", "a4");
        assertThat(left("a2").reason()).contains("no space");
        assertThat(left("a3").state()).isEqualTo(OutboxState.DEAD);
        assertThat(left("a4").attempts()).isZero();
        assertThat(rig.audit.last().details())
                .containsEntry("reference", "a3")
                .containsEntry("reason", "malformed")
                .containsEntry("attempts", "1");

        rig.receiverOfAll = entries -> each(entries, Map.of());
        rig.time.pass(Duration.ofSeconds(1));
        rig.node.workOff();
        assertThat(rig.batches).last().isEqualTo(List.of("a2", "a4"));
        assertThat(left()).extracting(DeliveryView::reference).containsExactly("a3");
    }

    @Test
    void whatFailedTogetherIsTriedAgainTogether() {
        rig.receiverOfAll = entries -> {
            throw new KmsException(KmsErrorCode.INTERNAL, "the server is down");
        };
        rig.putTogether(ONE, "a1", "a2", "a3", "a4");
        rig.node.workOff();
        assertThat(left().subList(0, 3))
                .allSatisfy(view -> assertThat(view.reason()).contains("the server is down"))
                .extracting(DeliveryView::dueAt)
                .containsOnly(left("a1").dueAt());

        rig.receiverOfAll = entries -> each(entries, Map.of());
        rig.time.pass(Duration.ofSeconds(1));
        rig.node.workOff();
        assertThat(rig.batches).containsExactly(List.of("a1", "a2", "a3"), List.of("a1", "a2", "a3"), List.of("a4"));
        assertThat(rig.received.subList(3, 7)).extracting(OutboxEntry::attempts).containsExactly(2, 2, 2, 1);
    }

    @Test
    void areGivenUpTogetherAndRetriedByOperators() {
        rig.receiverOfAll = entries -> Collections.nCopies(entries.size(), DeliveryResult.retry("down"));
        rig.putTogether(ONE, "a1", "a2");
        for (int i = 0; i < ATTEMPTS; i++) {
            rig.node.workOff();
            rig.time.pass(Duration.ofMinutes(1));
        }
        assertThat(left()).extracting(DeliveryView::state).containsExactly(OutboxState.DEAD, OutboxState.DEAD);
        rig.putTogether(ONE, "a3");
        rig.receiverOfAll = entries -> each(entries, Map.of());
        rig.node.workOff();
        assertThat(rig.batches).last().isEqualTo(List.of("a3"));

        for (DeliveryView dead : left()) {
            rig.transactions.inNew(() -> rig.node.module.desk().retry(dead.id(), rig.time.instant()));
        }
        rig.node.workOff();
        assertThat(rig.batches).last().isEqualTo(List.of("a1", "a2"));
        assertThat(left()).isEmpty();
    }

    @Test
    void nothingOvertakesWhatIsNotYetDue() {
        rig.receiverOfAll = entries ->
                each(entries, Map.of("a1", DeliveryResult.dead("no"), "a2", DeliveryResult.retry("not now")));
        rig.putTogether(ONE, "a1", "a2");
        rig.node.workOff();
        rig.putTogether(ONE, "a3");
        rig.receiverOfAll = entries -> each(entries, Map.of());
        rig.node.workOff();
        assertThat(rig.batches).hasSize(1);

        rig.transactions.inNew(() -> rig.node.module.desk().retry(left("a1").id(), rig.time.instant()));
        rig.node.workOff();
        assertThat(rig.batches).last().isEqualTo(List.of("a1"));
        rig.time.pass(Duration.ofSeconds(1));
        rig.node.workOff();
        assertThat(rig.batches).last().isEqualTo(List.of("a2", "a3"));
    }

    @Test
    void anotherNodeTakesOverAllOfThemAndALateEndChangesNothing() {
        DeliveryRig.Node other = rig.new Node("node2");
        rig.putTogether(ONE, "a1", "a2", "a3", "a4");
        rig.node.module.pump().run();
        rig.receiverOfAll = entries -> {
            rig.receiverOfAll = again -> Collections.nCopies(again.size(), DeliveryResult.retry("other"));
            rig.time.pass(DeliveryWorker.UNDER_WAY.plusSeconds(1));
            other.workOff();
            return each(entries, Map.of());
        };
        rig.node.module.worker().work(rig.node.queue.remove());

        assertThat(rig.batches).containsExactly(List.of("a1", "a2", "a3"), List.of("a1", "a2", "a3"));
        assertThat(left()).extracting(DeliveryView::reference).containsExactly("a1", "a2", "a3", "a4");
        assertThat(left("a2").attempts()).isEqualTo(2);
        assertThat(left("a2").reason()).contains("other");
    }

    @Test
    void aNodeThatWasKilledTakesBackAllOfThem() {
        rig.putTogether(ONE, "a1", "a2", "a3", "a4");
        rig.node.module.pump().run();
        rig.receiverOfAll = entries -> {
            throw new StackOverflowError("the process ends here");
        };
        String claim = rig.node.queue.remove();
        assertThatThrownBy(() -> rig.node.module.worker().work(claim)).isInstanceOf(StackOverflowError.class);
        assertThat(rig.counts().underWay()).isEqualTo(AT_ONCE);

        rig.receiverOfAll = entries -> each(entries, Map.of());
        rig.new Node("node1").workOff();
        assertThat(rig.batches).containsExactly(List.of("a1", "a2", "a3"), List.of("a1", "a2", "a3"), List.of("a4"));
        assertThat(left()).isEmpty();
    }

    @Test
    void areTriedAgainIfTheHandlerSaysNothingOfSome() {
        rig.receiverOfAll = entries -> List.of(DeliveryResult.delivered());
        rig.putTogether(ONE, "a1", "a2");
        rig.node.workOff();

        assertThat(left()).hasSize(2).allSatisfy(view -> assertThat(view.reason())
                .isPresent());
    }

    @Test
    void whatIsCancelledUnderWayIsNotTriedAgain() {
        rig.putTogether(ONE, "a1", "a2");
        rig.receiverOfAll = entries -> {
            rig.transactions.inNew(() -> rig.outbox.cancel(TOGETHER, "a1"));
            return Collections.nCopies(entries.size(), DeliveryResult.retry("down"));
        };
        rig.node.workOff();
        assertThat(left()).extracting(DeliveryView::reference).containsExactly("a2");
    }

    @Test
    void aDestinationThatShowsThatItIsThereGetsThemAtOnce() {
        rig.receiverOfAll = entries -> Collections.nCopies(entries.size(), DeliveryResult.retry("down"));
        rig.putTogether(ONE, "a1", "a2");
        rig.putTogether(OTHER, "b1");
        rig.node.workOff();
        rig.putTogether(ONE, "a3");
        rig.receiverOfAll = entries -> each(entries, Map.of());
        rig.transactions.runInNew(() -> rig.outbox.hasten(TOGETHER, ONE));
        rig.node.workOff();

        assertThat(rig.batches).last().isEqualTo(List.of("a1", "a2", "a3"));
        assertThat(rig.received).last().extracting(OutboxEntry::attempts).isEqualTo(1);
        assertThat(left()).extracting(DeliveryView::reference).containsExactly("b1");
    }

    @Test
    void keepNoOtherTopicBack() {
        rig.receiverOfAll = entries -> Collections.nCopies(entries.size(), DeliveryResult.retry("down"));
        String[] many = IntStream.range(0, 2000).mapToObj(i -> "a" + i).toArray(String[]::new);
        rig.putTogether(ONE, many);
        rig.put(ONE, "single1");
        rig.put(ONE, "single2");
        rig.node.workOff();

        assertThat(rig.batches).hasSize(1);
        assertThat(rig.references()).containsSubsequence("single1", "single2");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1001})
    void aHandlerTakesOneToAThousand(int most) {
        DeliveryHandler handler = new DeliveryHandler() {
            @Override
            public String topic() {
                return "odd";
            }

            @Override
            public int most() {
                return most;
            }

            @Override
            public DeliveryResult deliver(OutboxEntry entry) {
                return DeliveryResult.delivered();
            }
        };
        assertThatThrownBy(() -> DeliveryModule.over(
                        rig.transactions.dataSource(),
                        rig.transactions,
                        () -> true,
                        claim -> {},
                        List.of(handler),
                        "node1",
                        new DeliverySettings(1, 1, Duration.ofMinutes(1)),
                        rig.audit,
                        rig.time,
                        new SecureRandom()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("odd");
    }
}
