package org.mckms.platform.hsm;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Remembers that a token let somebody wait in vain, so that the next callers need not. Ends with the first probe that
 * succeeds, or by itself: a token without store keys is not probed. Thread safe.
 */
final class Suspicion {

    private final Duration longest;

    /** When it arose, by {@link System#nanoTime}. */
    private final AtomicReference<Optional<Long>> since = new AtomicReference<>(Optional.empty());

    Suspicion(Duration longest) {
        this.longest = longest;
    }

    void arise() {
        since.set(Optional.of(System.nanoTime()));
    }

    void end() {
        since.set(Optional.empty());
    }

    boolean holds() {
        return since.get()
                .filter(begun -> System.nanoTime() - begun < longest.toNanos())
                .isPresent();
    }
}
