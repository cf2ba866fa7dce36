package org.mckms.platform.datakey;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The data key that seals now on this node: an hour old at most, drawn in the present activation, used less often than
 * AES-GCM with random IVs allows. No other process seals under it, so its uses are counted here. Thread safe.
 */
final class SealingKey {

    /** How long one key seals. */
    static final Duration HOUR = Duration.ofHours(1);

    /** While one caller draws the next key the others use the last one for so much longer. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private final DataKeyRing ring;
    private final long mostUses;
    private final ReentrantLock drawing = new ReentrantLock();
    private volatile Use current;

    private record Use(DataKeyRing.Drawn drawn, AtomicLong count) {}

    /** @param mostUses seals per key */
    SealingKey(DataKeyRing ring, long mostUses) {
        this.ring = ring;
        this.mostUses = mostUses;
    }

    /** A copy for one more seal, which the caller closes. */
    DataKey forSeal() {
        return lend(1);
    }

    /** A copy for a MAC, of which there is no limit. */
    DataKey forMac() {
        return lend(0);
    }

    private DataKey lend(int seals) {
        Use use = current;
        if (!usable(use, HOUR, seals)) {
            use = next(seals);
        }
        use.count().addAndGet(seals);
        DataKey key = ring.find(use.drawn().id()).orElse(null);
        if (key == null) { // its row was taken out of the database
            current = null;
            return lend(seals);
        }
        return key;
    }

    private Use next(int seals) {
        boolean mine = drawing.tryLock();
        if (!mine) {
            Use last = current;
            if (usable(last, HOUR.plus(GRACE), seals)) {
                return last;
            }
            drawing.lock();
        }
        try {
            if (!usable(current, HOUR, seals)) {
                current = new Use(ring.draw(), new AtomicLong());
            }
            return current;
        } finally {
            drawing.unlock();
        }
    }

    private boolean usable(Use use, Duration longest, int seals) {
        if (use == null || !ring.isOfThisActivation(use.drawn())) {
            return false;
        }
        Instant now = ring.now();
        return now.isBefore(use.drawn().at().plus(longest))
                && !now.isBefore(use.drawn().at())
                && use.count().get() + seals <= mostUses;
    }
}
