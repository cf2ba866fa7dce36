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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.mckms.platform.persistence.SqlWork;

/**
 * Who has which delivery of table {@code kms_outbox}. Every method runs inside a transaction of its caller, and changes a
 * row only for the claim that holds it.
 */
final class OutboxClaims {

    /** One node at a time: of two that claimed at once neither would see what the other has under way. */
    private static final String LOCK = "SELECT name FROM kms_lock WHERE name = 'deliveries' FOR UPDATE SKIP LOCKED";

    /** Nothing of its topic and destination ahead of it, and none under way. */
    private static final String FREE = " AND o.topic IN (%s)"
            + " AND NOT EXISTS (SELECT 1 FROM kms_outbox p WHERE p.destination = o.destination AND p.topic = o.topic"
            + " AND (p.seq < o.seq AND p.state IN ('WAITING', 'CLAIMED')"
            + " OR p.seq > o.seq AND p.state = 'CLAIMED' AND p.lease_until > ?))";

    /** In the order of the index, so that of many only the first are looked at. */
    private static final String DUE = "SELECT o.seq, o.id FROM kms_outbox o WHERE o.state = 'WAITING' AND o.due_at <= ?"
            + FREE + " ORDER BY o.state, o.due_at, o.seq FETCH FIRST %d ROWS ONLY";

    private static final String ABANDONED = "SELECT o.seq, o.id FROM kms_outbox o WHERE o.state = 'CLAIMED'"
            + " AND o.lease_until <= ?" + FREE + " ORDER BY o.seq FETCH FIRST %d ROWS ONLY";

    private static final String CLAIM =
            "UPDATE kms_outbox SET state = 'CLAIMED', claimed_by = ?, lease = ?," + " lease_until = ? WHERE seq = ?";
    private static final String HELD = " WHERE id = ? AND lease = ? AND state = 'CLAIMED'";
    private static final String BEGIN = "UPDATE kms_outbox SET attempts = attempts + 1, lease_until = ?" + HELD;
    private static final String READ =
            "SELECT topic, destination, reference, attempts, created_at FROM kms_outbox" + HELD;
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

    /** Claims up to {@code most} deliveries of some topics; none while another node is claiming. */
    List<Claim> claim(Collection<String> topics, Instant now, Duration lease, int most) {
        return SqlWork.on(dataSource, connection -> {
            if (!lock(connection)) {
                return List.of();
            }
            List<Claim> claims = new ArrayList<>();
            try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
                for (Due due : due(connection, topics, now, most)) {
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

    private record Due(long seq, UUID id) {}

    private static boolean lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LOCK)) {
            return row.next();
        }
    }

    private static List<Due> due(Connection connection, Collection<String> topics, Instant now, int most)
            throws SQLException {
        List<Due> due = new ArrayList<>(due(connection, ABANDONED, topics, now, most));
        if (due.size() < most) {
            due.addAll(due(connection, DUE, topics, now, most - due.size()));
        }
        return due;
    }

    private static List<Due> due(Connection connection, String sql, Collection<String> topics, Instant now, int most)
            throws SQLException {
        String places = String.join(", ", Collections.nCopies(topics.size(), "?"));
        List<Due> due = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql.formatted(places, most))) {
            int place = 1;
            query.setObject(place++, time(now));
            for (String topic : topics) {
                query.setString(place++, topic);
            }
            query.setObject(place, time(now));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    due.add(new Due(row.getLong(1), UUID.fromString(row.getString(2))));
                }
            }
        }
        return due;
    }

    /** Counts one more attempt; empty if the claim does not hold any more. */
    Optional<OutboxEntry> begin(Claim claim, Instant leaseUntil) {
        return SqlWork.on(dataSource, connection -> {
            try (PreparedStatement begin = connection.prepareStatement(BEGIN)) {
                begin.setObject(1, time(leaseUntil));
                hold(begin, 2, claim);
                return begin.executeUpdate() == 1 ? Optional.of(read(connection, claim)) : Optional.empty();
            }
        });
    }

    private static OutboxEntry read(Connection connection, Claim claim) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(READ)) {
            hold(query, 1, claim);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new OutboxEntry(
                        claim.id(),
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getInt(4),
                        row.getObject(5, OffsetDateTime.class).toInstant());
            }
        }
    }

    /** It arrived; false if the claim does not hold any more. */
    boolean delivered(Claim claim) {
        return changed(DELIVERED, statement -> hold(statement, 1, claim));
    }

    /** It is tried again at {@code due}; false if the claim does not hold any more. */
    boolean retry(Claim claim, Instant due, String reason) {
        return end(claim, OutboxState.WAITING, due, reason);
    }

    /** It is given up; false if the claim does not hold any more. */
    boolean dead(Claim claim, Instant now, String reason) {
        return end(claim, OutboxState.DEAD, now, reason);
    }

    private boolean end(Claim claim, OutboxState state, Instant due, String reason) {
        return changed(END, statement -> {
            statement.setString(1, state.name());
            statement.setObject(2, time(due));
            statement.setString(3, reason);
            hold(statement, 4, claim);
        });
    }

    /** Gives back everything this node has claimed: no process of this name has it under way. */
    void releaseAll() {
        changed(RELEASE, statement -> statement.setString(1, node));
    }

    @FunctionalInterface
    private interface Values {
        void set(PreparedStatement statement) throws SQLException;
    }

    private boolean changed(String sql, Values values) {
        return SqlWork.on(dataSource, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                values.set(statement);
                return statement.executeUpdate() > 0;
            }
        });
    }

    private static void hold(PreparedStatement statement, int place, Claim claim) throws SQLException {
        statement.setString(place, claim.id().toString());
        statement.setString(place + 1, claim.lease().toString());
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
