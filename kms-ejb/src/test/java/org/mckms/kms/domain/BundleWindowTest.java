package org.mckms.kms.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.EpochRegister.EpochCatalogue;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class BundleWindowTest {

    /** Thirty days without offset: period 1536 begins 2026-03-01T00:00:00Z, see {@link PeriodWindowTest}. */
    private static final KeyPeriodSchedule SCHEDULE = new KeyPeriodSchedule(2_592_000, 0);

    private static final KeyPeriod CURRENT = new KeyPeriod(1536);
    private static final Instant NOW = Instant.parse("2026-03-01T00:16:40Z");
    private static final Duration PERIOD = Duration.ofDays(30);

    private final Epoch epoch = epoch(1, NOW.minus(PERIOD), NOW.plus(PERIOD.multipliedBy(20)));
    private final EpochCatalogue epochs = new EpochCatalogue(List.of(epoch));
    private final BundleWindow window = new BundleWindow(13);

    private static Epoch epoch(long id, Instant from, Instant to) {
        return PeriodWindowTest.epoch(id, SCHEDULE, from.toString(), to.toString());
    }

    private void assertRefused(KmsErrorCode code, EpochCatalogue catalogue, Instant from, Instant to) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> window.select(catalogue, NOW, from, to))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void holdsThePeriodsThatContainBothEnds() {
        BundleSpan span = window.select(epochs, NOW, NOW, NOW.plus(PERIOD.multipliedBy(2)));

        assertThat(span.epoch()).isEqualTo(epoch.id());
        assertThat(span.periods()).containsExactly(CURRENT, new KeyPeriod(1537), new KeyPeriod(1538));
        assertThat(span.count()).isEqualTo(3);
    }

    @Test
    void endMayBeEarlierInTheSamePeriod() {
        assertThat(window.select(epochs, NOW, NOW, NOW.minusSeconds(999)).count())
                .isEqualTo(1);
    }

    @Test
    void reachesTwelvePeriodsAfterTheCurrentOneAndNoFurther() {
        Instant last = SCHEDULE.start(new KeyPeriod(1549)).minusSeconds(1);
        assertThat(window.select(epochs, NOW, NOW, last).count()).isEqualTo(13);

        assertRefused(KmsErrorCode.KEY_PERIOD_UNAVAILABLE, epochs, NOW, last.plusSeconds(1));
        assertRefused(KmsErrorCode.KEY_PERIOD_UNAVAILABLE, epochs, last.plusSeconds(1), last.plusSeconds(1));
    }

    @Test
    void neverGoesBack() {
        Instant before = SCHEDULE.start(CURRENT).minusSeconds(1);

        assertRefused(KmsErrorCode.KEY_PERIOD_UNAVAILABLE, epochs, before, NOW);
        assertRefused(KmsErrorCode.MALFORMED_REQUEST, epochs, NOW.plus(PERIOD), NOW);
    }

    @Test
    void isOfOneEpoch() {
        Epoch next = epoch(2, NOW.plus(PERIOD), NOW.plus(PERIOD.multipliedBy(20)));
        EpochCatalogue both = new EpochCatalogue(List.of(epoch, next));

        assertRefused(KmsErrorCode.KEY_PERIOD_UNAVAILABLE, both, NOW, NOW.plus(PERIOD.multipliedBy(2)));
        assertThat(window.select(both, NOW, NOW.plus(PERIOD), NOW.plus(PERIOD)).epoch())
                .isEqualTo(next.id());
    }

    @Test
    void refusesInstantsWithoutAnEpoch() {
        EpochCatalogue none = new EpochCatalogue(List.of());

        assertRefused(KmsErrorCode.KEY_PERIOD_UNAVAILABLE, none, NOW, NOW);
    }
}
