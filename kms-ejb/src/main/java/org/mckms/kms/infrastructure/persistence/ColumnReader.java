package org.mckms.kms.infrastructure.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;

/**
 * Reads the columns of the present row of a result one after the other, each by the call that fits its type.
 * A column that another server wrote may fail to be read, with an unchecked exception.
 */
final class ColumnReader {

    private final ResultSet row;
    private int at;

    ColumnReader(ResultSet row) {
        this.row = row;
    }

    @FunctionalInterface
    private interface Getter<T> {
        T get(int column) throws SQLException;
    }

    private <T> T next(Getter<T> getter) {
        at++;
        try {
            return getter.get(at);
        } catch (SQLException e) {
            throw new IllegalStateException("column " + at + " cannot be read", e);
        }
    }

    String text() {
        return next(row::getString);
    }

    Optional<String> optionalText() {
        return Optional.ofNullable(text());
    }

    <E extends Enum<E>> E name(Class<E> type) {
        return Enum.valueOf(type, text());
    }

    long number() {
        return next(row::getLong);
    }

    int smallNumber() {
        return next(row::getInt);
    }

    boolean flag() {
        return next(row::getBoolean);
    }

    Instant time() {
        return optionalTime().orElseThrow();
    }

    Optional<Instant> optionalTime() {
        return Columns.instant(next(column -> row.getObject(column, OffsetDateTime.class)));
    }

    Octets octets() {
        return Octets.fromHex(text());
    }

    Optional<Octets> optionalOctets() {
        return optionalText().map(Octets::fromHex);
    }
}
