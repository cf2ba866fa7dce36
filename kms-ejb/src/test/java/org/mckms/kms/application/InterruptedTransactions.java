package org.mckms.kms.application;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.mckms.platform.persistence.Transactions;

/** Transactions in one of which something happens after its work and before its commit. */
final class InterruptedTransactions implements Transactions {

    private final Transactions database;
    private final int which;
    private final Runnable act;
    private final AtomicInteger begun = new AtomicInteger();

    /** @param which the transaction that it happens in; the first one is number 1 */
    InterruptedTransactions(Transactions database, int which, Runnable act) {
        this.database = database;
        this.which = which;
        this.act = act;
    }

    @Override
    public <T> T inNew(Supplier<T> work) {
        int number = begun.incrementAndGet();
        return database.inNew(() -> {
            T result = work.get();
            if (number == which) {
                act.run();
            }
            return result;
        });
    }

    @Override
    public boolean isUnderWay() {
        return database.isUnderWay();
    }

    @Override
    public void flush() {
        database.flush();
    }
}
