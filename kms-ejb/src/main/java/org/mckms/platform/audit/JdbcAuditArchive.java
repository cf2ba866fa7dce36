package org.mckms.platform.audit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.audit.AuditCheckpoint;
import org.mckms.protocol.audit.AuditFault;
import org.mckms.protocol.audit.AuditRecord;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** The audit tables, read in slices so that no statement runs long. */
final class JdbcAuditArchive implements AuditArchive {

    private static final int SLICE = 500;

    /** Chains that have a head, then those whose head somebody has removed. */
    private static final List<String> CHAINS = List.of(
            "SELECT chain FROM kms_audit_chain ORDER BY opened_at, chain",
            "SELECT DISTINCT chain FROM kms_audit_record r WHERE NOT EXISTS"
                    + " (SELECT 1 FROM kms_audit_chain c WHERE c.chain = r.chain) ORDER BY chain");

    private final DataSource dataSource;
    private final CheckpointDirectory directory;

    JdbcAuditArchive(DataSource dataSource, CheckpointDirectory directory) {
        this.dataSource = requireNonNull(dataSource, "dataSource");
        this.directory = requireNonNull(directory, "directory");
    }

    @Override
    public List<Placed> page(long after, int limit, Optional<String> event) {
        String sql = "SELECT pos, line FROM kms_audit_record WHERE pos > ?"
                + (event.isPresent() ? " AND event = ?" : "") + " ORDER BY pos FETCH FIRST " + limit + " ROWS ONLY";
        return read(open -> {
            try (PreparedStatement query = open.prepareStatement(sql)) {
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
    public void forEachRecord(Consumer<String> consumer) {
        for (String chains : CHAINS) {
            for (String chain : read(open -> strings(open, chains))) {
                forEachLine(
                        "SELECT seq, line FROM kms_audit_record WHERE seq > ? AND chain = ? ORDER BY seq",
                        consumer,
                        chain);
            }
        }
    }

    @Override
    public void forEachCheckpoint(Consumer<String> consumer) {
        forEachLine(
                "SELECT cp_number, line FROM kms_audit_checkpoint WHERE cp_number > ? ORDER BY cp_number", consumer);
    }

    /** Walks the folder's files in order beside the database; files that an auditor has taken away are not missed. */
    @Override
    public Optional<AuditFault> folderFault() {
        try {
            SortedSet<Long> files = directory.numbers();
            List<AuditFault> faults = new ArrayList<>();
            forEachCheckpoint(line -> {
                AuditCheckpoint stored = AuditCheckpoint.parse(line);
                if (faults.isEmpty() && files.remove(stored.number())) {
                    compare(stored).ifPresent(faults::add);
                }
            });
            if (faults.isEmpty() && !files.isEmpty()) {
                faults.add(fault(files.first(), "is in the folder and not in the database"));
            }
            return faults.stream().findFirst();
        } catch (IOException e) {
            return Optional.of(new AuditFault(directory.path().toString(), "cannot be read: " + e.getMessage()));
        }
    }

    private Optional<AuditFault> compare(AuditCheckpoint stored) {
        try {
            return directory.read(stored.number()).equals(stored)
                    ? Optional.empty()
                    : Optional.of(fault(stored.number(), "is another one in the database"));
        } catch (IOException e) {
            return Optional.of(fault(stored.number(), "cannot be read: " + e.getMessage()));
        }
    }

    private AuditFault fault(long number, String what) {
        return new AuditFault("checkpoint " + number + " of " + directory.path(), "it " + what);
    }

    /** Walks a table by its ascending number, a slice at a time. */
    private void forEachLine(String sql, Consumer<String> consumer, String... parameters) {
        long[] after = {0};
        int read;
        do {
            List<String> slice = read(open -> {
                try (PreparedStatement query = open.prepareStatement(sql + " FETCH FIRST " + SLICE + " ROWS ONLY")) {
                    query.setLong(1, after[0]);
                    for (int i = 0; i < parameters.length; i++) {
                        query.setString(i + 2, parameters[i]);
                    }
                    List<String> lines = new ArrayList<>();
                    try (ResultSet rows = query.executeQuery()) {
                        while (rows.next()) {
                            after[0] = rows.getLong(1);
                            lines.add(rows.getString(2));
                        }
                    }
                    return lines;
                }
            });
            slice.forEach(consumer);
            read = slice.size();
        } while (read == SLICE);
    }

    private static List<String> strings(Connection open, String sql) throws SQLException {
        try (PreparedStatement query = open.prepareStatement(sql)) {
            List<String> values = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        }
    }

    private <T> T read(SqlRead<T> work) {
        try (Connection open = dataSource.getConnection()) {
            return work.run(open);
        } catch (SQLException e) {
            throw new KmsException(KmsErrorCode.DATABASE_UNAVAILABLE, "the audit trail cannot be read", e);
        } catch (InvalidValueException e) {
            throw new KmsException(
                    KmsErrorCode.INTERNAL, "a record of the audit trail was changed past this server; verify it", e);
        }
    }

    @FunctionalInterface
    private interface SqlRead<T> {
        T run(Connection open) throws SQLException;
    }
}
