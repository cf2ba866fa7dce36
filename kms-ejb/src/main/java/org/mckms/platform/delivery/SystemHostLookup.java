package org.mckms.platform.delivery;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the name service of the machine. A question that is not answered keeps its thread: only so many are asked at once. */
public final class SystemHostLookup implements HostLookup {

    private static final int AT_ONCE = 16;

    private final Executor executor;
    private final Duration limit;
    private final Semaphore free = new Semaphore(AT_ONCE);

    public SystemHostLookup(Executor executor, Duration limit) {
        this.executor = requireNonNull(executor, "executor");
        this.limit = requireNonNull(limit, "limit");
    }

    @Override
    public List<InetAddress> addressesOf(String host) {
        if (!free.tryAcquire()) {
            return List.of();
        }
        CompletableFuture<List<InetAddress>> asked;
        try {
            asked = CompletableFuture.supplyAsync(() -> ask(host), executor);
        } catch (RejectedExecutionException e) {
            free.release();
            return List.of();
        }
        try {
            return asked.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException | TimeoutException e) {
            return List.of();
        }
    }

    private List<InetAddress> ask(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return List.of();
        } finally {
            free.release();
        }
    }
}
