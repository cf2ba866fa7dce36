package org.mckms.client;

import java.time.Duration;

/**
 * Time limits of one exchange with a server.
 *
 * @param connect for the TCP connection
 * @param answer for the whole exchange, from the first octet sent to the last octet received; in a download, which may
 *     be of any length, for each part of the answer
 */
public record TimeLimits(Duration connect, Duration answer) {
    /** 5 s to connect, 30 s for the whole exchange. */
    public static final TimeLimits STANDARD = new TimeLimits(Duration.ofSeconds(5), Duration.ofSeconds(30));

    public TimeLimits {
        if (connect.isNegative() || connect.isZero() || answer.isNegative() || answer.isZero()) {
            throw new IllegalArgumentException(
                    "time limits must be positive: connect " + connect + ", answer " + answer);
        }
    }

    /** The same limits with another one for the whole exchange. */
    public TimeLimits withAnswer(Duration limit) {
        return new TimeLimits(connect, limit);
    }
}
