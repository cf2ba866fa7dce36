package org.mckms.platform.persistence;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Transactions of the container; names also what fails at the commit itself. After one that the database did not answer,
 * none is begun until a check has succeeded: of all callers only those that were under way have waited in vain.
 */
@ApplicationScoped
public class ContainerTransactions implements Transactions {

    @EJB
    TransactionRunner runner;

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    @Inject
    Database database;

    @Inject
    CommitWriter commits;

    @Inject
    TransactionPreparation preparation;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry present;

    @Override
    public <T> T inNew(Supplier<T> work) {
        return inNewUnwritten(work).written();
    }

    @Override
    public <T> Unwritten<T> inNewUnwritten(Supplier<T> work) {
        Database.State state = database.state();
        if (!state.ready()) {
            throw new KmsException(KmsErrorCode.DATABASE_UNAVAILABLE, state.sentence());
        }
        if (!isUnderWay()) {
            preparation.beforeTransaction();
        }
        try {
            T result = runner.inNew(work);
            long commit = commits.committed();
            return new Unwritten<>(result, () -> write(commit));
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private void write(long commit) {
        try {
            commits.awaitWritten(commit);
        } catch (SQLException e) {
            throw failed(new PersistenceException("what was committed may not be written", e));
        }
    }

    private KmsException failed(RuntimeException failure) {
        KmsException meaning = DatabaseFailures.meaning(failure);
        if (meaning.code() == KmsErrorCode.DATABASE_UNAVAILABLE) {
            database.suspect();
        }
        return meaning;
    }

    @Override
    public boolean isUnderWay() {
        return present.getTransactionStatus() != Status.STATUS_NO_TRANSACTION;
    }

    @Override
    public void flush() {
        try {
            entities.flush();
        } catch (RuntimeException e) {
            throw DatabaseFailures.meaning(e);
        }
    }
}
