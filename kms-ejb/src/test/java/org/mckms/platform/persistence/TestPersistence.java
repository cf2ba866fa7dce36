package org.mckms.platform.persistence;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.Persistence;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.hibernate.Session;

/** The persistence unit of this server over a test database, with transactions of its own in place of the container's. */
public final class TestPersistence implements Transactions, AutoCloseable {

    private final EntityManagerFactory factory;
    private final ThreadLocal<EntityManager> current = new ThreadLocal<>();
    private final ThreadLocal<List<Runnable>> beforeCommit = ThreadLocal.withInitial(ArrayList::new);
    private final ThreadLocal<List<Runnable>> afterCommit = ThreadLocal.withInitial(ArrayList::new);

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
                        "hibernate.connection.handling_mode",
                        "DELAYED_ACQUISITION_AND_RELEASE_AFTER_TRANSACTION",
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

    /** Stands for the data source of the container: it gives out the connection of the transaction, which closing leaves open. */
    public DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                TestPersistence.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> entities().unwrap(Session.class).doReturningWork(this::leftOpen));
    }

    private Connection leftOpen(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                TestPersistence.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("close") ? null : method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Has something written at the end of the transaction of the thread. */
    public void beforeCommit(Runnable write) {
        beforeCommit.get().add(write);
    }

    /** Has something done once the transaction of the thread has committed. */
    public void afterCommit(Runnable act) {
        afterCommit.get().add(act);
    }

    @Override
    public <T> T inNew(Supplier<T> work) {
        if (current.get() != null) {
            throw new IllegalStateException("a transaction inside a transaction");
        }
        beforeCommit.get().clear();
        afterCommit.get().clear();
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
    public boolean isUnderWay() {
        return current.get() != null;
    }

    @Override
    public void flush() {
        try {
            entities().flush();
        } catch (RuntimeException e) {
            throw DatabaseFailures.meaning(e);
        }
    }

    private <T> T committed(EntityTransaction transaction, Supplier<T> work) {
        transaction.begin();
        try {
            T result = work.get();
            List.copyOf(beforeCommit.get()).forEach(Runnable::run);
            transaction.commit();
            List.copyOf(afterCommit.get()).forEach(Runnable::run);
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
