package org.mckms.client.cli;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What a run of {@code kmsctl} gets from its surroundings.
 *
 * @param environment environment variables; read for KMS_HOME and KMS_TOKEN only
 */
public record CliContext(Console console, Clock clock, SecureRandom random, Map<String, String> environment) {
    private static final long FIRST_NEWS_SECONDS = 1;
    private static final long NEWS_EVERY_SECONDS = 5;

    public CliContext {
        environment = Map.copyOf(environment);
    }

    /** Runs {@code work} and says on standard error what is being waited for once it takes longer than a second. */
    <T> T progress(String what, Supplier<T> work) {
        ScheduledExecutorService teller = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        AtomicInteger told = new AtomicInteger();
        long begin = System.nanoTime();
        teller.scheduleAtFixedRate(
                () -> {
                    told.incrementAndGet();
                    console.tell(what + " ... " + elapsedSeconds(begin) + " s");
                },
                FIRST_NEWS_SECONDS,
                NEWS_EVERY_SECONDS,
                TimeUnit.SECONDS);
        try {
            return work.get();
        } finally {
            teller.shutdownNow();
            if (told.get() > 0) {
                console.tell(what + ": " + elapsedSeconds(begin) + " s");
            }
        }
    }

    /** The same for work without a result. */
    void progress(String what, Runnable work) {
        progress(what, () -> {
            work.run();
            return null;
        });
    }

    private static long elapsedSeconds(long begin) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    }
}
