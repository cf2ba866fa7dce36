package org.mckms.client.group;

import java.time.Duration;
import java.time.Instant;

/** How far the timestamp of a message may be from the clock of its receiver (RFC 3830 clause 5.4). */
public enum MessageWindow {
    /** Sent to be received at once: a call, a registration, a notification that the server pushes. */
    INTERACTIVE,
    /**
     * Kept by a server until the receiver fetches it: as old as the keys of the receiver reach that open it. What keeps an
     * old message from undoing a newer one is that the timestamps of one key only go upward.
     */
    STORED;

    /** What clocks may differ by, and a message may be on its way. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    /**
     * Whether a message of this time is received now.
     *
     * @param usableUntil end of the receiver's key period of the message, the grace included
     */
    boolean admits(Instant time, Instant now, Instant usableUntil) {
        if (time.isAfter(now.plus(TOLERANCE))) {
            return false;
        }
        return switch (this) {
            case INTERACTIVE -> !time.isBefore(now.minus(TOLERANCE));
            case STORED -> now.isBefore(usableUntil);
        };
    }
}
