package org.mckms.platform.audit;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.persistence.CommitWriter;
import org.mckms.protocol.audit.AuditCheckpoint;
import org.mckms.protocol.audit.AuditRecord;
import org.mckms.protocol.audit.ChainHead;

/** Checkpoints through JDBC, on disk before their files can be: a database must not lag behind its folder. */
final class JdbcCheckpointStore implements CheckpointStore {

    private final DataSource dataSource;
    private final CommitWriter commits;

    JdbcCheckpointStore(DataSource dataSource, CommitWriter commits) {
        this.dataSource = requireNonNull(dataSource, "dataSource");
        this.commits = requireNonNull(commits, "commits");
    }

    @Override
    public Optional<AuditCheckpoint> make(Maker maker) throws SQLException {
        try (Connection open = dataSource.getConnection()) {
            open.setAutoCommit(false);
            boolean done = false;
            try {
                lock(open);
                Optional<AuditCheckpoint> made = maker.make(newest(open), heads(open));
                if (made.isPresent()) {
                    insert(open, made.get());
                }
                open.commit();
                done = true;
                if (made.isPresent()) {
                    commits.force(open);
                }
                return made;
            } finally {
                if (!done) {
                    open.rollback();
                }
            }
        }
    }

    private static void lock(Connection open) throws SQLException {
        try (PreparedStatement query =
                        open.prepareStatement("SELECT name FROM kms_lock WHERE name = 'checkpoint' FOR UPDATE");
                ResultSet row = query.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("the row 'checkpoint' of kms_lock is missing");
            }
        }
    }

    private static Optional<AuditCheckpoint> newest(Connection open) throws SQLException {
        return checkpoints(
                        open,
                        "SELECT line FROM kms_audit_checkpoint WHERE cp_number > ? ORDER BY cp_number DESC"
                                + " FETCH FIRST 1 ROWS ONLY",
                        0)
                .stream()
                .findFirst();
    }

    private static SortedMap<String, ChainHead> heads(Connection open) throws SQLException {
        SortedMap<String, ChainHead> heads = new TreeMap<>();
        try (PreparedStatement query = open.prepareStatement("SELECT chain, head_seq, head_hash FROM kms_audit_chain");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                heads.put(rows.getString(1), new ChainHead(rows.getLong(2), Octets.fromHex(rows.getString(3))));
            }
        }
        return heads;
    }

    private static void insert(Connection open, AuditCheckpoint checkpoint) throws SQLException {
        try (PreparedStatement insert =
                open.prepareStatement("INSERT INTO kms_audit_checkpoint (cp_number, made_at, line) VALUES (?, ?, ?)")) {
            insert.setLong(1, checkpoint.number());
            insert.setObject(2, checkpoint.time().atOffset(ZoneOffset.UTC));
            insert.setString(3, checkpoint.toJson());
            insert.executeUpdate();
        }
    }

    @Override
    public List<AuditCheckpoint> after(long number, int limit) throws SQLException {
        try (Connection open = dataSource.getConnection()) {
            return checkpoints(
                    open,
                    "SELECT line FROM kms_audit_checkpoint WHERE cp_number > ? ORDER BY cp_number FETCH FIRST " + limit
                            + " ROWS ONLY",
                    number);
        }
    }

    @Override
    public Optional<AuditCheckpoint> find(long number) throws SQLException {
        try (Connection open = dataSource.getConnection()) {
            return checkpoints(open, "SELECT line FROM kms_audit_checkpoint WHERE cp_number = ?", number).stream()
                    .findFirst();
        }
    }

    @Override
    public Optional<Octets> recordHash(String chain, long sequence) throws SQLException {
        try (Connection open = dataSource.getConnection();
                PreparedStatement query =
                        open.prepareStatement("SELECT line FROM kms_audit_record WHERE chain = ? AND seq = ?")) {
            query.setString(1, chain);
            query.setLong(2, sequence);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(AuditRecord.parse(row.getString(1)).hash())
                        : Optional.empty();
            }
        }
    }

    private static List<AuditCheckpoint> checkpoints(Connection open, String sql, long number) throws SQLException {
        List<AuditCheckpoint> found = new ArrayList<>();
        try (PreparedStatement query = open.prepareStatement(sql)) {
            query.setLong(1, number);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(AuditCheckpoint.parse(rows.getString(1)));
                }
            }
        }
        return found;
    }
}
