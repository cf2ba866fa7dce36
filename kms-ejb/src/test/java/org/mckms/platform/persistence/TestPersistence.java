package org.mckms.platform.persistence;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.Persistence;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Supplier;

/** The persistence unit of this server over a test database, with transactions of its own in place of the container's. */
public final class TestPersistence implements Transactions, AutoCloseable {

    private final EntityManagerFactory factory;
    private final ThreadLocal<EntityManager> current = new ThreadLocal<>();

    private TestPersistence(EntityManagerFactory factory) {
        this.factory = factory;
    }

    public static TestPersistence over(TestDatabase database) {
        return new TestPersistence(Persistence.createEntityManagerFactory(
                "kms",
                Map.of(
                        "jakarta.persistence.transactionType",
                        "RESOURCE_LOCAL",
                        "jakarta.persistence.jtaDataSource",
                        database.dataSource(),
                        "jakarta.persistence.nonJtaDataSource",
                        database.dataSource(),
                        "hibernate.jpa.compliance.query",
                        "true",
                        "hibernate.type.json_format_mapper",
                        new NoJson())));
    }

    /** Stands for the entity manager that the container injects: it belongs to the transaction of the thread. */
    public EntityManager entities() {
        return (EntityManager) Proxy.newProxyInstance(
                TestPersistence.class.getClassLoader(),
                new Class<?>[] {EntityManager.class},
                (proxy, method, arguments) -> {
                    EntityManager entities = current.get();
                    if (entities == null) {
                        throw new IllegalStateException("no transaction");
                    }
                    try {
                        return method.invoke(entities, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public <T> T inNew(Supplier<T> work) {
        if (current.get() != null) {
            throw new IllegalStateException("a transaction inside a transaction");
        }
        try (EntityManager entities = factory.createEntityManager()) {
            current.set(entities);
            return committed(entities.getTransaction(), work);
        } catch (RuntimeException e) {
            throw DatabaseFailures.meaning(e);
        } finally {
            current.remove();
        }
    }

    @Override
    public void flush() {
        try {
            entities().flush();
        } catch (RuntimeException e) {
            throw DatabaseFailures.meaning(e);
        }
    }

    private static <T> T committed(EntityTransaction transaction, Supplier<T> work) {
        transaction.begin();
        try {
            T result = work.get();
            transaction.commit();
            return result;
        } finally {
            if (transaction.isActive()) {
                transaction.rollback();
            }
        }
    }

    @Override
    public void close() {
        factory.close();
    }
}
