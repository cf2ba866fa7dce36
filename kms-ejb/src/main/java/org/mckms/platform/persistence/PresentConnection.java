package org.mckms.platform.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.mckms.platform.KmsLog;

/**
 * The connection of the transaction that runs in this thread, fetched from the pool for its first statement and kept for all others:
 * fetching it anew each time costs as much as a short statement. Transactions inside of others have their own.
 */
final class PresentConnection {

    private static final ThreadLocal<PresentConnection> PRESENT = new ThreadLocal<>();

    private final PresentConnection outer;
    private DataSource source;
    private Connection connection;

    private PresentConnection(PresentConnection outer) {
        this.outer = outer;
    }

    /** To be called when a transaction has begun, and {@link #end} before it ends. */
    static PresentConnection begin() {
        PresentConnection present = new PresentConnection(PRESENT.get());
        PRESENT.set(present);
        return present;
    }

    /** Runs work on a connection of the running transaction, if there is one. */
    static <T> T with(DataSource dataSource, SqlWork<T> work) throws SQLException {
        PresentConnection present = PRESENT.get();
        if (present != null && present.isOf(dataSource)) {
            return work.on(present.connection);
        }
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        }
    }

    private boolean isOf(DataSource dataSource) throws SQLException {
        if (connection == null) {
            connection = dataSource.getConnection();
            source = dataSource;
        }
        return source == dataSource;
    }

    /** Gives the connection back. */
    void end() {
        if (outer == null) {
            PRESENT.remove();
        } else {
            PRESENT.set(outer);
        }
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            KmsLog.LOG.tracef(e, "the connection of a transaction is broken, which its end tells");
        }
    }
}
