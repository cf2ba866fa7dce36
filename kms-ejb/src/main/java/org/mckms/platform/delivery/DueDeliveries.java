package org.mckms.platform.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Finds what may be claimed now: of each topic and destination the first that has not ended, if it is due and nothing of them
 * is under way. Deliveries that go one at a time have many destinations with few deliveries each; those that go together
 * have few destinations with many each, and are looked for destination by destination, so that a receiver that is down
 * costs nothing however much waits for it.
 */
final class DueDeliveries {

    /** One that may be claimed. */
    record Due(long seq, UUID id) {}

    /** Nothing of its topic and destination ahead of it, and none under way. */
    private static final String FREE = " AND o.topic IN (%s)"
            + " AND NOT EXISTS (SELECT 1 FROM kms_outbox p WHERE p.destination = o.destination AND p.topic = o.topic"
            + " AND (p.seq < o.seq AND p.state IN ('WAITING', 'CLAIMED')"
            + " OR p.seq > o.seq AND p.state = 'CLAIMED' AND p.lease_until > ?))";

    /** In the order of the index, so that of many only the first are looked at. */
    private static final String WAITING = "SELECT o.seq, o.id FROM kms_outbox o WHERE o.state = 'WAITING'"
            + " AND o.due_at <= ?" + FREE + " ORDER BY o.state, o.due_at, o.seq FETCH FIRST %d ROWS ONLY";

    private static final String ABANDONED = "SELECT o.seq, o.id FROM kms_outbox o WHERE o.state = 'CLAIMED'"
            + " AND o.lease_until <= ?" + FREE + " ORDER BY o.seq FETCH FIRST %d ROWS ONLY";

    private static final String FIRST_OF_NEXT = "SELECT destination, seq, id, COALESCE(lease_until, due_at)"
            + " FROM kms_outbox WHERE topic = ? AND state = ? AND destination > ?"
            + " ORDER BY topic, state, destination, seq FETCH FIRST 1 ROW ONLY";

    private final Set<String> single;
    private final Set<String> together;

    /**
     * @param single   topics whose deliveries go one at a time
     * @param together topics of which several deliveries go to a destination at once
     */
    DueDeliveries(Set<String> single, Set<String> together) {
        this.single = Set.copyOf(single);
        this.together = Set.copyOf(together);
    }

    /** At most {@code most}; those that another claim left behind first. */
    List<Due> find(Connection connection, Instant now, int most) throws SQLException {
        List<Due> due = new ArrayList<>();
        if (!single.isEmpty()) {
            due.addAll(single(connection, ABANDONED, now, most));
        }
        for (String topic : together) {
            due.addAll(firstOfEach(connection, topic, now));
        }
        if (!single.isEmpty() && due.size() < most) {
            due.addAll(single(connection, WAITING, now, most - due.size()));
        }
        return due.size() <= most ? due : due.subList(0, most);
    }

    private List<Due> single(Connection connection, String sql, Instant now, int most) throws SQLException {
        Collection<String> places = Collections.nCopies(single.size(), "?");
        List<Due> due = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql.formatted(String.join(", ", places), most))) {
            int place = 1;
            query.setObject(place++, time(now));
            for (String topic : single) {
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

    /**
     * The first of a destination in one state.
     *
     * @param free when it may be claimed: due, or abandoned
     */
    private record First(Due delivery, Instant free) {
        boolean free(Instant now) {
            return !free.isAfter(now);
        }
    }

    /**
     * What is claimed of a destination at one time is all at the front of what has not ended, so that if any of it is under
     * way the first claimed one is.
     */
    private static List<Due> firstOfEach(Connection connection, String topic, Instant now) throws SQLException {
        Map<String, First> claimed = firsts(connection, topic, OutboxState.CLAIMED);
        Map<String, First> first = firsts(connection, topic, OutboxState.WAITING);
        claimed.forEach((destination, left) -> first.merge(
                destination,
                left,
                (waiting, other) -> other.delivery().seq() < waiting.delivery().seq() ? other : waiting));
        first.keySet()
                .removeIf(destination -> claimed.containsKey(destination)
                        && !claimed.get(destination).free(now));
        return first.values().stream()
                .filter(one -> one.free(now))
                .map(First::delivery)
                .toList();
    }

    private static Map<String, First> firsts(Connection connection, String topic, OutboxState state)
            throws SQLException {
        Map<String, First> firsts = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(FIRST_OF_NEXT)) {
            query.setString(1, topic);
            query.setString(2, state.name());
            String behind = "";
            while (behind != null) {
                query.setString(3, behind);
                behind = null;
                try (ResultSet row = query.executeQuery()) {
                    if (row.next()) {
                        behind = row.getString(1);
                        Due due = new Due(row.getLong(2), UUID.fromString(row.getString(3)));
                        firsts.put(
                                behind,
                                new First(
                                        due,
                                        row.getObject(4, OffsetDateTime.class).toInstant()));
                    }
                }
            }
        }
        return firsts;
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
