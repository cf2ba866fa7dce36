package org.mckms.platform.hsm;

import java.time.Duration;
import java.util.Objects;

/**
 * The operator's choice of how long masters are kept in memory.
 *
 * @param duration longest time between two derivations; without meaning for {@link LeaseMode#REQUEST}
 * @param idle     unused for so long, masters are wiped; not longer than {@code duration}
 */
public record LeasePolicy(LeaseMode mode, Duration duration, Duration idle) {

    /** Ten minutes, renewed; wiped after a minute without use. */
    public static final LeasePolicy DEFAULT =
            new LeasePolicy(LeaseMode.ACTIVATION, Duration.ofMinutes(10), Duration.ofSeconds(60));

    public LeasePolicy {
        Objects.requireNonNull(mode, "mode");
        if (duration.isNegative() || duration.isZero() || idle.isNegative() || idle.isZero()) {
            throw new IllegalArgumentException("lease durations must be positive: " + duration + ", idle " + idle);
        }
        if (idle.compareTo(duration) > 0) {
            throw new IllegalArgumentException("idle time " + idle + " is longer than the lease " + duration);
        }
    }
}
