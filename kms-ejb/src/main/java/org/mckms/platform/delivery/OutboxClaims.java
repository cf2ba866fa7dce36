package org.mckms.platform.delivery;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntFunction;
import javax.sql.DataSource;
import org.mckms.platform.persistence.SqlBatch;
import org.mckms.platform.persistence.SqlWork;

/**
 * Who has which delivery of table {@code kms_outbox}. Every method runs inside a transaction of its caller, and changes a
 * row only for the claim that holds it.
 */
final class OutboxClaims {

    /** One node at a time: of two that claimed at once neither would see what the other has under way. */
    private static final String LOCK = "SELECT name FROM kms_lock WHERE name = 'deliveries' FOR UPDATE SKIP LOCKED";

    private static final String CLAIM =
            "UPDATE kms_outbox SET state = 'CLAIMED', claimed_by = ?, lease = ?," + " lease_until = ? WHERE seq = ?";
    private static final String REJOIN =
            "UPDATE kms_outbox SET state = 'WAITING'" + " WHERE topic = ? AND state = 'ASIDE' AND due_at <= ?";

    private static final String HELD = " WHERE id = ? AND lease = ? AND state = 'CLAIMED'";
    private static final String BEGIN = "UPDATE kms_outbox SET attempts = attempts + 1, lease_until = ?" + HELD;
    private static final String COLUMNS =
            "SELECT id, topic, destination, reference, attempts, created_at, seq FROM kms_outbox";
    private static final String FIRST = COLUMNS + HELD;

    private static final String BEHIND = "SELECT seq, COALESCE(lease_until, due_at) FROM kms_outbox"
            + " WHERE destination = ? AND topic = ? AND seq > ? AND state <> 'DEAD'"
            + " ORDER BY destination, topic, seq FETCH FIRST ? ROWS ONLY";
    private static final String JOIN = "UPDATE kms_outbox SET state = 'CLAIMED', attempts = attempts + 1,"
            + " claimed_by = ?, lease = ?, lease_until = ? WHERE seq = ? AND state <> 'DEAD'";
    private static final String ALL = COLUMNS + " WHERE topic = ? AND state = 'CLAIMED' AND line = ?"
            + " AND lease = ? ORDER BY topic, state, line, seq";

    private static final String DELIVERED = "DELETE FROM kms_outbox" + HELD;
    private static final String END = "UPDATE kms_outbox SET state = ?, due_at = ?, reason = ?, claimed_by = NULL,"
            + " lease = NULL, lease_until = NULL" + HELD;
    private static final String RELEASE = "UPDATE kms_outbox SET state = 'WAITING', claimed_by = NULL, lease = NULL,"
            + " lease_until = NULL WHERE claimed_by = ? AND state = 'CLAIMED'";

    private final DataSource dataSource;
    private final String node;

    /** @param node whose claims these are */
    OutboxClaims(DataSource dataSource, String node) {
        this.dataSource = requireNonNull(dataSource, "dataSource");
        this.node = requireNonNull(node, "node");
    }

