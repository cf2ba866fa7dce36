package org.mckms.kms.wiring;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.mckms.platform.KmsLog;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Has audit checkpoints made, and keeps for the readiness probe whether they come. A server whose trail is not sealed for
 * three intervals although its vault is active is not ready.
 */
final class CheckpointWatch implements Runnable {

    private static final int MISSED_INTERVALS = 3;
    /** What a run of the token and of the disk may take in good order. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final Checkpoints checkpoints;
    private final BooleanSupplier possible;
    private final BooleanSupplier vaultActive;
    private final Duration patience;
    private final Clock clock;
    private volatile Instant lastGood;
    private volatile String reason = "the last run has not come back";

    /** Makes what is due. */
    @FunctionalInterface
    interface Checkpoints {
        void run(boolean canSign);
    }

    /**
     * @param possible whether database and audit trail can be written; if not, they say so themselves
     */
    CheckpointWatch(
            Checkpoints checkpoints,
            BooleanSupplier possible,
            BooleanSupplier vaultActive,
            Duration interval,
            Clock clock) {
        this.checkpoints = requireNonNull(checkpoints, "checkpoints");
        this.possible = requireNonNull(possible, "possible");
        this.vaultActive = requireNonNull(vaultActive, "vaultActive");
        this.patience = interval.multipliedBy(MISSED_INTERVALS).plus(SLACK);
        this.clock = requireNonNull(clock, "clock");
        this.lastGood = clock.instant();
    }

    /** One run; to be repeated after the interval. Waits for store keys, which a fresh token lacks, without a word. */
    @Override
    public void run() {
        if (!possible.getAsBoolean()) {
            lastGood = clock.instant();
            return;
        }
        boolean active = vaultActive.getAsBoolean();
        try {
            checkpoints.run(active);
            lastGood = clock.instant();
        } catch (KmsException e) {
            boolean waiting = e.code() == KmsErrorCode.NOT_READY;
            if (!active || waiting) {
                lastGood = clock.instant();
            }
            if (!waiting) {
                reason = String.valueOf(e.getMessage());
                KmsLog.LOG.checkpointFailed(reason);
            }
        }
    }

    /** What keeps the server from being ready, in one sentence; empty if checkpoints come. */
    Optional<String> complaint() {
        Instant good = lastGood;
        return clock.instant().isAfter(good.plus(patience))
                ? Optional.of("no audit checkpoint could be made since " + good + ": " + reason)
                : Optional.empty();
    }
}
