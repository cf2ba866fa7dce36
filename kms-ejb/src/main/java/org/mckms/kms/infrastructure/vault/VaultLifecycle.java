package org.mckms.kms.infrastructure.vault;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochId;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.EpochState;
import org.mckms.kms.domain.VaultState;
import org.mckms.platform.KmsLog;
import org.mckms.platform.hsm.BoundedToken;
import org.mckms.platform.hsm.RecoveryStep;
import org.mckms.platform.hsm.TokenException;
import org.mckms.platform.hsm.TokenFault;
import org.mckms.platform.hsm.TokenOpener;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Activation, deactivation, loss and recovery: everything that replaces one generation by another. */
final class VaultLifecycle {

    private final VaultEnvironment environment;
    private final TokenOpening opening;
    private final VaultSwitch vaultSwitch;

    /** One activation, recovery or ceremony at a time; deactivation and loss do not wait for it. */
    private final ReentrantLock administration = new ReentrantLock();

    private final Map<EpochId, Epoch> known = new ConcurrentHashMap<>();
    private final Set<EpochId> retired = ConcurrentHashMap.newKeySet();
    private volatile List<String> exposureFindings = List.of();

    VaultLifecycle(VaultEnvironment environment, TokenOpener opener, VaultSwitch vaultSwitch) {
        this.environment = environment;
        this.opening = new TokenOpening(opener, environment.settings());
        this.vaultSwitch = vaultSwitch;
    }

    /** @see org.mckms.kms.domain.MasterSecretVault#activate */
    void activate(char[] pin, Collection<Epoch> epochs, List<String> findings) {
        locked(() -> {
            if (vaultSwitch.current().isPresent()) {
                throw new KmsException(KmsErrorCode.CONFLICT, "the vault is active already");
            }
            exposureFindings = List.copyOf(findings);
            remember(epochs);
            if (environment.production() || known.values().stream().anyMatch(VaultLifecycle::isInProduction)) {
                requireUnexposed();
            }
            if (!findings.isEmpty()) {
                environment.listener().memoryExposed(exposureFindings);
            }
            long before = vaultSwitch.switches();
            vaultSwitch.takeLost().ifPresent(VaultLifecycle::closeToken);
            try {
                install(before, opening.open(pin, known.values()), "Activated.");
            } catch (TokenException e) {
                vaultSwitch.explain(before, stateAfter(e), e.getMessage());
                throw VaultErrors.of(e);
            }
            return null;
        });
    }

    /** After faults that only an operator can mend, no recovery is tried. */
    private static VaultState stateAfter(TokenException e) {
        return switch (e.fault()) {
            case PIN, FOREIGN, LIBRARY, DUPLICATE_LABEL -> VaultState.INACTIVE;
            default -> VaultState.LOST;
        };
    }

    private void remember(Collection<Epoch> epochs) {
        known.clear();
        epochs.forEach(epoch -> known.put(epoch.id(), epoch));
    }

    private static boolean isInProduction(Epoch epoch) {
        return epoch.purpose() == EpochPurpose.PRODUCTION && epoch.state() == EpochState.ACTIVE;
    }

    private void install(long before, BoundedToken token, String detail) {
        boolean installed = vaultSwitch.install(before, detail, generation -> {
            MasterLoader loader = new MasterLoader(token);
            MasterLeases leases = new MasterLeases(
                    loader,
                    environment.settings().lease(),
                    environment.settings().timeout(),
                    environment.clock());
            return new Activation(generation, token, loader, leases);
        });
        if (!installed) {
            closeToken(token);
            throw new TokenException(TokenFault.LOST, "The vault was deactivated meanwhile.");
        }
    }

    /** Takes the vault out of use. A token that is lost is not searched for any more. */
    void deactivate(String detail) {
        vaultSwitch.switchOff(detail).ifPresent(off -> {
            off.leases().close();
            closeToken(off.token());
        });
        vaultSwitch.takeLost().ifPresent(VaultLifecycle::closeToken);
    }

