package org.mckms.platform.delivery;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.mckms.platform.persistence.SqlWork;

/** What operators see of the deliveries and do with them. Every method runs inside a transaction of its caller. */
public final class DeliveryDesk {

    private static final String COLUMNS = "SELECT seq, id, topic, destination, reference, state, attempts, created_at,"
            + " due_at, claimed_by, reason FROM kms_outbox";
    private static final String PAGE = COLUMNS + " WHERE state = ? AND seq > ? ORDER BY seq FETCH FIRST ? ROWS ONLY";
    private static final String PAGE_OF_ALL = COLUMNS + " WHERE seq > ? ORDER BY seq FETCH FIRST ? ROWS ONLY";
    private static final String ONE = COLUMNS + " WHERE id = ? FOR UPDATE";
    private static final String COUNTS = "SELECT state, COUNT(*), MIN(created_at) FROM kms_outbox GROUP BY state";
    private static final String RETRY = "UPDATE kms_outbox SET state = 'WAITING', attempts = 0, due_at = ?"
            + " WHERE id = ? AND state <> 'CLAIMED'";
    private static final String DROP = "DELETE FROM kms_outbox WHERE id = ? AND state <> 'CLAIMED'";

    private final DataSource dataSource;

    DeliveryDesk(DataSource dataSource) {
        this.dataSource = requireNonNull(dataSource, "dataSource");
    }

    /** Deliveries behind a place in the order, oldest first; in any state if none is named. */
    public List<DeliveryView> page(Optional<OutboxState> state, long after, int limit) {
        return SqlWork.on(dataSource, connection -> {
            try (PreparedStatement query = connection.prepareStatement(state.isPresent() ? PAGE : PAGE_OF_ALL)) {
                int place = 1;
                if (state.isPresent()) {
                    query.setString(place++, state.get().name());
                }
                query.setLong(place++, after);
                query.setInt(place, limit);
                return views(query);
            }
        });
    }

    /** One delivery, locked until the transaction ends; empty if there is none, which it also is once it has arrived. */
    public Optional<DeliveryView> lock(UUID id) {
        return SqlWork.on(dataSource, connection -> {
            try (PreparedStatement query = connection.prepareStatement(ONE)) {
                query.setString(1, id.toString());
                return views(query).stream().findFirst();
            }
        });
    }

    private static List<DeliveryView> views(PreparedStatement query) throws SQLException {
        List<DeliveryView> views = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                views.add(new DeliveryView(
                        row.getLong(1),
                        UUID.fromString(row.getString(2)),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        OutboxState.valueOf(row.getString(6)),
                        row.getInt(7),
                        instant(row, 8).orElseThrow(),
                        instant(row, 9).orElseThrow(),
                        Optional.ofNullable(row.getString(10)),
                        Optional.ofNullable(row.getString(11))));
            }
        }
        return views;
    }

    public DeliveryCounts counts() {
        return SqlWork.on(dataSource, DeliveryDesk::counts);
    }

    private static DeliveryCounts counts(Connection connection) throws SQLException {
        long[] numbers = new long[OutboxState.values().length];
        Optional<Instant> oldest = Optional.empty();
        try (PreparedStatement query = connection.prepareStatement(COUNTS);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                OutboxState state = OutboxState.valueOf(row.getString(1));
                numbers[state.ordinal()] = row.getLong(2);
                Optional<Instant> first = instant(row, 3);
                if (state != OutboxState.DEAD
                        && (oldest.isEmpty() || first.orElseThrow().isBefore(oldest.get()))) {
                    oldest = first;
                }
            }
        }
        return new DeliveryCounts(
                numbers[OutboxState.WAITING.ordinal()] + numbers[OutboxState.ASIDE.ordinal()],
                numbers[OutboxState.CLAIMED.ordinal()],
                numbers[OutboxState.DEAD.ordinal()],
                oldest);
    }

    /** Has one tried again now, with all its attempts; false if it is under way. */
    public boolean retry(UUID id, Instant now) {
        return changed(RETRY, statement -> {
            statement.setObject(1, now.atOffset(ZoneOffset.UTC));
            statement.setString(2, id.toString());
        });
    }

    /** Forgets one for good; false if it is under way. */
    public boolean drop(UUID id) {
        return changed(DROP, statement -> statement.setString(1, id.toString()));
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

    private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
