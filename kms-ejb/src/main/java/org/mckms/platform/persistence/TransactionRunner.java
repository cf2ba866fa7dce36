package org.mckms.platform.persistence;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.function.Supplier;

/** The container's transaction around a piece of work. Used by {@link ContainerTransactions} only. */
@Stateless
public class TransactionRunner {

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    /** Writes everything out before the commit, so that failures are met where they can be named. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public <T> T inNew(Supplier<T> work) {
        try {
            T result = work.get();
            entities.flush();
            return result;
        } catch (RuntimeException e) {
            throw DatabaseFailures.meaning(e);
        }
    }
}
