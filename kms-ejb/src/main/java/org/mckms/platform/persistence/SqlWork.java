package org.mckms.platform.persistence;

import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Statements on the connection of the running transaction, which a data source of the container gives to everybody in it. */
@FunctionalInterface
public interface SqlWork<T> {

    T on(Connection connection) throws SQLException;

    /**
     * Runs the work.
     *
     * @throws PersistenceException with the {@link SQLException} as its cause, which {@link DatabaseFailures} understands
     */
    static <T> T on(DataSource dataSource, SqlWork<T> work) {
        try {
            return PresentConnection.with(dataSource, work);
        } catch (SQLException e) {
            throw new PersistenceException("a statement failed", e);
        }
    }
}
