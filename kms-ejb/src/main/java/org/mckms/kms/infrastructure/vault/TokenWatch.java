package org.mckms.kms.infrastructure.vault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.mckms.kms.domain.VaultState;
import org.mckms.platform.hsm.RecoverySettings;
import org.mckms.platform.hsm.TokenException;

/**
 * Probes the token, declares it lost when at least two probes fail for long enough, and asks for recovery at growing intervals. Called
 * by one thread at a time.
 */
final class TokenWatch {

    private static final byte[] PROBE_MESSAGE = {0x01};
    private static final int FAILURES_OF_A_LOSS = 2;
    private static final String WAITS = " The token is searched for again in the background.";

    private final VaultSwitch vaultSwitch;
    private final RecoverySettings settings;
    private final Clock clock;
    private final Loss loss;
    private final Runnable recovery;

    private Activation watched;
    private Instant failingSince;
    private int failures;
    private Instant nextAttempt;
    private Duration backOff;

    /** Told of a token that is lost. */
    @FunctionalInterface
    interface Loss {
        void lost(Activation gone, String detail);
    }

    /** @param recovery one attempt; success shows in the switch */
    TokenWatch(VaultSwitch vaultSwitch, RecoverySettings settings, Clock clock, Loss loss, Runnable recovery) {
        this.vaultSwitch = vaultSwitch;
        this.settings = settings;
        this.clock = clock;
        this.loss = loss;
        this.recovery = recovery;
    }

    /** One round: a probe of the token in use, or an attempt to find the lost one when its time has come. */
    void tick() {
        Activation current = vaultSwitch.current().orElse(null);
        if (current != watched) {
            watched = current;
            failures = 0;
            nextAttempt = null;
        }
        if (current != null) {
            probe(current);
        } else if (vaultSwitch.status().state() == VaultState.LOST) {
            recover();
        }
    }

    /** A token that is not set up yet has no key to probe with, and nothing to lose. */
    private void probe(Activation current) {
        if (!current.token().keyLabels().contains(KeyLabels.PROBE)) {
            return;
        }
        Instant begun = clock.instant();
        try {
            current.token().probe(KeyLabels.PROBE, PROBE_MESSAGE);
            failures = 0;
        } catch (TokenException e) {
            if (failures++ == 0) {
                failingSince = begun;
            }
            if (failures >= FAILURES_OF_A_LOSS && !clock.instant().isBefore(failingSince.plus(settings.lossAfter()))) {
                loss.lost(current, e.getMessage() + (settings.ladder().isEmpty() ? "" : WAITS));
            }
        }
    }

    private void recover() {
        Instant now = clock.instant();
        if (settings.ladder().isEmpty() || (nextAttempt != null && now.isBefore(nextAttempt))) {
            return;
        }
        backOff = nextAttempt == null ? settings.firstBackOff() : shorter(backOff.multipliedBy(2));
        nextAttempt = now.plus(backOff);
        recovery.run();
    }

    private Duration shorter(Duration doubled) {
        return doubled.compareTo(settings.longestBackOff()) < 0 ? doubled : settings.longestBackOff();
    }
}
