package org.mckms.kms.infrastructure.vault;

import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import org.mckms.kms.domain.VaultListener;
import org.mckms.platform.hsm.HsmSettings;
import org.mckms.platform.hsm.PinSource;

/**
 * What the wiring gives a vault.
 *
 * @param pins       asked when a lost token is recovered
 * @param production whether this server runs in the production profile, which refuses a process that could leak memory
 * @param scheduler  runs the watch over token and leases; stays with the caller, who closes it after the vault
 */
public record VaultEnvironment(
        HsmSettings settings,
        PinSource pins,
        boolean production,
        Clock clock,
        ScheduledExecutorService scheduler,
        VaultListener listener) {

    public VaultEnvironment {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(pins, "pins");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(scheduler, "scheduler");
        Objects.requireNonNull(listener, "listener");
    }
}
