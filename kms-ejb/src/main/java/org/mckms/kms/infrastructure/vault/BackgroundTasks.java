package org.mckms.kms.infrastructure.vault;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.mckms.platform.KmsLog;

/** Repeats the vault's tasks on a scheduler that is not its own, until it ends them. Thread safe. */
final class BackgroundTasks {

    private final ScheduledExecutorService scheduler;
    private final List<ScheduledFuture<?>> schedules = new CopyOnWriteArrayList<>();

    /** Read: a task runs. Write: none runs, and none will. */
    private final ReadWriteLock running = new ReentrantReadWriteLock();

    private volatile boolean ended;

    BackgroundTasks(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /** A task that throws is logged and run again. */
    void every(Duration interval, String name, Runnable task) {
        long millis = interval.toMillis();
        schedules.add(scheduler.scheduleWithFixedDelay(() -> run(name, task), millis, millis, TimeUnit.MILLISECONDS));
    }

    private void run(String name, Runnable task) {
        if (!running.readLock().tryLock()) {
            return;
        }
        try {
            if (!ended) {
                task.run();
            }
        } catch (RuntimeException e) {
            KmsLog.LOG.backgroundTaskFailed(name, e);
        } finally {
            running.readLock().unlock();
        }
    }

    /** From now on no task begins; those that run go on. */
    void end() {
        ended = true;
        schedules.forEach(schedule -> schedule.cancel(false));
    }

    /** Waits for the tasks that run; not for longer than {@code limit}, since they may wait for a dead token. */
    void await(Duration limit) {
        try {
            if (running.writeLock().tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                running.writeLock().unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
