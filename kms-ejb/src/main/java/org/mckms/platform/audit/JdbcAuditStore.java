package org.mckms.platform.audit;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.KmsLog;
import org.mckms.platform.persistence.CommitWriter;
import org.mckms.platform.persistence.SqlBatch;
import org.mckms.protocol.audit.AuditRecord;
import org.mckms.protocol.audit.ChainHead;

/**
 * The audit tables through JDBC. Keeps one connection of its own between calls: requests hold connections while they wait
 * for the appender, so it must never have to wait for one of theirs.
 */
final class JdbcAuditStore implements AuditStore {

    private static final String CHAIN_COLUMNS = "SELECT chain, node, state, head_seq, head_hash FROM kms_audit_chain ";
    private static final String INSERT_RECORD =
            "INSERT INTO kms_audit_record (chain, seq, event, line) VALUES (?, ?, ?, ?)";

    private final DataSource dataSource;
    private final CommitWriter commits;
    private Connection connection;

    JdbcAuditStore(DataSource dataSource, CommitWriter commits) {
        this.dataSource = requireNonNull(dataSource, "dataSource");
        this.commits = requireNonNull(commits, "commits");
    }

    @Override
    public List<StoredChain> openChains(String node) throws SQLException {
        return inTransaction(open -> {
            try (PreparedStatement query =
                    open.prepareStatement(CHAIN_COLUMNS + "WHERE node = ? AND state = ? ORDER BY opened_at, chain")) {
                query.setString(1, node);
                query.setString(2, StoredChain.State.OPEN.name());
                return chains(query);
            }
        });
    }

    @Override
    public Optional<StoredChain> find(String chain) throws SQLException {
        return inTransaction(open -> {
            try (PreparedStatement query = open.prepareStatement(CHAIN_COLUMNS + "WHERE chain = ?")) {
                query.setString(1, chain);
                return chains(query).stream().findFirst();
            }
        });
    }

    @Override
    public void begin(StoredChain chain, Instant openedAt, List<AuditRecord> records, List<StoredChain> adopted)
            throws SQLException {
        written(open -> {
            for (StoredChain crashed : adopted) {
                adopt(open, crashed);
            }
            try (PreparedStatement insert = open.prepareStatement(
                    "INSERT INTO kms_audit_chain (chain, node, state, opened_at, head_seq, head_hash)"
                            + " VALUES (?, ?, ?, ?, ?, ?)")) {
                insert.setString(1, chain.chain());
                insert.setString(2, chain.node());
                insert.setString(3, chain.state().name());
                insert.setObject(4, openedAt.atOffset(ZoneOffset.UTC));
                insert.setLong(5, chain.head().sequence());
                insert.setString(6, chain.head().hash().toHex());
                insert.executeUpdate();
            }
            insertRecords(open, records);
            return true;
        });
    }

    private static void adopt(Connection open, StoredChain crashed) throws SQLException {
        if (!moveHead(
                open,
                crashed,
                new StoredChain(crashed.chain(), crashed.node(), StoredChain.State.ADOPTED, crashed.head()))) {
            throw new SQLException("audit chain " + crashed.chain()
                    + " grows while it is being adopted; is kms.node used by two servers?");
        }
    }

    @Override
    public boolean append(StoredChain before, StoredChain after, List<AuditRecord> records) throws SQLException {
        return written(open -> {
            if (!moveHead(open, before, after)) {
                return false;
            }
            insertRecords(open, records);
            return true;
        });
    }

    private static boolean moveHead(Connection open, StoredChain before, StoredChain after) throws SQLException {
        try (PreparedStatement update =
                open.prepareStatement("UPDATE kms_audit_chain SET head_seq = ?, head_hash = ?, state = ?"
                        + " WHERE chain = ? AND state = ? AND head_seq = ? AND head_hash = ?")) {
            update.setLong(1, after.head().sequence());
            update.setString(2, after.head().hash().toHex());
            update.setString(3, after.state().name());
            update.setString(4, before.chain());
            update.setString(5, before.state().name());
            update.setLong(6, before.head().sequence());
            update.setString(7, before.head().hash().toHex());
            return update.executeUpdate() == 1;
        }
    }

    private static void insertRecords(Connection open, List<AuditRecord> records) throws SQLException {
        SqlBatch.execute(open, INSERT_RECORD, records, (insert, record) -> {
            insert.setString(1, record.chain());
            insert.setLong(2, record.sequence());
            insert.setString(3, record.event());
            insert.setString(4, record.toJson());
        });
    }

    private static List<StoredChain> chains(PreparedStatement query) throws SQLException {
        List<StoredChain> chains = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                chains.add(new StoredChain(
                        rows.getString(1),
                        rows.getString(2),
                        StoredChain.State.valueOf(rows.getString(3)),
                        new ChainHead(rows.getLong(4), Octets.fromHex(rows.getString(5)))));
            }
        }
        return chains;
    }

    /** One group of records costs one write to the disk itself, whose end the callers wait for. */
    private <T> T written(SqlWork<T> work) throws SQLException {
        return inTransaction(work, commits::force);
    }

    private <T> T inTransaction(SqlWork<T> work) throws SQLException {
        return inTransaction(work, committed -> {});
    }

    private <T> T inTransaction(SqlWork<T> work, AfterCommit afterCommit) throws SQLException {
        boolean done = false;
        try {
            Connection open = connected();
            T result = work.run(open);
            open.commit();
            afterCommit.run(open);
            done = true;
            return result;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private Connection connected() throws SQLException {
        if (connection == null) {
            Connection fresh = dataSource.getConnection();
            connection = fresh;
            fresh.setAutoCommit(false);
        }
        return connection;
    }

    @Override
    public void close() {
        Connection closing = connection;
        connection = null;
        if (closing != null) {
            try (closing) {
                closing.rollback();
            } catch (SQLException e) {
                KmsLog.LOG.auditConnectionBroken(e.getMessage());
            }
        }
    }

    @FunctionalInterface
    private interface SqlWork<T> {
        T run(Connection open) throws SQLException;
    }

    @FunctionalInterface
    private interface AfterCommit {
        void run(Connection committed) throws SQLException;
    }
}
