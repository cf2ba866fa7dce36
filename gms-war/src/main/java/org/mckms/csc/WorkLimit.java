package org.mckms.csc;

import static org.mckms.protocol.error.KmsErrorCode.NOT_READY;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.mckms.protocol.error.KmsException;

/**
 * Bounds how many requests compute keys at a time; the others wait a little and are then told to come again. Taken only
 * after the whole request was read, so that a slow sender holds no permit. What else it can hold is bounded elsewhere:
 * the server configuration gathers a body before it spends a thread on the request, {@link RequestBody} bounds the time.
 */
public final class WorkLimit {

    /**
     * Requests at a time; more than the cores can do at once, fewer than the server configuration lets in, so that a
     * refusal or a token check finds a thread while keys are computed.
     */
    static final int STANDARD_PERMITS = 32;

    /** With the time that work may wait for a token or a database that is away, less than two seconds. */
    private static final Duration STANDARD_PATIENCE = Duration.ofSeconds(1);

    private final Semaphore permits;
    private final Duration patience;

    WorkLimit(int permits, Duration patience) {
        this.permits = new Semaphore(permits);
        this.patience = patience;
    }

    public static WorkLimit standard() {
        return new WorkLimit(STANDARD_PERMITS, STANDARD_PATIENCE);
    }

    /**
     * Does the work when there is room.
     *
     * @throws KmsException NOT_READY if there is none for too long
     */
    public <T> T within(Supplier<T> work) {
        boolean entered = false;
        try {
            entered = permits.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (!entered) {
                throw new KmsException(NOT_READY, "too many requests at a time");
            }
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KmsException(NOT_READY, "the server is stopping", e);
        } finally {
            if (entered) {
                permits.release();
            }
        }
    }
}
