package org.mckms.client;

import java.time.Duration;

/**
 * When a {@link KeyRefresher} speaks with the KMS.
 *
 * @param ahead how long before a key period begins its key sets may be fetched first; at most a quarter of the period is
 *     used
 * @param checkEvery how often a new root certificate, new partner certificates and new TrK and InK are looked for
 * @param firstRetry pause after a first failure; doubled after each further one
 * @param longestRetry longest pause
 */
public record RefreshPolicy(Duration ahead, Duration checkEvery, Duration firstRetry, Duration longestRetry) {
    /** Two days ahead, a look every twelve hours, retries after 5 s to 5 min. */
    public static final RefreshPolicy STANDARD =
            new RefreshPolicy(Duration.ofDays(2), Duration.ofHours(12), Duration.ofSeconds(5), Duration.ofMinutes(5));

    public RefreshPolicy {
        if (isNotPositive(ahead) || isNotPositive(checkEvery) || isNotPositive(firstRetry)) {
            throw new IllegalArgumentException("the times of a refresh policy are positive");
        }
        if (longestRetry.compareTo(firstRetry) < 0) {
            throw new IllegalArgumentException("the longest pause is shorter than the first");
        }
    }

    private static boolean isNotPositive(Duration duration) {
        return duration.isNegative() || duration.isZero();
    }
}
