package org.mckms.platform.persistence;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.mckms.platform.KmsLog;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** The container's transaction around a piece of work. Used by {@link ContainerTransactions} only. */
@Stateless
public class TransactionRunner {

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    @Inject
    LastWrites lastWrites;

    @Resource(lookup = "java:jboss/datasources/KmsDS")
    DataSource dataSource;

    /** Writes everything out before the commit, so that failures are met where they can be named. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public <T> T inNew(Supplier<T> work) {
        PresentConnection present = PresentConnection.begin();
        try {
            T result = work.get();
            lastWrites.write();
            entities.flush();
            return result;
        } catch (RuntimeException e) {
            KmsException meaning = DatabaseFailures.meaning(e);
            if (meaning.code() == KmsErrorCode.AUDIT_UNAVAILABLE) {
                dropConnection();
            }
            throw meaning;
        } finally {
            present.end();
        }
    }

    /** A database that does not take the audit record would let the caller wait for the rollback as well. */
    private void dropConnection() {
        try (Connection ofThisTransaction = dataSource.getConnection()) {
            ofThisTransaction.abort(Runnable::run);
        } catch (SQLException e) {
            KmsLog.LOG.tracef(e, "the connection of a transaction without its audit record is gone already");
        }
    }
}
