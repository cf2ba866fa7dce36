package org.mckms.kms.application;

import java.util.function.Supplier;
import org.mckms.platform.persistence.Transactions;
import org.mckms.platform.persistence.Unwritten;

/** Transactions that a test replaces by others under way. */
final class SwitchedTransactions implements Transactions {

    private Transactions present;

    SwitchedTransactions(Transactions present) {
        this.present = present;
    }

    void through(Transactions others) {
        present = others;
    }

    @Override
    public <T> T inNew(Supplier<T> work) {
        return present.inNew(work);
    }

    @Override
    public <T> Unwritten<T> inNewUnwritten(Supplier<T> work) {
        return present.inNewUnwritten(work);
    }

    @Override
    public boolean isUnderWay() {
        return present.isUnderWay();
    }

    @Override
    public void flush() {
        present.flush();
    }
}
