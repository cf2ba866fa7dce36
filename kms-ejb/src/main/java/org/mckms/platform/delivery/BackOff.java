package org.mckms.platform.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: a second after the first failure, twice as long after each further one, up to the longest. Each is shortened
 * by chance to no less than half, so that what failed together is not tried again together.
 */
final class BackOff {

    private static final Duration FIRST = Duration.ofSeconds(1);

    private final Duration longest;
    private final RandomGenerator random;

    BackOff(Duration longest, RandomGenerator random) {
        this.longest = longest;
        this.random = random;
    }

    /** @param failures 1 or more */
    Duration after(int failures) {
        Duration pause = FIRST;
        for (int i = 1; i < failures && pause.compareTo(longest) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        long millis = Math.min(pause.toMillis(), longest.toMillis());
        return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    }
}
