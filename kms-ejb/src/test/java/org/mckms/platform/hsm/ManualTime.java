package org.mckms.platform.hsm;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A clock that a test moves by hand, and a scheduler that runs in the test's thread while the clock moves. */
public final class ManualTime extends Clock {

    private final List<Task> tasks = new ArrayList<>();
    private final Scheduler scheduler = new Scheduler();
    private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

    /** A scheduler of repeated tasks by this clock; it has no thread. */
    public ScheduledThreadPoolExecutor scheduler() {
        return scheduler;
    }

    /** Moves the clock and runs what becomes due, in the order of time. */
    public void advance(Duration step) {
        Instant end = now.plus(step);
        for (Optional<Task> next = due(end); next.isPresent(); next = due(end)) {
            now = next.get().at;
            next.get().at = now.plus(next.get().interval);
            next.get().run.run();
        }
        now = end;
    }

    /** Moves the clock without running anything: something takes so long. */
    public void pass(Duration step) {
        now = now.plus(step);
    }

    private synchronized Optional<Task> due(Instant end) {
        tasks.removeIf(FutureTask::isCancelled);
        return tasks.stream().filter(task -> !task.at.isAfter(end)).min(Comparator.comparing(task -> task.at));
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("tests use UTC");
    }

    private static final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
        private final Runnable run;
        private final Duration interval;
        private Instant at;

        Task(Runnable run, Duration interval, Instant at) {
            super(run, null);
            this.run = run;
            this.interval = interval;
            this.at = at;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new CancellationException("not asked for in tests");
        }

        @Override
        public int compareTo(Delayed other) {
            throw new CancellationException("not asked for in tests");
        }
    }

    private final class Scheduler extends ScheduledThreadPoolExecutor {
        Scheduler() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable run, long first, long delay, TimeUnit unit) {
            Duration interval = Duration.of(delay, unit.toChronoUnit());
            Task task = new Task(run, interval, now.plus(Duration.of(first, unit.toChronoUnit())));
            synchronized (ManualTime.this) {
                tasks.add(task);
            }
            return task;
        }
    }
}
