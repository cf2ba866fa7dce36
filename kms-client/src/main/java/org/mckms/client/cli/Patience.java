package org.mckms.client.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Asks again and again until there is an answer, within a limit. */
final class Patience {
    private static final long PAUSE_MILLIS = 500;

    private Patience() {}

    /**
     * The first answer that is one.
     *
     * @param otherwise what is said when the limit is over
     */
    static <T> T until(Duration limit, Supplier<Optional<T>> question, Supplier<String> otherwise) {
        long begin = System.nanoTime();
        for (Optional<T> answer = question.get(); ; answer = question.get()) {
            if (answer.isPresent()) {
                return answer.get();
            }
            if (System.nanoTime() - begin > limit.toNanos()) {
                throw new CommandFailedException(otherwise.get());
            }
            CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS))
                    .join();
        }
    }
}
