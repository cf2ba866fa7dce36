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
     * Sends what the running transaction has changed so far to the database, so that a constraint it breaks is met here
     * and not at the commit.
     *
     * @throws org.mckms.protocol.error.KmsException as {@link #inNew}
     */
    void flush();

    /** The same as {@link #inNew} for work without a result. */
    default void runInNew(Runnable work) {
        inNew(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }
}
