package org.mckms.kms.infrastructure.vault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.MasterSecrets;
import org.mckms.platform.hsm.LeaseMode;
import org.mckms.platform.hsm.LeasePolicy;
import org.mckms.platform.hsm.TokenException;
import org.mckms.platform.hsm.TokenFault;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Holds the masters of one epoch for as long as the operator's lease allows. Thread safe; masters are loaded by one thread
 * while the others wait for it, but not longer than for a token call.
 */
final class EpochLease {

    /** The last tenth of a lease is left for renewing it. */
    private static final int RENEWAL_TENTHS = 9;

    private final Epoch epoch;
    private final MasterLoader loader;
    private final LeasePolicy policy;
    private final Duration loadingLimit;
    private final Clock clock;
    private final ReentrantLock loading = new ReentrantLock();

    private RestingMasters masters;
    private Instant loadedAt;
    private Instant usedAt;
    private boolean closed;
    private boolean refused;

    EpochLease(Epoch epoch, MasterLoader loader, LeasePolicy policy, Duration loadingLimit, Clock clock) {
        this.epoch = epoch;
        this.loader = loader;
        this.policy = policy;
        this.loadingLimit = loadingLimit;
        this.clock = clock;
    }

    Epoch epoch() {
        return epoch;
    }

    /** Lends the masters to {@code use}, loading them first if none rest here. */
    <T> T use(Function<MasterSecrets, T> use) {
        while (true) {
            RestingMasters resting = policy.mode() == LeaseMode.REQUEST ? loadForOneUse() : restingOrLoaded();
            Optional<MasterSecrets> lent = lend(resting);
            if (lent.isPresent()) {
                return use(resting, lent.get(), use);
            } // wiped between both calls: the next round loads anew, or finds the lease closed
        }
    }

    private <T> T use(RestingMasters resting, MasterSecrets lent, Function<MasterSecrets, T> use) {
        try (lent) {
            return use.apply(lent);
        } finally {
            resting.giveBack();
            if (policy.mode() == LeaseMode.REQUEST) {
                resting.wipe();
            }
            touch();
        }
    }

    private Optional<MasterSecrets> lend(RestingMasters resting) {
        try {
            return resting.lend(epoch);
        } catch (MastersRefusedException e) {
            resting.wipe();
            end();
            throw e;
        }
    }

    private RestingMasters loadForOneUse() {
        RestingMasters loaded = load();
        synchronized (this) {
            if (closed) {
                loaded.wipe();
                throw notActive();
            }
        }
        return loaded;
    }

    private RestingMasters restingOrLoaded() {
        Optional<RestingMasters> resting = resting();
        if (resting.isPresent()) {
            return resting.get();
        }
        lockLoading();
        try {
            Optional<RestingMasters> meanwhile = resting();
            return meanwhile.isPresent() ? meanwhile.get() : install(load());
        } finally {
            loading.unlock();
        }
    }

    private synchronized Optional<RestingMasters> resting() {
        if (closed) {
            throw notActive();
        }
        Instant now = clock.instant();
        if (masters != null && !now.isBefore(loadedAt.plus(policy.duration()))) {
            end();
        }
        usedAt = now;
        return Optional.ofNullable(masters);
    }

    private synchronized RestingMasters install(RestingMasters loaded) {
        if (closed) {
            loaded.wipe();
            throw notActive();
        }
        end();
        masters = loaded;
        loadedAt = clock.instant();
        return loaded;
    }

    /** Masters that the token gave once and that are not the right ones are not asked for again: the alarm rings once. */
    private RestingMasters load() {
        requireNotRefused();
        try (LoadedMasters loaded = loader.load(epoch)) {
            return new RestingMasters(loaded);
        } catch (MastersRefusedException e) {
            refuse();
            throw e;
        }
    }

    private synchronized void refuse() {
        refused = true;
        end();
    }

    private synchronized void requireNotRefused() {
        if (refused) {
            throw new KmsException(
                    KmsErrorCode.INTERNAL,
                    "the masters of epoch " + epoch.id() + " were refused; look into it before the next activation");
        }
    }

    private void lockLoading() {
        boolean locked = false;
        try {
            locked = loading.tryLock(loadingLimit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!locked) {
            throw new TokenException(
                    TokenFault.LATE, "The masters of epoch " + epoch.id() + " were not loaded in time.");
        }
    }

    private synchronized void touch() {
        usedAt = clock.instant();
    }

    /**
     * Ends the lease if it is idle or over, renews it if it is soon over and in use.
     *
     * @throws MastersRefusedException if the fresh masters are not the same; neither is used any more
     */
    void sweep() {
        if (dueForRenewal() && loading.tryLock()) {
            try {
                renew();
            } catch (TokenException e) {
                endIfOver(); // the token may answer before the lease is over; if not, the lease ends
            } finally {
                loading.unlock();
            }
        }
    }

    private synchronized boolean dueForRenewal() {
        if (masters == null || endIfOver()) {
            return false;
        }
        Duration age = Duration.between(loadedAt, clock.instant());
        return policy.mode() == LeaseMode.ACTIVATION
                && age.multipliedBy(10).compareTo(policy.duration().multipliedBy(RENEWAL_TENTHS)) >= 0;
    }

    private synchronized boolean endIfOver() {
        Instant now = clock.instant();
        boolean idle = masters != null && masters.isUnused() && !now.isBefore(usedAt.plus(policy.idle()));
        boolean over = masters != null && !now.isBefore(loadedAt.plus(policy.duration()));
        if (idle || over) {
            end();
        }
        return idle || over;
    }

    private void renew() {
        RestingMasters fresh = load();
        synchronized (this) {
            if (closed || masters == null) {
                fresh.wipe();
            } else if (masters.sameAs(fresh)) {
                install(fresh);
            } else {
                fresh.wipe();
                refuse();
                throw new MastersRefusedException(
                        "fresh masters of epoch " + epoch.id() + " differ from those in use; both were wiped");
            }
        }
    }

    /** Wipes the masters, as soon as nobody uses them; the next use loads them anew. */
    private synchronized void end() {
        if (masters != null) {
            masters.wipe();
            masters = null;
        }
    }

    /** Ends the lease for good. */
    synchronized void close() {
        closed = true;
        end();
    }

    private static KmsException notActive() {
        return new KmsException(KmsErrorCode.NOT_READY, "the vault was deactivated or the epoch retired meanwhile");
    }
}
