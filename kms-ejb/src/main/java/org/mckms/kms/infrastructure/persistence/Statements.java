package org.mckms.kms.infrastructure.persistence;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.mckms.platform.persistence.SqlWork;

/** Single statements on the connection of the running transaction; values stand for the question marks, in order. */
final class Statements {

    private Statements() {}

    /** The rows that a query finds. */
    static <T> List<T> query(DataSource dataSource, String sql, Function<ColumnReader, T> reader, Object... values) {
        return SqlWork.on(dataSource, connection -> {
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                set(query, values);
                List<T> read = new ArrayList<>();
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        read.add(reader.apply(new ColumnReader(row)));
                    }
                }
                return read;
            }
        });
    }

    /** How many rows a statement has changed. */
    static int update(DataSource dataSource, String sql, Object... values) {
        return SqlWork.on(dataSource, connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                set(update, values);
                return update.executeUpdate();
            }
        });
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    /** The condition that a column has one of so many values. */
    static String in(String column, List<?> values) {
        return column + " IN (" + String.join(", ", Collections.nCopies(values.size(), "?")) + ")";
    }

    /** Their number is made a power of two by repeating the last, so that few statements serve all numbers. */
    static <T> List<T> padded(List<T> values) {
        int size = Integer.highestOneBit(Math.max(1, values.size() - 1)) << 1;
        if (values.size() < 2 || values.size() == size) {
            return values;
        }
        List<T> padded = new ArrayList<>(values);
        padded.addAll(Collections.nCopies(size - values.size(), values.get(values.size() - 1)));
        return padded;
    }
}
