package org.mckms.client;

import java.time.Duration;

/** Runs tasks later, one at a time and never on the thread that asks for it. */
interface RefreshTimer extends AutoCloseable {
    /** Runs the task after the delay; the one asked for before, if it has not begun, is forgotten. */
    void runAfter(Duration delay, Runnable task);

    /**
     * Runs a task as soon as the one under way has ended; what was asked for later stays.
     *
     * @throws java.util.concurrent.RejectedExecutionException after close
     */
    void runNow(Runnable task);

    /** Forgets the task; one that runs is left to end. */
    @Override
    void close();
}
