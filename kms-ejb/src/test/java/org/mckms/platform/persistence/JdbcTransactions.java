package org.mckms.platform.persistence;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Transactions over plain JDBC: as in the container, everybody in a transaction has the same connection from the data source. */
public final class JdbcTransactions implements Transactions {

    private final DataSource real;
    private final ThreadLocal<Connection> current = new ThreadLocal<>();

    public JdbcTransactions(DataSource real) {
        this.real = real;
    }

    /** Gives out the connection of the running transaction, which closing leaves open. */
    public DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                JdbcTransactions.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    if (current.get() == null) {
                        throw new IllegalStateException("no transaction");
                    }
                    return leftOpen(current.get());
                });
    }

    private static Connection leftOpen(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                JdbcTransactions.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public <T> T inNew(Supplier<T> work) {
        Connection outer = current.get();
        try (Connection connection = real.getConnection()) {
            connection.setAutoCommit(false);
            current.set(connection);
            return committed(connection, work);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (RuntimeException e) {
            throw DatabaseFailures.meaning(e);
        } finally {
            current.set(outer);
        }
    }

    private static <T> T committed(Connection connection, Supplier<T> work) throws SQLException {
        boolean done = false;
        try {
            T result = work.get();
            connection.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                connection.rollback();
            }
        }
    }

    @Override
    public boolean isUnderWay() {
        return current.get() != null;
    }

    @Override
    public void flush() {
        // nothing is kept back
    }
}
