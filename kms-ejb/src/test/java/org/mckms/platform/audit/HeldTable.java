package org.mckms.platform.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Another transaction that keeps the rows of a table locked until it is closed. */
final class HeldTable implements AutoCloseable {

    private final Connection connection;

    private HeldTable(Connection connection) {
        this.connection = connection;
    }

    static HeldTable chains(DataSource dataSource) {
        try {
            Connection connection = dataSource.getConnection();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT chain FROM kms_audit_chain FOR UPDATE");
            }
            return new HeldTable(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isHeld() {
        try {
            return !connection.isClosed();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try (connection) {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
