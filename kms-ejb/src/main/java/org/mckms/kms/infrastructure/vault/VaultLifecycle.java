package org.mckms.kms.infrastructure.vault;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochId;
import org.mckms.kms.domain.VaultListener;
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
    private final VaultListener listener;
    private final TokenOpening opening;
    private final VaultSwitch vaultSwitch;
    private final KnownEpochs known;

    /** One activation, recovery or ceremony at a time; deactivation and loss do not wait for it. */
    private final ReentrantLock administration = new ReentrantLock();

    /** What is to be wiped with the masters whenever a generation goes out of use. */
    private final List<LongConsumer> wipes = new CopyOnWriteArrayList<>();

    private volatile List<String> exposureFindings = List.of();
    private volatile boolean closed;

    /** @param listener told instead of the one in {@code environment} */
    VaultLifecycle(
            VaultEnvironment environment,
            VaultListener listener,
            TokenOpener opener,
            VaultSwitch vaultSwitch,
            KnownEpochs known) {
        this.environment = environment;
        this.listener = listener;
        this.opening = new TokenOpening(opener, environment.settings(), known);
        this.vaultSwitch = vaultSwitch;
        this.known = known;
    }

    /** @see org.mckms.kms.domain.MasterSecretVault#activate */
    void activate(char[] pin, Collection<Epoch> epochs, List<String> findings) {
        locked(() -> {
            if (vaultSwitch.current().isPresent()) {
                throw new KmsException(KmsErrorCode.CONFLICT, "the vault is active already");
            }
            long before = vaultSwitch.switches();
            if (closed) {
                throw new KmsException(KmsErrorCode.NOT_READY, "the server stops");
            }
            exposureFindings = List.copyOf(findings);
            known.replace(epochs);
            if (environment.production() || known.areForProduction()) {
                requireUnexposed();
            }
            if (!findings.isEmpty()) {
                listener.memoryExposed(exposureFindings);
            }
            vaultSwitch.takeLost().ifPresent(VaultLifecycle::closeToken);
            try {
                install(before, opening.open(pin), "Activated.");
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

    private void install(long before, OpenedToken opened, String detail) {
        BoundedToken token = opened.token();
        boolean installed = vaultSwitch.install(before, generation -> {
            MasterLoader loader = new MasterLoader(token);
            MasterLeases leases = new MasterLeases(
                    loader,
                    environment.settings().lease(),
                    environment.settings().timeout(),
                    environment.clock());
            return new Activation(generation, token, loader, leases, detail, opened.withoutKeys());
        });
        if (!installed) {
            closeToken(token);
            throw new TokenException(TokenFault.LOST, "The vault was deactivated meanwhile.");
        }
        describeEpochs();
    }

    /** Names the epochs that cannot be used in the status, as long as they are not retired. */
    void describeEpochs() {
        vaultSwitch.current().ifPresent(current -> vaultSwitch.describe(current, describe(current)));
    }

    private String describe(Activation current) {
        String unusable = known.active().stream()
                .map(epoch -> epoch.id())
                .filter(current.withoutKeys()::contains)
                .map(EpochId::toString)
                .sorted()
                .collect(Collectors.joining(", "));
        return unusable.isEmpty()
                ? current.detail()
                : current.detail() + " The token lacks the keys of epoch " + unusable
                        + ", which cannot be used: retire it, or restore the token's backup and activate anew.";
    }

    /** Takes the vault out of use. A token that is lost is not searched for any more. */
    void deactivate(String detail) {
        vaultSwitch.switchOff(detail).ifPresent(off -> {
            wipe(off);
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
            wipe(gone);
            listener.vaultLost(detail);
        }
    }

    private void wipe(Activation gone) {
        gone.leases().close();
        wipes.forEach(wipe -> wipe.accept(gone.generation()));
    }

    /** Has the number of each generation told at once when it goes out of use; {@code wipe} never fails. */
    void whenEnded(LongConsumer wipe) {
        wipes.add(wipe);
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
            recovered(before, opening.reload(token));
            return true;
        } catch (TokenException e) {
            vaultSwitch.explain(before, VaultState.LOST, e.getMessage());
            return false;
        }
    }

    private void recoverByNewGeneration(long before) {
        if (!opening.mayReopen()) {
            return; // the lost token stays: it may answer again
        }
        try {
            char[] pin = environment.pins().read().orElse(null);
            if (pin == null) {
                return; // the lost token stays: reloading it is all that can be done without a PIN
            }
            try {
                vaultSwitch.takeLost().ifPresent(VaultLifecycle::closeToken);
                recovered(before, opening.reopen(pin));
            } finally {
                Arrays.fill(pin, '\0');
            }
        } catch (UncheckedIOException e) {
            vaultSwitch.explain(before, VaultState.LOST, "The token is lost, and the PIN cannot be read.");
        } catch (TokenException e) {
            VaultState state = stateAfter(e);
            if (vaultSwitch.explain(before, state, e.getMessage()) && state == VaultState.INACTIVE) {
                listener.vaultDeactivated(e.getMessage());
            }
        }
    }

    private void recovered(long before, OpenedToken opened) {
        install(before, opened, "The token was found again.");
        vaultSwitch.current().ifPresent(current -> listener.vaultRecovered(describe(current)));
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
                    "this process is not safe for production keys: " + String.join(" ", exposureFindings));
        }
    }

    /** As {@link #deactivate}, and nothing is activated any more. */
    void close() {
        closed = true;
        deactivate("The server stops.");
    }
}
