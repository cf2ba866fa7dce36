package org.mckms.kms.application;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.mckms.platform.persistence.Transactions;
import org.mckms.platform.persistence.Unwritten;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Transactions of a database that goes away at the commit; what becomes of each transaction is told beforehand. */
final class UnsureTransactions implements Transactions {

    enum Fate {
        COMMITTED,
        COMMITTED_UNTOLD,
        /** Committed, and the database cannot tell whether it has written it. */
        NOT_WRITTEN,
        ROLLED_BACK,
        NOT_BEGUN
    }

    private final Transactions database;
    private final Deque<Fate> fates = new ArrayDeque<>();

    UnsureTransactions(Transactions database, Fate... fates) {
        this.database = database;
        this.fates.addAll(List.of(fates));
    }

    @Override
    public <T> T inNew(Supplier<T> work) {
        return inNewUnwritten(work).written();
    }

    @Override
    public <T> Unwritten<T> inNewUnwritten(Supplier<T> work) {
        Fate fate = fates.isEmpty() ? Fate.COMMITTED : fates.remove();
        if (fate == Fate.NOT_BEGUN) {
            throw gone();
        }
        T result = database.inNew(() -> {
            T done = work.get();
            if (fate == Fate.ROLLED_BACK) {
                throw gone();
            }
            return done;
        });
        if (fate == Fate.COMMITTED_UNTOLD) {
            throw gone();
        }
        return new Unwritten<>(result, () -> {
            if (fate == Fate.NOT_WRITTEN) {
                throw gone();
            }
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

    private static KmsException gone() {
        return new KmsException(KmsErrorCode.DATABASE_UNAVAILABLE, "gone");
    }
}
