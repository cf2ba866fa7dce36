package org.mckms.platform.datakey;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.mckms.platform.KmsLog;
import org.mckms.protocol.error.KmsException;

/**
 * The data key that seals now on this node: an hour old at most, drawn in the present activation, used less often than
 * AES-GCM with random IVs allows. No other process seals under it, so its uses are counted here. Thread safe.
 */
final class SealingKey {

    /** How long one key seals. */
    static final Duration HOUR = Duration.ofHours(1);

    /** While one caller draws the next key the others use the last one for so much longer. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    /** So long nobody waits for the token again after it did not draw a key. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** Who comes while another draws the first key waits for it at most so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DataKeyRing ring;
    private final long mostUses;
    private final ReentrantLock drawing = new ReentrantLock();
    private volatile Use current;
    private volatile Instant notBefore = Instant.MIN;

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
        if (!usable(use, ring.isInTransaction() ? HOUR.plus(GRACE) : HOUR, seals)) {
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

    /** Draws a key if there is none or the hour is over, unless another does so. Never throws. */
    void prepare() {
        if (drawing.isHeldByCurrentThread() || !ring.isActive()) {
            return;
        }
        try {
            if (usable(current, HOUR, 1) || ring.now().isBefore(notBefore) || !mayDraw()) {
                return;
            }
            try {
                draw(1);
            } finally {
                drawing.unlock();
            }
        } catch (KmsException e) {
            notBefore = ring.now().plus(PAUSE);
            KmsLog.LOG.debugf("no data key is drawn ahead: %s", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes the lock; while the last key can still be used nobody waits for it. */
    private boolean mayDraw() throws InterruptedException {
        return usable(current, HOUR.plus(GRACE), 1)
                ? drawing.tryLock()
                : drawing.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void draw(int seals) {
        if (!usable(current, HOUR, seals)) {
            current = new Use(ring.draw(), new AtomicLong());
        }
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
            draw(seals);
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
