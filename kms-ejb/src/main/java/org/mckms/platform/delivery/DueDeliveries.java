package org.mckms.platform.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mckms.platform.row.IndexHash;

/**
 * Finds what may be claimed now: of each topic and destination the first that has not ended, if it is due and nothing of
 * them is under way. Deliveries that go one at a time have many destinations with few deliveries each; those that go
 * together have few destinations with many each, and are looked for destination by destination, so that a receiver that is
 * down costs nothing however much waits for it.
 */
final class DueDeliveries {

    /**
     * One that may be claimed.
     *
     * @param since when it became due, or was abandoned
     */
    record Due(long seq, UUID id, Instant since) {}

    /** Nothing of its topic and destination ahead of it, and none under way. */
    private static final String FREE =
            " AND NOT EXISTS (SELECT 1 FROM kms_outbox p WHERE p.destination = o.destination AND p.topic = o.topic"
                    + " AND (p.seq < o.seq AND p.state IN ('WAITING', 'CLAIMED')"
                    + " OR p.seq > o.seq AND p.state = 'CLAIMED' AND p.lease_until > ?))";

    /** In the order of the index, so that of many only the first are looked at. */
    private static final String WAITING = "SELECT o.seq, o.id, o.due_at FROM kms_outbox o"
            + " WHERE o.topic = ? AND o.state = 'WAITING' AND o.due_at <= ?" + FREE
            + " ORDER BY o.topic, o.state, o.due_at, o.seq FETCH FIRST ? ROWS ONLY";

    private static final String ABANDONED = "SELECT o.seq, o.id, o.lease_until FROM kms_outbox o"
            + " WHERE o.topic = ? AND o.state = 'CLAIMED' AND o.lease_until <= ?" + FREE
            + " ORDER BY o.seq FETCH FIRST ? ROWS ONLY";

    /** The bound belongs to the range: behind an excluded one a database may walk through all of its line. */
    private static final String FIRST_FROM = "SELECT seq, id, COALESCE(lease_until, due_at), line FROM kms_outbox"
            + " WHERE topic = ? AND state = ? AND line >= ? ORDER BY topic, state, line, seq FETCH FIRST 1 ROW ONLY";

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

    /** All topics that there are. */
    Set<String> topics() {
        return Stream.concat(single.stream(), together.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** What deliveries that go together are looked up by. */
    static long line(String destination) {
        return IndexHash.of(destination);
    }

    /** At most {@code most}, those that have waited longest. */
    List<Due> find(Connection connection, Instant now, int most) throws SQLException {
        List<Due> due = new ArrayList<>();
        for (String topic : single) {
            due.addAll(find(connection, ABANDONED, topic, now, most));
            due.addAll(find(connection, WAITING, topic, now, most));
        }
        for (String topic : together) {
            due.addAll(firstOfEachLine(connection, topic, now));
        }
        due.sort(Comparator.comparing(Due::since).thenComparing(Due::seq));
        return due.size() <= most ? due : due.subList(0, most);
    }

    private static List<Due> find(Connection connection, String sql, String topic, Instant now, int most)
            throws SQLException {
        List<Due> due = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, topic);
            query.setObject(2, time(now));
            query.setObject(3, time(now));
            query.setInt(4, most);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    due.add(due(row));
                }
            }
        }
        return due;
    }

    private static Due due(ResultSet row) throws SQLException {
        return new Due(
                row.getLong(1),
                UUID.fromString(row.getString(2)),
                row.getObject(3, OffsetDateTime.class).toInstant());
    }

    /**
     * What is claimed of a line at one time is all at the front of what waits then: if any of it is under way, the first that
     * is claimed is, even if what was set aside has come back ahead of it meanwhile.
     */
    private static List<Due> firstOfEachLine(Connection connection, String topic, Instant now) throws SQLException {
        SortedMap<Long, Due> claimed = firsts(connection, topic, OutboxState.CLAIMED);
        SortedMap<Long, Due> first = firsts(connection, topic, OutboxState.WAITING);
        claimed.forEach((line, left) ->
                first.merge(line, left, (waiting, other) -> other.seq() < waiting.seq() ? other : waiting));
        claimed.forEach((line, left) -> {
            if (left.since().isAfter(now)) {
                first.remove(line);
            }
        });
        return first.values().stream().filter(due -> !due.since().isAfter(now)).toList();
    }

    private static SortedMap<Long, Due> firsts(Connection connection, String topic, OutboxState state)
            throws SQLException {
        SortedMap<Long, Due> firsts = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement(FIRST_FROM)) {
            query.setString(1, topic);
            query.setString(2, state.name());
            query.setLong(3, Long.MIN_VALUE);
            while (addFirst(query, firsts) && firsts.lastKey() < Long.MAX_VALUE) {
                query.setLong(3, firsts.lastKey() + 1);
            }
        }
        return firsts;
    }

    private static boolean addFirst(PreparedStatement query, SortedMap<Long, Due> firsts) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            if (!row.next()) {
                return false;
            }
            firsts.put(row.getLong(4), due(row));
            return true;
        }
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
