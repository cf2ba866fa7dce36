package org.mckms.kms.application.cek;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.mckms.mikeysakke.Octets;

/**
 * Requests that wait for a server to acknowledge a new key: a few at once, each with its thread and nothing else. An
 * acknowledgement that this node notes wakes them; for one that another node notes they look now and then.
 */
@ApplicationScoped
class CekWaiting {

    /** Requests that wait at once; half of those that the CSC interfaces work on at a time. */
    static final int MOST = 16;

    private static final Duration LOOK = Duration.ofMillis(100);

    private final Semaphore places = new Semaphore(MOST);
    private final Map<Octets, CountDownLatch> waiting = new ConcurrentHashMap<>();

    /**
     * Waits until something became of a key. Outside of any transaction.
     *
     * @param look whether something has, as the database says
     * @return false if nothing did in time, or too many wait already
     */
    boolean await(Octets keyId, Duration patience, BooleanSupplier look) {
        if (patience.isZero() || !places.tryAcquire()) {
            return false;
        }
        CountDownLatch latch = waiting.computeIfAbsent(keyId, id -> new CountDownLatch(1));
        try {
            return await(latch, System.nanoTime() + patience.toNanos(), look);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.remove(keyId, latch);
            places.release();
        }
    }

    private static boolean await(CountDownLatch latch, long deadline, BooleanSupplier look)
            throws InterruptedException {
        for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
            if (latch.await(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS) || look.getAsBoolean()) {
                return true;
            }
        }
        return false;
    }

    /** Told after the commit: something became of these keys. */
    void changed(Collection<Octets> keyIds) {
        keyIds.stream().map(waiting::get).filter(latch -> latch != null).forEach(CountDownLatch::countDown);
    }
}
