package org.mckms.platform.jobs;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import org.mckms.platform.KmsLog;

/**
 * A batch job of this node: an execution of it runs while the database holds work for it, and each of its partitions is a
 * worker. Workers keep nothing that the next execution would need. Thread safe.
 */
public final class NodeJob {

    /** How long a worker waits that found nothing to be had. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** How long a stop, and the end of the application, wait for the steps that workers are at. */
    private static final Duration LONGEST_STEP = Duration.ofSeconds(10);

    /** Ended executions that operators can still look at. */
    static final int REMEMBERED = 20;

    /**
     * What its workers do.
     *
     * @param open whether there is something that this node may do, now or when others have let go of it
     * @param step does one part of it; false if there was none to be had
     */
    public record Work(BooleanSupplier open, BooleanSupplier step) {
        public Work {
            requireNonNull(open, "open");
            requireNonNull(step, "step");
        }
    }

    private final String name;
    private final int workers;
    private final Work work;
    private final Executions executions;
    private final Duration pause;

    /** Started here, the newest last. */
    private final Deque<Long> started = new ArrayDeque<>();

    /** Counted down when the workers of an execution are to end: together, so that the next one has all of them. */
    private final Map<Long, CountDownLatch> ends = new ConcurrentHashMap<>();

    /** Executions of which a stop waits, or has waited, for the workers. */
    private final Set<Long> awaited = ConcurrentHashMap.newKeySet();

    /** Each worker holds it for reading. */
    private final ReentrantReadWriteLock atWork = new ReentrantReadWriteLock();

    private volatile boolean closed;

    /** @param name of its file in {@code META-INF/batch-jobs} */
    public NodeJob(String name, int workers, Work work, Executions executions) {
        this(name, workers, work, executions, PAUSE);
    }

    NodeJob(String name, int workers, Work work, Executions executions, Duration pause) {
        this.name = requireNonNull(name, "name");
        this.workers = workers;
        this.work = requireNonNull(work, "work");
        this.executions = requireNonNull(executions, "executions");
        this.pause = requireNonNull(pause, "pause");
    }

    /** Starts an execution if there is work and none that this node has started is under way. To be called often. */
    public synchronized void look() {
        if (closed || isUnderWay() || !work.open().getAsBoolean()) {
            return;
        }
        ends.clear();
        awaited.clear();
        started.addLast(executions.start(name, workers));
        while (started.size() > REMEMBERED) {
            executions.forget(started.removeFirst());
        }
    }

    private boolean isUnderWay() {
        return !started.isEmpty() && executions.isUnderWay(started.getLast());
    }

    /**
     * A worker: takes one step after the other until there is nothing left for this node, or its execution is stopped.
     *
     * @return how many steps it took
     */
    int work(long execution) {
        if (!atWork.readLock().tryLock()) {
            return 0;
        }
        CountDownLatch end = endOf(execution);
        try {
            return stepsUntil(end);
        } finally {
            end.countDown();
            atWork.readLock().unlock();
        }
    }

    private int stepsUntil(CountDownLatch end) {
        int steps = 0;
        try {
            while (!closed && end.getCount() > 0) {
                if (holds(work.step())) {
                    steps++;
                } else if (!holds(work.open()) || end.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return steps;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return steps;
    }

    /** A failure is told and ends nothing but the attempt, unless it comes from the end of the application. */
    private boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (RuntimeException e) {
            if (!closed) {
                KmsLog.LOG.backgroundTaskFailed("work of batch job " + name, e);
            }
            return false;
        }
    }

    /**
     * Has the workers of an execution end after the step that they are at. The first call for an execution waits for that, up to
     * some seconds: a container that stops takes the batch runtime away as soon as this returns.
     */
    void stop(long execution) {
        endOf(execution).countDown();
        boolean isWorker = atWork.getReadHoldCount() > 0;
        if (!isWorker && awaited.add(execution) && nobodyWorksWithin(LONGEST_STEP)) {
            atWork.writeLock().unlock();
        }
    }

    private CountDownLatch endOf(long execution) {
        return ends.computeIfAbsent(execution, number -> new CountDownLatch(1));
    }

    /** Starts nothing any more, stops what was started, and waits for the steps that workers are at, up to some seconds. */
    public void close() {
        close(LONGEST_STEP);
    }

    /** @return whether all workers have ended within the limit */
    boolean close(Duration limit) {
        synchronized (this) {
            closed = true;
            stopExecution();
        }
        ends.values().forEach(CountDownLatch::countDown);
        return nobodyWorksWithin(limit);
    }

    /** @return whether no worker is left; then the caller keeps new ones out by the lock that it has */
    private boolean nobodyWorksWithin(Duration limit) {
        try {
            return atWork.writeLock().tryLock(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void stopExecution() {
        try {
            if (isUnderWay()) {
                executions.stop(started.getLast());
            }
        } catch (IllegalStateException e) {
            KmsLog.LOG.debugf("the container was first to end batch job %s: %s", name, e.getMessage());
        }
    }
}
