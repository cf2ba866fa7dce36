package org.mckms.platform.persistence;

import java.util.function.Supplier;

/** Runs work in a transaction of its own. */
public interface Transactions {

    /**
     * Commits when the work returns, undoes everything when it throws.
     *
     * @throws org.mckms.protocol.error.KmsException as the work threw it; {@code DATABASE_UNAVAILABLE} if the database
     *     does not answer; {@link ConcurrentChangeException} if another transaction was faster; {@code INTERNAL} otherwise
     */
    <T> T inNew(Supplier<T> work);

    /**
     * As {@link #inNew}, but does not wait until the database has written the commit: a failure of this server may undo it. Nobody outside
     * may be told of it before {@link Unwritten#written} was called.
     *
     * @throws org.mckms.protocol.error.KmsException as {@link #inNew}
     */
    default <T> Unwritten<T> inNewUnwritten(Supplier<T> work) {
        return new Unwritten<>(inNew(work), () -> {});
    }

    /**
     * Sends what the running transaction has changed so far to the database, so that a constraint it breaks is met here
     * and not at the commit.
     *
     * @throws org.mckms.protocol.error.KmsException as {@link #inNew}
     */
    void flush();

    /** Whether the calling thread is in a transaction and so may hold a connection. */
    default boolean isUnderWay() {
        return false;
    }

    /**
     * Runs work that only reads in the running transaction if there is one, so that nobody waits for a second connection
     * while holding one; else as {@link #inNew}.
     */
    default <T> T inPresentOrNew(Supplier<T> work) {
        return isUnderWay() ? work.get() : inNew(work);
    }

    /** The same as {@link #inNew} for work without a result. */
    default void runInNew(Runnable work) {
        inNew(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }
}
