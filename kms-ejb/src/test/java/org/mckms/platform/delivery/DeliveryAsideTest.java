package org.mckms.platform.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.platform.delivery.DeliveryRig.ATTEMPTS;
import static org.mckms.platform.delivery.DeliveryRig.TOGETHER;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Deliveries that their destination answers and cannot take: they are tried again by themselves, and nothing waits for them. */
class DeliveryAsideTest {

    private static final String ONE = "sip:mcptt1@example.org";

    private final DeliveryRig rig = new DeliveryRig();

    @AfterEach
    void close() {
        rig.close();
    }

    /** The destination takes all but one. */
    private void setsAside(String reference) {
        rig.receiverOfAll = entries -> entries.stream()
                .map(entry -> entry.reference().equals(reference)
                        ? DeliveryResult.aside("no space")
                        : DeliveryResult.delivered())
                .toList();
    }

    private void takesAll() {
        rig.receiverOfAll = entries ->
                entries.stream().map(entry -> DeliveryResult.delivered()).toList();
    }

    private List<DeliveryView> left() {
        return rig.transactions.inNew(() -> rig.node.module.desk().page(Optional.empty(), 0, 100));
    }

    private DeliveryView onlyLeft() {
        assertThat(left()).hasSize(1);
        return left().get(0);
    }

    @Test
    void nothingWaitsForThem() {
        setsAside("a1");
        rig.putTogether(ONE, "a1", "a2", "a3", "a4");
        rig.node.workOff();
        rig.putTogether(ONE, "a5");
        rig.node.workOff();

        assertThat(rig.batches).containsExactly(List.of("a1", "a2", "a3"), List.of("a4"), List.of("a5"));
        assertThat(onlyLeft().reference()).isEqualTo("a1");
        assertThat(onlyLeft().state()).isEqualTo(OutboxState.ASIDE);
        assertThat(onlyLeft().reason()).contains("no space");
        assertThat(rig.counts().waiting()).isEqualTo(1);
    }

    @Test
    void areTriedAgainWhenTheyAreDue() {
        setsAside("a1");
        rig.putTogether(ONE, "a1");
        rig.node.workOff();
        takesAll();
        rig.node.workOff();
        assertThat(rig.batches).hasSize(1);

        rig.time.pass(Duration.ofSeconds(1));
        rig.putTogether(ONE, "a2");
        rig.node.workOff();
        assertThat(rig.batches).last().isEqualTo(List.of("a1", "a2"));
        assertThat(rig.received.get(1).attempts()).isEqualTo(2);
        assertThat(left()).isEmpty();
    }

    @Test
    void haveAPauseOfTheirOwn() {
        setsAside("a1");
        rig.putTogether(ONE, "a1");
        rig.node.workOff();
        rig.time.pass(Duration.ofSeconds(1));
        rig.receiverOfAll = entries ->
                entries.stream().map(entry -> DeliveryResult.aside("no space")).toList();
        rig.putTogether(ONE, "a2");
        rig.node.workOff();

        assertThat(rig.batches).last().isEqualTo(List.of("a1", "a2"));
        assertThat(left()).filteredOn(view -> view.reference().equals("a2")).allSatisfy(view -> assertThat(view.dueAt())
                .as("one failure")
                .isBeforeOrEqualTo(rig.time.instant().plusSeconds(1)));
        assertThat(left()).filteredOn(view -> view.reference().equals("a1")).allSatisfy(view -> assertThat(view.dueAt())
                .as("two failures")
                .isBetween(rig.time.instant().plusSeconds(1), rig.time.instant().plusSeconds(2)));
    }

    @Test
    void comeBackAheadOfWhatIsUnderWayWithoutASecondExchange() {
        setsAside("a1");
        rig.putTogether(ONE, "a1");
        rig.node.workOff();
        rig.putTogether(ONE, "a2");
        rig.receiverOfAll = entries -> {
            takesAll();
            rig.time.pass(Duration.ofSeconds(1));
            rig.node.module.pump().run();
            assertThat(rig.node.queue).isEmpty();
            return List.of(DeliveryResult.delivered());
        };
        rig.node.workOff();

        assertThat(rig.batches).containsExactly(List.of("a1"), List.of("a2"), List.of("a1"));
        assertThat(left()).isEmpty();
    }

    @Test
    void areGivenUpAndRetriedByOperators() {
        setsAside("a1");
        rig.putTogether(ONE, "a1");
        for (int i = 0; i < ATTEMPTS; i++) {
            rig.node.workOff();
            rig.time.pass(Duration.ofMinutes(1));
        }
        assertThat(onlyLeft().state()).isEqualTo(OutboxState.DEAD);
        assertThat(rig.audit.last().details()).containsEntry("reason", "no space");

        takesAll();
        rig.transactions.inNew(() -> rig.node.module.desk().retry(onlyLeft().id(), rig.time.instant()));
        rig.node.workOff();
        assertThat(left()).isEmpty();
    }

    @Test
    void comeAtOnceIfTheDestinationAsksOrAnOperatorDoes() {
        setsAside("a1");
        rig.putTogether(ONE, "a1");
        rig.node.workOff();
        rig.transactions.runInNew(() -> rig.outbox.hasten(TOGETHER, ONE));
        rig.node.workOff();
        assertThat(rig.batches).hasSize(2);

        takesAll();
        rig.transactions.inNew(() -> rig.node.module.desk().retry(onlyLeft().id(), rig.time.instant()));
        rig.node.workOff();
        assertThat(left()).isEmpty();
    }

    @Test
    void keepNothingBackThatGoesOneAtATime() {
        rig.receiver = entry ->
                entry.reference().equals("b1") ? DeliveryResult.aside("not this one") : DeliveryResult.delivered();
        rig.put(ONE, "b1");
        rig.put(ONE, "b2");
        rig.node.workOff();
        assertThat(rig.references()).containsExactly("b1", "b2");

        rig.receiver = entry -> DeliveryResult.delivered();
        rig.time.pass(Duration.ofSeconds(1));
        rig.node.workOff();
        assertThat(left()).isEmpty();
    }
}
