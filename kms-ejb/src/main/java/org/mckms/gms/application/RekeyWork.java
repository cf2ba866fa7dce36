package org.mckms.gms.application;

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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.mckms.gms.domain.RekeyJobRegister;
import org.mckms.platform.KmsLog;
import org.mckms.platform.SystemUse;
import org.mckms.platform.jobs.WorkAttempts;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** This node's share of the running jobs that make messages. May run in several threads. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RekeyWork {

    /** How long parts that failed by a fault of our own are left alone. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    @Inject
    RekeyMaking making;

    @Inject
    RekeyJobRegister jobs;

    @Inject
    Transactions transactions;

    @Inject
    Clock clock;

    /** Parts that could not be made, each named by the member before its first, and until when they are left alone. */
    private final Map<UUID, Stumble> stumbles = new ConcurrentHashMap<>();

    /** Jobs that cannot be read at all, and until when they are left alone. */
    private final Map<UUID, Instant> setAside = new ConcurrentHashMap<>();

    private final WorkAttempts attempts = new WorkAttempts(KmsLog.LOG::groupMessagesWait);

    private record Stumble(int after, Instant until) {}

    /**
     * Whether a job is running that this node may go on with, now or when others have let go of it. Where that cannot be told,
     * nothing is.
     */
    @SystemUse("called by the server's own workers, for jobs that were started by acts on groups")
    public boolean isOpen() {
        return attempts.open(() -> transactions.inNew(jobs::running).stream().anyMatch(job -> !isLeftAlone(job)));
    }

    /**
     * Deals with one part, of the oldest job first, or ends a job that has no more of them.
     *
     * @return whether there was one; what cannot be made now is left for the next time
     */
    @SystemUse("called by the server's own workers, for jobs that were started by acts on groups")
    public boolean step() {
        return attempts.step(() -> step(transactions.inNew(jobs::running)));
    }

    private boolean isLeftAlone(UUID job) {
        Instant now = clock.instant();
        return Optional.ofNullable(stumbles.get(job))
                        .filter(stumble -> now.isBefore(stumble.until()))
                        .isPresent()
                || now.isBefore(setAside.getOrDefault(job, Instant.MIN));
    }

    private boolean step(List<UUID> running) {
        stumbles.keySet().retainAll(running);
        Instant now = clock.instant();
        stumbles.values().removeIf(stumble -> !now.isBefore(stumble.until()));
        setAside.values().removeIf(until -> !now.isBefore(until));
        for (UUID job : running) {
            if (!setAside.containsKey(job) && dealWith(job)) {
                return true;
            }
        }
        return false;
    }

    /** A job whose own row was changed past the server does not keep other jobs waiting. */
    private boolean dealWith(UUID job) {
        try {
            return part(job) || making.finish(job);
        } catch (KmsException e) {
            if (!isOurFault(e)) {
                throw e;
            }
            attempts.tell(e);
            setAside.put(job, clock.instant().plus(PAUSE));
            return false;
        }
    }

    private static boolean isOurFault(KmsException e) {
        return e.code().httpStatus() == KmsErrorCode.INTERNAL.httpStatus();
    }

    /** Members whose part meets a fault of our own do not keep the others waiting. */
    private boolean part(UUID job) {
        int after = Optional.ofNullable(stumbles.get(job)).map(Stumble::after).orElse(0);
        try {
            return making.part(job, after).isPresent();
        } catch (KmsException e) {
            if (!isOurFault(e)) {
                throw e;
            }
            KmsLog.LOG.groupMessagesFailed(job, e);
            OptionalInt behind = transactions.inNew(() -> making.behind(job, after));
            behind.ifPresent(
                    last -> stumbles.put(job, new Stumble(last, clock.instant().plus(PAUSE))));
            return behind.isPresent();
        }
    }
}
