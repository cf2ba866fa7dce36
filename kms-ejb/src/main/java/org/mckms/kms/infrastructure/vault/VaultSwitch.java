package org.mckms.kms.infrastructure.vault;

import java.util.Optional;
import java.util.function.IntFunction;
import org.mckms.kms.domain.VaultState;
import org.mckms.kms.domain.VaultStatus;
import org.mckms.platform.hsm.BoundedToken;
import org.mckms.platform.hsm.HsmSettings;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Which generation is in use, and why none is. Thread safe; never waits for the token. Whatever takes long is prepared
 * before and offered to {@link #install}, which refuses it if the vault was switched meanwhile.
 */
final class VaultSwitch {

    private final HsmSettings settings;

    private long switches;
    private int generation;
    private Activation current;
    private BoundedToken lost;
    private volatile VaultStatus status;

    VaultSwitch(HsmSettings settings) {
        this.settings = settings;
        this.status = status(VaultState.INACTIVE, "The vault was not activated since the server started.");
    }

    VaultStatus status() {
        return status;
    }

    /** Counts activations, losses and deactivations; taken before a slow preparation and given to {@link #install}. */
    synchronized long switches() {
        return switches;
    }

    synchronized Optional<Activation> current() {
        return Optional.ofNullable(current);
    }

    /** The generation in use. */
    Activation require() {
        return current().orElseThrow(() -> {
            VaultStatus now = status;
            KmsErrorCode code = now.state() == VaultState.LOST ? KmsErrorCode.HSM_UNAVAILABLE : KmsErrorCode.NOT_READY;
            return new KmsException(code, "the vault is not active: " + now.detail());
        });
    }

    /** Puts a new generation into use, unless the vault was switched since {@code before}; false then. */
    synchronized boolean install(long before, IntFunction<Activation> next) {
        if (switches != before) {
            return false;
        }
        switches++;
        generation++;
        current = next.apply(generation);
        lost = null;
        status = status(VaultState.ACTIVE, current.detail());
        return true;
    }

    /** Says more of the generation in use, if it still is. */
    synchronized void describe(Activation inUse, String detail) {
        if (current == inUse) {
            status = status(VaultState.ACTIVE, detail);
        }
    }

    /** Takes a generation out of use because its token is gone; false if it is not in use any more. */
    synchronized boolean lose(Activation gone, String detail) {
        if (current != gone) {
            return false;
        }
        switches++;
        current = null;
        lost = gone.token();
        status = status(VaultState.LOST, detail);
        return true;
    }

    /** The token of the last generation, if it was lost and not given up yet. */
    synchronized Optional<BoundedToken> lost() {
        return Optional.ofNullable(lost);
    }

    /** Gives the lost token up; it is the caller's to close. */
    synchronized Optional<BoundedToken> takeLost() {
        Optional<BoundedToken> taken = Optional.ofNullable(lost);
        lost = null;
        return taken;
    }

    /**
     * Takes the generation in use, if any, out of use; it is the caller's to close. If the vault is inactive already, only
     * a generation that is being prepared is affected: it will not be installed.
     */
    synchronized Optional<Activation> switchOff(String detail) {
        switches++;
        if (status.state() == VaultState.INACTIVE) {
            return Optional.empty();
        }
        Optional<Activation> off = Optional.ofNullable(current);
        current = null;
        status = status(VaultState.INACTIVE, detail);
        return off;
    }

    /** Says why the vault stays switched off, unless it was switched since {@code before}; false then. */
    synchronized boolean explain(long before, VaultState state, String detail) {
        if (switches != before || current != null) {
            return false;
        }
        status = status(state, detail);
        return true;
    }

    private VaultStatus status(VaultState state, String detail) {
        return new VaultStatus(state, detail, settings.tokenLabel(), settings.slotListIndex(), generation);
    }
}
