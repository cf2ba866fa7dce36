package org.mckms.platform.delivery;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.mckms.platform.persistence.SqlBatch;
import org.mckms.platform.persistence.SqlWork;

/** The outbox in table {@code kms_outbox}, through the connection of the running transaction. */
public final class JdbcOutbox implements Outbox {

    private static final int MAX_TOPIC = 40;

    private static final String ADD = "INSERT INTO kms_outbox"
            + " (id, topic, destination, line, reference, state, attempts, created_at, due_at)"
            + " VALUES (?, ?, ?, ?, ?, 'WAITING', 0, ?, ?)";
    private static final String HASTEN = "UPDATE kms_outbox SET due_at = ?"
            + " WHERE destination = ? AND topic = ? AND state IN ('WAITING', 'ASIDE') AND due_at > ?";
    private static final String CANCEL =
            "DELETE FROM kms_outbox WHERE topic = ? AND SUBSTRING(reference FROM 1 FOR ?) = ?";
    private static final String CANCEL_FOR = "DELETE FROM kms_outbox WHERE topic = ? AND destination = ?";

    private final DataSource dataSource;
    private final Clock clock;
    private final Runnable afterCommit;

    /** @param afterCommit has the pump run once the present transaction has committed; refuses if there is none */
    public JdbcOutbox(DataSource dataSource, Clock clock, Runnable afterCommit) {
        this.dataSource = requireNonNull(dataSource, "dataSource");
        this.clock = requireNonNull(clock, "clock");
        this.afterCommit = requireNonNull(afterCommit, "afterCommit");
    }

    /** What is put, and how it is called from now on. */
    private record Named(UUID id, DeliveryOrder order) {}

    @Override
    public UUID put(String topic, DeliveryOrder order) {
        Named named = new Named(newId(), order);
        insert(topic, List.of(named));
        return named.id();
    }

    @Override
    public void putAll(String topic, List<DeliveryOrder> orders) {
        insert(topic, orders.stream().map(order -> new Named(newId(), order)).toList());
    }

    /** UUID of version 7 (RFC 9562 clause 5.7): what is put in the same moment stands side by side in the index. */
    private UUID newId() {
        UUID random = UUID.randomUUID();
        long most = clock.millis() << 16 | 0x7000 | random.getMostSignificantBits() & 0xfff;
        return new UUID(most, random.getLeastSignificantBits());
    }

    private void insert(String topic, List<Named> all) {
        if (topic.isEmpty() || topic.length() > MAX_TOPIC) {
            throw new IllegalArgumentException("a topic of " + topic.length() + " characters");
        }
        if (all.isEmpty()) {
            return;
        }
        afterCommit.run();
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        SqlWork.on(
                dataSource,
                connection -> SqlBatch.execute(connection, ADD, all, (insert, named) -> {
                    insert.setString(1, named.id().toString());
                    insert.setString(2, topic);
                    insert.setString(3, named.order().destination());
                    insert.setLong(4, DueDeliveries.line(named.order().destination()));
                    insert.setString(5, named.order().reference());
                    insert.setObject(6, now);
                    insert.setObject(7, now);
                }));
    }

    @Override
    public void hasten(String topic, String destination) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        int hastened = SqlWork.on(dataSource, connection -> {
            try (PreparedStatement update = connection.prepareStatement(HASTEN)) {
                update.setObject(1, now);
                update.setString(2, destination);
                update.setString(3, topic);
                update.setObject(4, now);
                return update.executeUpdate();
            }
        });
        if (hastened > 0) {
            afterCommit.run();
        }
    }

    @Override
    public int cancel(String topic, String referencePrefix) {
        return SqlWork.on(dataSource, connection -> {
            try (PreparedStatement delete = connection.prepareStatement(CANCEL)) {
                delete.setString(1, topic);
                delete.setInt(2, referencePrefix.length());
                delete.setString(3, referencePrefix);
                return delete.executeUpdate();
            }
        });
    }

    @Override
    public int cancelFor(String topic, String destination) {
        return SqlWork.on(
                dataSource, connection -> cancelFor(connection.prepareStatement(CANCEL_FOR), topic, destination));
    }

    private static int cancelFor(PreparedStatement statement, String topic, String destination) throws SQLException {
        try (PreparedStatement delete = statement) {
            delete.setString(1, topic);
            delete.setString(2, destination);
            return delete.executeUpdate();
        }
    }
}
