package org.mckms.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.client.ClientBench.ALICE;
import static org.mckms.client.ClientBench.FIRST;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.protocol.message.KmsCertificate;

class RefreshPlanTest {
    private static final Duration AHEAD = Duration.ofDays(2);
    /** Period 1514 ends at 2024-06-09T00:00:00Z. */
    private static final Instant BOUNDARY = Instant.parse("2024-06-09T00:00:00Z");

    @Test
    void asksForWhatIsMissingNow() {
        RefreshPlan plan = plan(FIRST.root(), List.of(), ClientBench.NOW, 0);

        assertThat(plan.current()).containsExactly(ALICE);
        assertThat(plan.next()).isEmpty();
        assertThat(plan.isDue()).isTrue();
    }

    @Test
    void waitsUntilTheSecondHalfOfTheTimeAhead() {
        List<KeySetSummary> held = List.of(keys(1514));

        assertThat(plan(FIRST.root(), held, ClientBench.NOW, 0).lookAgain()).isEqualTo(BOUNDARY.minus(AHEAD));
        assertThat(plan(FIRST.root(), held, ClientBench.NOW, 0.5).lookAgain())
                .isEqualTo(BOUNDARY.minus(Duration.ofHours(36)));
        assertThat(plan(FIRST.root(), held, ClientBench.NOW, 0.5).isDue()).isFalse();
    }

    @Test
    void asksForTheNextPeriodWhenItsTimeHasCome() {
        Instant due = BOUNDARY.minus(Duration.ofHours(36));

        assertThat(plan(FIRST.root(), List.of(keys(1514)), due.minusMillis(1), 0.5)
                        .next())
                .isEmpty();
        RefreshPlan plan = plan(FIRST.root(), List.of(keys(1514)), due, 0.5);
        assertThat(plan.next()).containsExactly(ALICE);
        assertThat(plan.nextPeriod()).isEqualTo(BOUNDARY);
        assertThat(plan.current()).isEmpty();
        RefreshPlan done = plan(FIRST.root(), List.of(keys(1515), keys(1514)), due, 0.5);
        assertThat(done.isDue()).isFalse();
        assertThat(done.lookAgain()).isEqualTo(BOUNDARY);
    }

    @Test
    void usesAtMostAQuarterOfAPeriod() {
        RefreshPlan plan = RefreshPlan.of(
                FIRST.root(), List.of(keys(1514)), Set.of(ALICE), ClientBench.NOW, Duration.ofDays(365), 0);

        assertThat(plan.lookAgain()).isEqualTo(BOUNDARY.minus(Duration.ofHours(180)));
    }

    @Test
    void countsKeySetsOfTheNewestRootOnly() {
        RefreshPlan plan = plan(ClientBench.SECOND.root(), List.of(keys(1514)), ClientBench.NOW, 0);

        assertThat(plan.current()).containsExactly(ALICE);
    }

    @Test
    void doesNotAskForAPeriodInWhichTheRootIsOver() {
        KmsCertificate ends = TestEpoch.of(
                        1,
                        ClientBench.KMS_URI,
                        ClientBench.SCHEDULE,
                        Instant.parse("2024-01-01T00:00:00Z"),
                        Optional.of(BOUNDARY.minusSeconds(1)))
                .root();

        RefreshPlan plan = plan(ends, List.of(keys(1514)), BOUNDARY.minusSeconds(60), 1);

        assertThat(plan.isDue()).isFalse();
        assertThat(plan.lookAgain()).isEqualTo(BOUNDARY);
    }

    private static RefreshPlan plan(KmsCertificate root, List<KeySetSummary> held, Instant now, double jitter) {
        return RefreshPlan.of(root, held, Set.of(ALICE), now, AHEAD, jitter);
    }

    private static KeySetSummary keys(long period) {
        return new KeySetSummary(
                ALICE,
                period,
                ClientBench.SCHEDULE.start(new KeyPeriod(period)),
                ClientBench.SCHEDULE.start(new KeyPeriod(period + 1)),
                FIRST.root().certUri());
    }
}
