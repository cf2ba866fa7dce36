package org.mckms.benchmarks.load;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Some requests a second, whatever becomes of the ones before: people and devices do not wait for a job. A time counts from
 * the moment at which the request was due, so that a stall is seen by all that it holds up.
 */
final class InteractiveUsers implements AutoCloseable {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Asking> asking;
    private final List<Thread> threads;

    /** One connection, with its times and errors. */
    private static final class Asking implements Runnable {
        private final SSLContext tls;
        private final int port;
        private final Supplier<byte[]> requests;
        private final AtomicBoolean over;
        private final Histogram times = new Histogram();
        private long errors;

        Asking(SSLContext tls, int port, Supplier<byte[]> requests, AtomicBoolean over) {
            this.tls = tls;
            this.port = port;
            this.requests = requests;
            this.over = over;
        }

        @Override
        public void run() {
            long due = System.nanoTime();
            while (!over.get()) {
                try (KeptConnection connection = new KeptConnection(tls, port)) {
                    while (!over.get()) {
                        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                        if (connection.exchange(requests.get()).status() == 200) {
                            times.add(System.nanoTime() - due);
                        } else {
                            errors++;
                        }
                        due += INTERVAL_NANOS;
                    }
                } catch (IOException e) {
                    errors++;
                    due += INTERVAL_NANOS;
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }

    /** Begins: a connection for each kind of request, ten a second on each. */
    InteractiveUsers(SSLContext tls, int port, List<Supplier<byte[]>> kinds) {
        asking = kinds.stream()
                .map(requests -> new Asking(tls, port, requests, over))
                .toList();
        threads = asking.stream().map(each -> new Thread(each, "user")).toList();
        threads.forEach(Thread::start);
    }

    /** Ends, and says what the users met. */
    Result end() throws InterruptedException {
        over.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        Histogram times = new Histogram();
        asking.forEach(each -> times.add(each.times));
        long errors = asking.stream().mapToLong(each -> each.errors).sum();
        return new Result(
                times.total(), times.quantileMillis(0.5), times.quantileMillis(0.99), times.longestMillis(), errors);
    }

    /** Times in milliseconds. */
    record Result(long requests, double p50, double p99, double longest, long errors) {}

    @Override
    public void close() {
        over.set(true);
        threads.forEach(Thread::interrupt);
    }
}
