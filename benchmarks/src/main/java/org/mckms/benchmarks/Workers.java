package org.mckms.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** A fixed number of threads that share a list between them. */
public final class Workers implements AutoCloseable {
    private static final Duration WARM_UP = Duration.ofSeconds(2);

    private final ExecutorService threads;

    public Workers(int count) {
        threads = Executors.newFixedThreadPool(count);
    }

    /** The sum of what the work gives for each part of the list; a part has at most {@code partSize} elements. */
    public <T> long sum(List<T> list, int partSize, ToLongFunction<List<T>> work) {
        List<Future<Long>> sums = new ArrayList<>();
        for (int from = 0; from < list.size(); from += partSize) {
            List<T> part = list.subList(from, Math.min(list.size(), from + partSize));
            sums.add(threads.submit(() -> work.applyAsLong(part)));
        }
        return sums.stream().mapToLong(Workers::await).sum();
    }

    /** Repeats the work for two seconds, as if a server had done it before. */
    public static void warmUp(LongSupplier work) {
        long end = System.nanoTime() + WARM_UP.toNanos();
        long octets = 0;
        while (System.nanoTime() < end) {
            octets += work.getAsLong();
        }
        if (octets == 0) {
            throw new IllegalStateException("the work made nothing");
        }
    }

    private static long await(Future<Long> sum) {
        try {
            return sum.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
