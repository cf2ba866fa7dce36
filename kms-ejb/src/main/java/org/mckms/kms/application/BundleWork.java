package org.mckms.kms.application;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mckms.kms.domain.BundleFiles;
import org.mckms.kms.domain.BundleItems;
import org.mckms.kms.domain.BundleJobId;
import org.mckms.kms.domain.BundleJobRegister;
import org.mckms.kms.domain.BundleJobState;
import org.mckms.kms.domain.MasterSecretVault;
import org.mckms.kms.domain.VaultState;
import org.mckms.platform.KmsLog;
import org.mckms.platform.SystemUse;
import org.mckms.platform.jobs.WorkAttempts;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** This node's share of the running bundle jobs. May run in several threads. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class BundleWork {

    private static final Duration PAUSE = Duration.ofMinutes(1);
    /** A list that is still being received after that was left by a node that died. */
    private static final Duration LONGEST_LOADING = Duration.ofHours(1);

    @Inject
    BundleMaking making;

    @Inject
    BundleJobRegister jobs;

    @Inject
    BundleItems items;

    @Inject
    BundleFiles files;

    @Inject
    MasterSecretVault vault;

    @Inject
    Transactions transactions;

    @Inject
    Clock clock;

    /** Jobs that cannot go on as they are, and until when they are left alone. */
    private final Map<BundleJobId, Instant> paused = new ConcurrentHashMap<>();

    private final WorkAttempts attempts = new WorkAttempts(KmsLog.LOG::bundlesWait);

    /**
     * Whether a job is running that this node may go on with, now or when others have let go of it. Where that cannot be told,
     * nothing is.
     */
    @SystemUse("called by the server's own workers, for jobs that an officer started")
    public boolean isOpen() {
        return attempts.open(() -> isAble() && running().stream().anyMatch(job -> !isPaused(job)));
    }

    /**
     * Makes some bundles, for the oldest job first, or ends a job that has no more of them to be made.
     *
     * @return whether there were any; what cannot be made now is left for the next time
     */
    @SystemUse("called by the server's own workers, for jobs that an officer started")
    public boolean step() {
        return attempts.step(() -> isAble() && step(running()));
    }

    private boolean isAble() {
        return files.available() && vault.status().state() == VaultState.ACTIVE;
    }

    private List<BundleJobId> running() {
        return transactions.inNew(() -> jobs.inState(BundleJobState.RUNNING));
    }

    private boolean step(List<BundleJobId> running) {
        paused.keySet().retainAll(running);
        for (BundleJobId job : running) {
            if (!isPaused(job) && stepOf(job)) {
                return true;
            }
        }
        return false;
    }

    private boolean isPaused(BundleJobId job) {
        return clock.instant().isBefore(paused.getOrDefault(job, Instant.MIN));
    }

    private boolean stepOf(BundleJobId job) {
        try {
            return attempt(job);
        } catch (KmsException e) {
            if (!isFault(e) && e.code() != KmsErrorCode.NOT_READY) {
                throw e;
            }
            paused.put(job, clock.instant().plus(PAUSE));
            attempts.tell(e);
            return false;
        }
    }

    private boolean attempt(BundleJobId job) {
        try {
            return making.step(job);
        } catch (KmsException e) {
            if (!isFault(e)) {
                throw e;
            }
            return making.stepAlone(job);
        }
    }

    private static boolean isFault(KmsException e) {
        return e.code().httpStatus() == KmsErrorCode.INTERNAL.httpStatus();
    }

    /** Forgets lists that nobody will complete. */
    @SystemUse("called by the server's own clock")
    public void sweep() {
        if (vault.status().state() != VaultState.ACTIVE) {
            return;
        }
        Instant oldest = clock.instant().minus(LONGEST_LOADING);
        transactions.runInNew(() -> jobs.inState(BundleJobState.LOADING).stream()
                .filter(id -> jobs.get(id).startedAt().isBefore(oldest))
                .toList()
                .forEach(id -> {
                    items.removeAll(id);
                    jobs.remove(id);
                }));
    }
}
