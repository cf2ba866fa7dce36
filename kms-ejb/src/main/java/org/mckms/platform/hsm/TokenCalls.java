package org.mckms.platform.hsm;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs token calls in threads of their own, because a native call that hangs cannot be interrupted: the caller waits for a
 * limited time, and a bounded number of threads is all that a dead token can hold. Each generation has its own.
 */
final class TokenCalls implements AutoCloseable {

    private final ThreadPoolExecutor threads;
    private final Duration limit;

    /** When each call that is in a thread now began, by {@link System#nanoTime}. */
    private final Map<CompletableFuture<?>, Long> running = new ConcurrentHashMap<>();

    /**
     * @param threadCount calls that run at once
     * @param waiting     further calls that wait for a thread
     * @param limit       of one call, waiting included
     */
    TokenCalls(String name, int threadCount, int waiting, Duration limit) {
        ThreadFactory factory = task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
        this.threads = new ThreadPoolExecutor(
                threadCount, threadCount, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), factory);
        this.threads.allowCoreThreadTimeOut(true);
        this.limit = limit;
    }

    /**
     * @param discard is given a result that came too late, to wipe it
     * @throws TokenException {@code BUSY}, {@code LATE}, or what the call throws
     */
    <T> T call(Supplier<T> call, Consumer<T> discard) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> run(call, discard, answer));
        } catch (RejectedExecutionException e) {
            throw new TokenException(TokenFault.BUSY, "Too many calls of the token are under way.", e);
        }
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return lateAnswer(answer, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return lateAnswer(answer, e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private <T> void run(Supplier<T> call, Consumer<T> discard, CompletableFuture<T> answer) {
        if (answer.isDone()) {
            return;
        }
        running.put(answer, System.nanoTime());
        try {
            T result = call.get();
            if (!answer.complete(result)) {
                discard.accept(result);
            }
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        } finally {
            running.remove(answer);
        }
    }

    /** How many calls have been in their threads for longer than {@code age}, whether or not somebody still waits. */
    int runningLongerThan(Duration age) {
        long now = System.nanoTime();
        return (int) running.values().stream()
                .filter(begun -> now - begun > age.toNanos())
                .count();
    }

    /** The call may end between the time limit and here; then its answer counts. */
    private <T> T lateAnswer(CompletableFuture<T> answer, Exception cause) {
        TokenException late = new TokenException(
                TokenFault.LATE, "The token did not answer within " + limit.toMillis() + " ms.", cause);
        if (answer.completeExceptionally(late)) {
            throw late;
        }
        try {
            return answer.getNow(null);
        } catch (CompletionException e) {
            throw failure(e.getCause());
        }
    }

    private static TokenException failure(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return TokenFaults.inUse(thrown, "use the token");
    }

    /** Takes no further calls; those that hang keep their threads. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
