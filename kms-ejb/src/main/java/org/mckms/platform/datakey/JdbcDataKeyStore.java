package org.mckms.platform.datakey;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.persistence.SqlWork;

/** Data keys in table {@code kms_data_key}, through the connection of the running transaction. */
final class JdbcDataKeyStore implements DataKeyStore {

    private static final String ADD =
            "INSERT INTO kms_data_key (id, node, drawn_at, key_label, wrapped_iv, wrapped_key) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String FIND =
            "SELECT node, drawn_at, key_label, wrapped_iv, wrapped_key FROM kms_data_key WHERE id = ?";

    private final DataSource dataSource;

    JdbcDataKeyStore(DataSource dataSource) {
        this.dataSource = requireNonNull(dataSource, "dataSource");
    }

    @Override
    public void add(StoredDataKey key) {
        SqlWork.on(dataSource, connection -> {
            try (PreparedStatement insert = connection.prepareStatement(ADD)) {
                insert.setString(1, key.id().toString());
                insert.setString(2, key.node());
                insert.setObject(3, key.drawnAt().atOffset(ZoneOffset.UTC));
                insert.setString(4, key.key().label());
                insert.setString(5, key.key().iv().toHex());
                insert.setString(6, key.key().ciphertext().toHex());
                return insert.executeUpdate();
            }
        });
    }

    @Override
    public Optional<StoredDataKey> find(UUID id) {
        return SqlWork.on(dataSource, connection -> find(connection, id));
    }

    private static Optional<StoredDataKey> find(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setString(1, id.toString());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? read(id, row) : Optional.empty();
            }
        }
    }

    private static Optional<StoredDataKey> read(UUID id, ResultSet row) throws SQLException {
        try {
            return Optional.of(new StoredDataKey(
                    id,
                    row.getString(1),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    new WrappedKey(
                            row.getString(3), Octets.fromHex(row.getString(4)), Octets.fromHex(row.getString(5)))));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }
}
