package org.mckms.platform.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;

/**
 * Sets the values of one item in a statement.
 *
 * @param <T> what items are
 */
@FunctionalInterface
public interface SqlBatch<T> {

    /** Items of one exchange with the database. */
    int MOST = 500;

    void set(PreparedStatement statement, T item) throws SQLException;

    /**
     * Executes a statement once for each item, in their order. A single one, as nearly all are, goes without a batch, for each of which H2
     * takes the whole stack trace of its caller.
     *
     * @return how many rows each changed
     */
    static <T> int[] execute(Connection connection, String sql, Collection<T> items, SqlBatch<T> values)
            throws SQLException {
        int[] changed = new int[items.size()];
        if (items.isEmpty()) {
            return changed;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (items.size() == 1) {
                values.set(statement, items.iterator().next());
                changed[0] = statement.executeUpdate();
                return changed;
            }
            int done = 0;
            int waiting = 0;
            for (T item : items) {
                values.set(statement, item);
                statement.addBatch();
                waiting++;
                if (waiting == MOST || done + waiting == changed.length) {
                    System.arraycopy(statement.executeBatch(), 0, changed, done, waiting);
                    done += waiting;
                    waiting = 0;
                }
            }
            return changed;
        }
    }
}
