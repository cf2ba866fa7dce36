package org.mckms.client;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Gives each signed request a Time of its own, in whole milliseconds: a KMS refuses the same signed octets twice, and two
 * requests for one resource differ in nothing else. Safe for use by several threads.
 */
final class RequestTimes {
    private final Clock clock;
    private Instant last = Instant.MIN;

    RequestTimes(Clock clock) {
        this.clock = clock;
    }

    /** The time now, or the first millisecond after the last one given out. */
    synchronized Instant next() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        last = now.isAfter(last) ? now : last.plusMillis(1);
        return last;
    }
}
