package org.mckms.platform.audit;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mckms.platform.KmsLog;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * The audit trail of this node: one thread that commits records in groups while the callers wait. Opens its chain as soon
 * as the database answers, adopting chains of crashed starts; a failed commit neither moves the head in memory nor forks
 * the chain, because the next write first asks the database where the chain stands.
 */
public final class AuditAppender implements AuditTrail, AutoCloseable {

    private static final AuditStatus STARTING = new AuditStatus(false, "the audit trail is not open yet");

    private final AuditChain chain;
    private final Clock clock;
    private final AuditLimits limits;
    private final BlockingQueue<Waiting> queue;
    /** Records for which nobody waits and that could not be written. */
    private final BlockingQueue<AuditNote> owed;

    private final Thread thread;
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private volatile AuditStatus status = STARTING;
    /** The group whose commit is under way; used by the appender's thread only. */
    private List<Waiting> inCommit = List.of();

    private record Waiting(AuditNote note, CompletableFuture<Void> committed) {

        /** Wakes the thread; never written. A database file may not survive an interrupt of its writer. */
        static Waiting wakeUp() {
            CompletableFuture<Void> cancelled = new CompletableFuture<>();
            cancelled.cancel(false);
            return new Waiting(AuditNote.of(AuditEvent.CHAIN_CLOSED, AuditNote.OK, "", ""), cancelled);
        }
    }

    AuditAppender(AuditChain chain, Clock clock, AuditLimits limits, ThreadFactory threads) {
        this.chain = requireNonNull(chain, "chain");
        this.clock = requireNonNull(clock, "clock");
        this.limits = requireNonNull(limits, "limits");
        this.queue = new ArrayBlockingQueue<>(limits.queue());
        this.owed = new ArrayBlockingQueue<>(limits.queue());
        this.thread = threads.newThread(this::run);
    }

    /** Starts the thread; the chain opens in the background. */
    public void start() {
        thread.start();
    }

    @Override
    public AuditStatus status() {
        return status;
    }

    @Override
    public void record(AuditNote note) {
        await(enqueue(note));
    }

    @Override
    public void recordAll(List<AuditNote> notes) {
        notes.stream().map(this::enqueue).toList().forEach(this::await);
    }

    private Waiting enqueue(AuditNote note) {
        AuditStatus now = status;
        if (!now.writable()) {
            throw unavailable(now.sentence(), null);
        }
        Waiting waiting = new Waiting(note, new CompletableFuture<>());
        if (!queue.offer(waiting)) {
            throw unavailable("too many records wait for the database", null);
        }
        return waiting;
    }

    @Override
    public void recordLater(AuditNote note) {
        Waiting waiting = new Waiting(note, new CompletableFuture<>());
        waiting.committed().whenComplete((done, failure) -> {
            if (failure != null) {
                owe(note);
            }
        });
        if (!status.writable() || !queue.offer(waiting)) {
            owe(note);
        }
    }

    private void owe(AuditNote note) {
        if (!owed.offer(note)) {
            KmsLog.LOG.eventNotAudited(
                    note.event().name(), unavailable("too many records wait for the database", null));
        }
    }

    private void await(Waiting waiting) {
        try {
            waiting.committed().get(limits.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            waiting.committed().cancel(false);
            throw unavailable("the database did not commit within " + limits.patience(), e);
        } catch (ExecutionException e) {
            throw unavailable("the commit failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted while waiting for the commit", e);
        }
    }

    private static KmsException unavailable(String why, Throwable cause) {
        return new KmsException(KmsErrorCode.AUDIT_UNAVAILABLE, "the audit trail cannot be written: " + why, cause);
    }

    /** Writes what waits, ends the chain in order and stops the thread; waits for that at most twice the wait limit. */
    @Override
    public void close() {
        stopRequested.countDown();
        boolean queued = queue.offer(Waiting.wakeUp());
        KmsLog.LOG.tracef("the audit thread is asked to stop, wake-up queued: %s", queued);
        try {
            thread.join(limits.patience().multipliedBy(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean stopping() {
        return stopRequested.getCount() == 0;
    }

    private void run() {
        try {
            while (!stopping()) {
                step();
            }
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            status = new AuditStatus(false, "the audit trail is closed");
            failAllWaiting(status.sentence());
            chain.close();
        }
    }

    private void step() throws InterruptedException {
        try {
            if (!status.writable()) {
                chain.open();
                status = new AuditStatus(true, "audit chain " + chain.name() + " is open");
                List<AuditNote> due = new ArrayList<>();
                owed.drainTo(due);
                due.forEach(this::recordLater);
            }
            commit(nextGroup());
        } catch (AuditLostException e) {
            unwritable(e.getMessage());
            pauseUntilStop(Duration.ofDays(365));
        } catch (KmsException e) {
            unwritable(e.getMessage());
            pauseUntilStop(limits.retry());
        } catch (SQLException | RuntimeException e) {
            unwritable("the database does not answer as it should: " + firstLine(e));
            pauseUntilStop(limits.retry());
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }

    private void unwritable(String why) {
        AuditStatus now = new AuditStatus(false, why);
        if (!now.equals(status)) {
            KmsLog.LOG.auditUnavailable(why);
        }
        status = now;
        failAllWaiting(why);
    }

    private void pauseUntilStop(Duration pause) throws InterruptedException {
        boolean stop = stopRequested.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        KmsLog.LOG.tracef("the audit thread goes on, stopping: %s", stop);
    }

    /** Waits for a first record, then for as many others as allowed while they keep coming. */
    private List<Waiting> nextGroup() throws InterruptedException {
        List<Waiting> group = new ArrayList<>(limits.batch());
        group.add(queue.take());
        long end = System.nanoTime() + limits.longest().toNanos();
        while (group.size() < limits.batch()) {
            if (queue.drainTo(group, limits.batch() - group.size()) > 0) {
                continue;
            }
            long left = Math.min(limits.quiet().toNanos(), end - System.nanoTime());
            Waiting next = stopping() ? null : queue.poll(left, TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            group.add(next);
        }
        return group;
    }

    private void commit(List<Waiting> group) throws SQLException, AuditLostException {
        List<Waiting> wanted =
                group.stream().filter(w -> !w.committed().isCancelled()).toList();
        if (wanted.isEmpty()) {
            return;
        }
        inCommit = wanted;
        chain.append(wanted.stream().map(Waiting::note).toList(), clock.instant());
        inCommit = List.of();
        wanted.forEach(w -> w.committed().complete(null));
    }

    private void end() {
        if (!status.writable()) {
            return;
        }
        try {
            List<Waiting> rest = new ArrayList<>();
            while (queue.drainTo(rest, limits.batch()) > 0) {
                commit(rest);
                rest.clear();
            }
            chain.end(clock.instant());
            KmsLog.LOG.auditClosed(chain.name());
        } catch (AuditLostException | SQLException | RuntimeException e) {
            KmsLog.LOG.auditUnavailable(e.getMessage());
        }
    }

    private void failAllWaiting(String why) {
        List<Waiting> rest = new ArrayList<>(inCommit);
        inCommit = List.of();
        queue.drainTo(rest);
        rest.forEach(w -> w.committed().completeExceptionally(unavailable(why, null)));
    }
}
