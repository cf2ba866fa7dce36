package org.mckms.benchmarks.load;

import java.time.Duration;

/**
 * When a server is warm: pieces of the same work cost it no less any more. Two pieces in a row have to say so, for one may have
 * been disturbed.
 */
final class WarmUp {
    /** Most pieces that are taken. */
    static final int MOST = 16;

    private static final int STEADY = 2;
    private static final double LESS = 0.97;

    private long leastNanos = Long.MAX_VALUE;
    private int pieces;
    private int steady;

    /** @param processorTime of the server for one more piece */
    void took(Duration processorTime) {
        long nanos = processorTime.toNanos();
        steady = nanos < leastNanos * LESS ? 0 : steady + 1;
        leastNanos = Math.min(leastNanos, nanos);
        pieces++;
    }

    boolean goesOn() {
        return steady < STEADY && pieces < MOST;
    }

    int pieces() {
        return pieces;
    }
}
