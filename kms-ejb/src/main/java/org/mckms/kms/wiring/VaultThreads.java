package org.mckms.kms.wiring;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The vault's own threads: what wipes masters at the end of their lease and notices a lost token waits for nobody else's
 * work. Closed after the vault.
 */
final class VaultThreads implements AutoCloseable {

    private static final int THREADS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ScheduledThreadPoolExecutor executor;

    VaultThreads(ThreadFactory threads) {
        executor = new ScheduledThreadPoolExecutor(THREADS, threads);
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    ScheduledExecutorService executor() {
        return executor;
    }

    /** Lets running tasks end, for a while; those that wait are dropped. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