    /** A failed logout leaves the process logged in until the next activation, which begins with a logout. */
    private static void closeToken(BoundedToken token) {
        try {
            token.close();
        } catch (TokenException e) {
            KmsLog.LOG.tokenLogoutFailed(e.getMessage());
        }
    }

    /** Declares a token lost and wipes what came from it. */
    void lose(Activation gone, String detail) {
        if (vaultSwitch.lose(gone, detail)) {
            gone.leases().close();
            environment.listener().vaultLost(detail);
        }
    }

    /** One attempt of recovery; does nothing if an operator is at work. */
    void recover() {
        if (!administration.tryLock()) {
            return;
        }
        try {
            long before = vaultSwitch.switches();
            if (vaultSwitch.status().state() == VaultState.LOST && !recoverByReload(before)) {
                recoverByNewGeneration(before);
            }
        } finally {
            administration.unlock();
        }
    }

    private boolean recoverByReload(long before) {
        BoundedToken token = vaultSwitch.lost().orElse(null);
        if (token == null || !environment.settings().recovery().ladder().contains(RecoveryStep.RELOAD)) {
            return false;
        }
        try {
            opening.reload(token, known.values());
            recovered(before, token);
            return true;
        } catch (TokenException e) {
            vaultSwitch.explain(before, VaultState.LOST, e.getMessage());
            return false;
        }
    }

    private void recoverByNewGeneration(long before) {
        try {
            char[] pin = environment.pins().read().orElse(null);
            if (pin == null) {
                return; // the lost token stays: reloading it is all that can be done without a PIN
            }
            try {
                vaultSwitch.takeLost().ifPresent(VaultLifecycle::closeToken);
                recovered(before, opening.reopen(pin, known.values()));
            } finally {
                Arrays.fill(pin, '\0');
            }
        } catch (UncheckedIOException e) {
            vaultSwitch.explain(before, VaultState.LOST, "The token is lost, and the PIN cannot be read.");
        } catch (TokenException e) {
            vaultSwitch.explain(before, stateAfter(e), e.getMessage());
            if (stateAfter(e) == VaultState.INACTIVE) {
                environment.listener().vaultDeactivated(e.getMessage());
            }
        }
    }

    private void recovered(long before, BoundedToken token) {
        String detail = "The token was found again.";
        install(before, token, detail);
        environment.listener().vaultRecovered(detail);
    }

    /** Runs a change of the token's keys on the generation in use. */
    <T> T administer(Function<Activation, T> change) {
        return locked(() -> {
            try {
                return change.apply(vaultSwitch.require());
            } catch (TokenException e) {
                throw VaultErrors.of(e);
            } catch (MastersRefusedException e) {
                throw VaultErrors.of(e);
            }
        });
    }

    private <T> T locked(Supplier<T> action) {
        boolean locked = false;
        try {
            locked = administration.tryLock(environment.settings().timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!locked) {
            throw new KmsException(KmsErrorCode.CONFLICT, "another change of the vault is under way");
        }
        try {
            return action.get();
        } finally {
            administration.unlock();
        }
    }

    /** @throws KmsException {@code NOT_READY} if the process could leak memory */
    void requireUnexposed() {
        if (!exposureFindings.isEmpty()) {
            throw new KmsException(
                    KmsErrorCode.NOT_READY,
                    "the memory of this process is not safe for production keys: "
                            + String.join(" ", exposureFindings));
        }
    }

    void know(Epoch epoch) {
        known.put(epoch.id(), epoch);
    }

    /** From now on the epoch is not used here, whether or not its keys can be destroyed at once. */
    void forget(EpochId epoch) {
        retired.add(epoch);
        known.remove(epoch);
    }

    boolean isRetired(EpochId epoch) {
        return retired.contains(epoch);
    }
}
