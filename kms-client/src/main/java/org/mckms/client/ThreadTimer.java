package org.mckms.client;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A timer with a thread of its own that does not keep the program running. */
final class ThreadTimer implements RefreshTimer {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "mckms-key-refresher");
        made.setDaemon(true);
        return made;
    });
    private Future<?> next;

    @Override
    public synchronized void runAfter(Duration delay, Runnable task) {
        if (next != null) {
            next.cancel(false);
        }
        if (!thread.isShutdown()) {
            next = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void runNow(Runnable task) {
        thread.execute(task);
    }

    @Override
    public synchronized void close() {
        thread.shutdownNow();
    }
}