    /**
     * Claims up to {@code most} deliveries, each of another topic or destination; none while another node is claiming. What was
     * set aside and is due by now is back in its line from here on.
     */
    List<Claim> claim(DueDeliveries deliveries, Instant now, Duration lease, int most) {
        return SqlWork.on(dataSource, connection -> {
            if (!lock(connection)) {
                return List.of();
            }
            rejoin(connection, deliveries.topics(), now);
            List<Claim> claims = new ArrayList<>();
            try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
                for (DueDeliveries.Due due : deliveries.find(connection, now, most)) {
                    Claim made = new Claim(due.id(), UUID.randomUUID());
                    claim.setString(1, node);
                    claim.setString(2, made.lease().toString());
                    claim.setObject(3, time(now.plus(lease)));
                    claim.setLong(4, due.seq());
                    if (claim.executeUpdate() == 1) {
                        claims.add(made);
                    }
                }
            }
            return claims;
        });
    }

    private static void rejoin(Connection connection, Set<String> topics, Instant now) throws SQLException {
        SqlBatch.execute(connection, REJOIN, topics, (rejoin, topic) -> {
            rejoin.setString(1, topic);
            rejoin.setObject(2, time(now));
        });
    }

    private static boolean lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LOCK)) {
            return row.next();
        }
    }

    /**
     * Counts one more attempt of a delivery, and of those that go with it: what is behind it, without a gap, due by now and
     * not under way. All have the lease of the claim from here on.
     *
     * @param most how many of a topic go at once, the claimed one included
     * @return in their order; empty if the claim does not hold any more
     */
    List<OutboxEntry> begin(Claim claim, Instant now, Instant leaseUntil, ToIntFunction<String> most) {
        return SqlWork.on(dataSource, connection -> {
            try (PreparedStatement begin = connection.prepareStatement(BEGIN)) {
                begin.setObject(1, time(leaseUntil));
                hold(begin, 2, claim.id(), claim.lease());
                if (begin.executeUpdate() != 1) {
                    return List.of();
                }
            }
            Held first = first(connection, claim);
            int others = most.applyAsInt(first.entry().topic()) - 1;
            List<Long> behind = others < 1 ? List.of() : behind(connection, first, now, others);
            if (behind.isEmpty()) {
                return List.of(first.entry());
            }
            join(connection, claim, behind, leaseUntil);
            return all(connection, first.entry(), claim);
        });
    }

    private record Held(long seq, OutboxEntry entry) {}

    private static Held first(Connection connection, Claim claim) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(FIRST)) {
            hold(query, 1, claim.id(), claim.lease());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new Held(row.getLong(7), entry(row));
            }
        }
    }

    private static List<Long> behind(Connection connection, Held first, Instant now, int most) throws SQLException {
        List<Long> behind = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(BEHIND)) {
            query.setString(1, first.entry().destination());
            query.setString(2, first.entry().topic());
            query.setLong(3, first.seq());
            query.setInt(4, most);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()
                        && !row.getObject(2, OffsetDateTime.class).toInstant().isAfter(now)) {
                    behind.add(row.getLong(1));
                }
            }
        }
        return behind;
    }

    private void join(Connection connection, Claim claim, List<Long> behind, Instant leaseUntil) throws SQLException {
        SqlBatch.execute(connection, JOIN, behind, (join, seq) -> {
            join.setString(1, node);
            join.setString(2, claim.lease().toString());
            join.setObject(3, time(leaseUntil));
            join.setLong(4, seq);
        });
    }

    private static List<OutboxEntry> all(Connection connection, OutboxEntry first, Claim claim) throws SQLException {
        List<OutboxEntry> entries = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(ALL)) {
            query.setString(1, first.topic());
            query.setLong(2, DueDeliveries.line(first.destination()));
            query.setString(3, claim.lease().toString());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    entries.add(entry(row));
                }
            }
        }
        return entries;
    }

    private static OutboxEntry entry(ResultSet row) throws SQLException {
        return new OutboxEntry(
                UUID.fromString(row.getString(1)),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                row.getObject(6, OffsetDateTime.class).toInstant());
    }

    /** They arrived; those that the lease does not hold any more are left alone. */
    void delivered(UUID lease, Collection<UUID> ids) {
        changeEach(DELIVERED, ids, (statement, id) -> hold(statement, 1, id, lease));
    }

    /**
     * How a delivery that did not arrive goes on.
     *
     * @param due    when it is tried again; when it was given up
     * @param reason at most 500 characters
     */
    record Failure(UUID id, Instant due, String reason) {}

    /** They are tried again when they are due; those that the lease does not hold any more are left alone. */
    void retry(UUID lease, Collection<Failure> failures) {
        end(lease, OutboxState.WAITING, failures);
    }

    /** They are tried again when they are due, and nothing waits for them; else as {@link #retry}. */
    void aside(UUID lease, Collection<Failure> failures) {
        end(lease, OutboxState.ASIDE, failures);
    }

    /** They are given up; returns those that the lease held. */
    List<UUID> dead(UUID lease, Collection<Failure> failures) {
        return end(lease, OutboxState.DEAD, failures);
    }

    private List<UUID> end(UUID lease, OutboxState state, Collection<Failure> failures) {
        List<Failure> ends = List.copyOf(failures);
        int[] counts = changeEach(END, ends, (statement, failure) -> {
            statement.setString(1, state.name());
            statement.setObject(2, time(failure.due()));
            statement.setString(3, failure.reason());
            hold(statement, 4, failure.id(), lease);
        });
        List<UUID> held = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 1) {
                held.add(ends.get(i).id());
            }
        }
        return held;
    }

    /** Gives back everything this node has claimed: no process of this name has it under way. */
    void releaseAll() {
        changeEach(RELEASE, List.of(node), (statement, name) -> statement.setString(1, name));
    }

    /** Returns the rows that each changed. */
    private <T> int[] changeEach(String sql, Collection<T> all, SqlBatch<T> values) {
        return all.isEmpty()
                ? new int[0]
                : SqlWork.on(dataSource, connection -> SqlBatch.execute(connection, sql, all, values));
    }

    private static void hold(PreparedStatement statement, int place, UUID id, UUID lease) throws SQLException {
        statement.setString(place, id.toString());
        statement.setString(place + 1, lease.toString());
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
