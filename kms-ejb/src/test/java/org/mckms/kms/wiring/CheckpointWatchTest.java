package org.mckms.kms.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class CheckpointWatchTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ManualTime time = new ManualTime();
    private Optional<KmsErrorCode> failure = Optional.empty();
    private boolean possible = true;
    private boolean active = true;
    private final CheckpointWatch watch =
            new CheckpointWatch(this::checkpoint, () -> possible, () -> active, INTERVAL, time);

    private void checkpoint(boolean canSign) {
        assertThat(canSign).isEqualTo(active);
        failure.ifPresent(code -> {
            throw new KmsException(code, "the folder is full");
        });
    }

    private void runs(int times) {
        for (int i = 0; i < times; i++) {
            time.advance(INTERVAL);
            watch.run();
        }
    }

    @Test
    void checkpointsThatComeAreNoComplaint() {
        runs(10);

        assertThat(watch.complaint()).isEmpty();
    }

    @Test
    void threeMissedIntervalsAreAComplaintUntilOneComes() {
        failure = Optional.of(KmsErrorCode.AUDIT_UNAVAILABLE);
        runs(3);
        assertThat(watch.complaint()).isEmpty();

        runs(1);
        assertThat(watch.complaint()).hasValueSatisfying(why -> assertThat(why).contains("the folder is full"));

        failure = Optional.empty();
        runs(1);
        assertThat(watch.complaint()).isEmpty();
    }

    @Test
    void aRunThatDoesNotComeBackIsAComplaint() {
        runs(1);

        time.advance(INTERVAL.multipliedBy(4));

        assertThat(watch.complaint()).isPresent();
    }

    @Test
    void withoutAnActiveVaultNothingIsMissed() {
        active = false;
        failure = Optional.of(KmsErrorCode.AUDIT_UNAVAILABLE);

        runs(10);

        assertThat(watch.complaint()).isEmpty();
    }

    @Test
    void aFreshTokenWithoutStoreKeysMissesNothing() {
        failure = Optional.of(KmsErrorCode.NOT_READY);

        runs(10);

        assertThat(watch.complaint()).isEmpty();
    }

    @Test
    void aDatabaseThatIsAwaySaysSoItself() {
        possible = false;
        failure = Optional.of(KmsErrorCode.AUDIT_UNAVAILABLE);

        runs(10);

        assertThat(watch.complaint()).isEmpty();
    }
}
