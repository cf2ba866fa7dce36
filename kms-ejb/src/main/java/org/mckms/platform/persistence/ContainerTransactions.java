package org.mckms.platform.persistence;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.function.Supplier;

/** Transactions of the container; names also what fails at the commit itself. */
@ApplicationScoped
public class ContainerTransactions implements Transactions {

    @EJB
    TransactionRunner runner;

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    @Override
    public <T> T inNew(Supplier<T> work) {
        try {
            return runner.inNew(work);
        } catch (RuntimeException e) {
            throw DatabaseFailures.meaning(e);
        }
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
