package org.mckms.platform.hsm;

import java.time.Duration;
import java.util.List;

/**
 * When a token counts as lost, and what is tried to get it back.
 *
 * @param ladder        steps of one attempt, in this order; empty for no automatic recovery
 * @param probeInterval between two uses of {@code kms.probe}
 * @param lossAfter     probes failing for so long mean a lost token
 * @param firstBackOff  wait after the first failed attempt; doubled after each further one
 * @param longestBackOff limit of that doubling
 */
public record RecoverySettings(
        List<RecoveryStep> ladder,
        Duration probeInterval,
        Duration lossAfter,
        Duration firstBackOff,
        Duration longestBackOff) {

    public RecoverySettings {
        ladder = List.copyOf(ladder);
        for (Duration duration : List.of(probeInterval, lossAfter, firstBackOff, longestBackOff)) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("not a positive duration: " + duration);
            }
        }
    }

    /** Probe every 500 ms, lost after 2 s, attempts from 1 s to 10 s apart. */
    public static RecoverySettings withLadder(List<RecoveryStep> ladder) {
        return new RecoverySettings(
                ladder, Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(10));
    }
}
