package org.mckms.platform.audit;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.mckms.protocol.audit.AuditCheckpoint;
import org.mckms.protocol.audit.AuditRecord;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** The audit tables, read in slices so that no statement runs long. */
final class JdbcAuditArchive implements AuditArchive {

    private static final int SLICE = 500;
    private static final int QUERY_SECONDS = 30;

    private final DataSource dataSource;

    JdbcAuditArchive(DataSource dataSource) {
        this.dataSource = requireNonNull(dataSource, "dataSource");
    }

    @Override
    public List<Placed> page(long after, int limit, Optional<String> event) {
        String sql = "SELECT pos, line FROM kms_audit_record WHERE pos > ?"
                + (event.isPresent() ? " AND event = ?" : "") + " ORDER BY pos FETCH FIRST " + limit + " ROWS ONLY";
        return read(open -> {
            try (PreparedStatement query = prepare(open, sql)) {
                query.setLong(1, after);
                if (event.isPresent()) {
                    query.setString(2, event.get());
                }
                List<Placed> page = new ArrayList<>();
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        page.add(new Placed(rows.getLong(1), AuditRecord.parse(rows.getString(2))));
                    }
                }
                return page;
            }
        });
    }

    @Override
    public void forEachRecord(Consumer<AuditRecord> consumer) {
        String chains = "SELECT chain FROM kms_audit_chain ORDER BY opened_at, chain";
        for (String chain : read(open -> strings(open, chains))) {
            long after = 0;
            List<String> slice;
            do {
                slice = recordsOf(chain, after);
                slice.stream().map(AuditRecord::parse).forEach(consumer);
                after += slice.size();
            } while (slice.size() == SLICE);
        }
    }

    private List<String> recordsOf(String chain, long after) {
        String sql = "SELECT line FROM kms_audit_record WHERE chain = ? AND seq > ? ORDER BY seq FETCH FIRST " + SLICE
                + " ROWS ONLY";
        return read(open -> strings(open, sql, chain, after));
    }

    @Override
    public void forEachCheckpoint(Consumer<AuditCheckpoint> consumer) {
        String sql = "SELECT line FROM kms_audit_checkpoint WHERE cp_number > ? ORDER BY cp_number FETCH FIRST " + SLICE
                + " ROWS ONLY";
        long after = 0;
        List<AuditCheckpoint> slice;
        do {
            long from = after;
            slice = read(open -> strings(open, sql, from)).stream()
                    .map(AuditCheckpoint::parse)
                    .toList();
            slice.forEach(consumer);
            after = slice.isEmpty() ? after : slice.get(slice.size() - 1).number();
        } while (slice.size() == SLICE);
    }

    @Override
    public Optional<AuditCheckpoint> newestCheckpoint() {
        return read(open ->
                        strings(
                                        open,
                                        "SELECT line FROM kms_audit_checkpoint ORDER BY cp_number DESC FETCH FIRST 1 ROWS ONLY")
                                .stream()
                                .findFirst())
                .map(AuditCheckpoint::parse);
    }

    private static List<String> strings(Connection open, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement query = prepare(open, sql)) {
            for (int i = 0; i < parameters.length; i++) {
                query.setObject(i + 1, parameters[i]);
            }
            List<String> values = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        }
    }

    private static PreparedStatement prepare(Connection open, String sql) throws SQLException {
        PreparedStatement statement = open.prepareStatement(sql);
        statement.setQueryTimeout(QUERY_SECONDS);
        return statement;
    }

    private <T> T read(SqlRead<T> work) {
        try (Connection open = dataSource.getConnection()) {
            return work.run(open);
        } catch (SQLException e) {
            throw new KmsException(KmsErrorCode.DATABASE_UNAVAILABLE, "the audit trail cannot be read", e);
        }
    }

    @FunctionalInterface
    private interface SqlRead<T> {
        T run(Connection open) throws SQLException;
    }
}
