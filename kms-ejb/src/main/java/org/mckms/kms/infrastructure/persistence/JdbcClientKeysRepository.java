package org.mckms.kms.infrastructure.persistence;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.mckms.kms.domain.ClientKeysId;
import org.mckms.kms.domain.ClientKeysRecord;
import org.mckms.kms.domain.ClientKeysRepository;
import org.mckms.kms.domain.ClientKeysState;
import org.mckms.kms.domain.SealedClientKeys;
import org.mckms.kms.domain.StoredClientKeys;

/**
 * Keys of devices in table {@code kms_client_keys}, through the connection of the running transaction: every request of a client
 * comes by here.
 */
@ApplicationScoped
public class JdbcClientKeysRepository implements ClientKeysRepository {

    private static final String CHANGING =
            "state, revision, key_number, usable_until, registered_at, last_used, rotated_at,"
                    + " rotation_ordered, active_names, pending_names, key_label, sealed_iv, sealed_keys";
    private static final String SELECT = "SELECT owner_uri, device, " + CHANGING + " FROM kms_client_keys WHERE ";
    private static final String ONE = "owner_uri = ? AND device = ?";
    private static final String OF_OWNER = SELECT + "owner_uri = ? ORDER BY device";
    private static final String LOCK = SELECT + ONE + " FOR UPDATE";
    private static final String PAGE = SELECT + "owner_uri > ? OR owner_uri = ? AND device > ?"
            + " ORDER BY owner_uri, device FETCH FIRST ? ROWS ONLY";
    private static final String NEWEST = "SELECT COALESCE(MAX(key_number), 0) FROM kms_client_keys WHERE owner_uri = ?";
    private static final String INSERT = "INSERT INTO kms_client_keys (" + CHANGING
            + ", owner_uri, device) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String UPDATE =
            "UPDATE kms_client_keys SET " + CHANGING.replace(",", " = ?,") + " = ? WHERE " + ONE;
    private static final String TOUCH = "UPDATE kms_client_keys SET last_used = ? WHERE " + ONE;

    @Resource(lookup = "java:jboss/datasources/KmsDS")
    DataSource dataSource;

    /** One owner at a time, nearly always the only one. */
    @Override
    public List<StoredClientKeys> ofOwners(Collection<String> ownerUris) {
        return ownerUris.stream()
                .distinct()
                .sorted()
                .flatMap(owner -> rows(OF_OWNER, owner).stream())
                .toList();
    }

    @Override
    public Optional<StoredClientKeys> lock(ClientKeysId id) {
        return rows(LOCK, id.ownerUri(), id.device()).stream().findFirst();
    }

    @Override
    public int newestNumber(String ownerUri) {
        return Statements.query(dataSource, NEWEST, ColumnReader::smallNumber, ownerUri)
                .get(0);
    }

    @Override
    public void insert(StoredClientKeys.Content row) {
        Statements.update(dataSource, INSERT, values(row));
    }

    @Override
    public void update(StoredClientKeys.Content row) {
        if (Statements.update(dataSource, UPDATE, values(row)) != 1) {
            throw new IllegalStateException(
                    "no row to be changed: keys of " + row.record().id());
        }
    }

    @Override
    public void touch(ClientKeysId id, Instant lastUsed) {
        Statements.update(dataSource, TOUCH, Columns.time(lastUsed), id.ownerUri(), id.device());
    }

    @Override
    public List<StoredClientKeys> page(Optional<ClientKeysId> after, int limit) {
        String owner = after.map(ClientKeysId::ownerUri).orElse("");
        return rows(PAGE, owner, owner, after.map(ClientKeysId::device).orElse(""), limit);
    }

    private List<StoredClientKeys> rows(String sql, Object... values) {
        return Statements.query(dataSource, sql, JdbcClientKeysRepository::stored, values);
    }

    private static Object[] values(StoredClientKeys.Content content) {
        ClientKeysRecord record = content.record();
        return new Object[] {
            record.state().name(),
            record.revision(),
            record.number(),
            Columns.timeOrNull(record.usableUntil()),
            Columns.time(record.registeredAt()),
            Columns.timeOrNull(record.lastUsed()),
            Columns.time(record.rotatedAt()),
            record.rotationOrdered(),
            Columns.list(record.activeNames()),
            Columns.list(record.pendingNames()),
            record.keyLabel(),
            content.keys().iv().toHex(),
            content.keys().ciphertext().toHex(),
            record.id().ownerUri(),
            record.id().device()
        };
    }

    private static StoredClientKeys stored(ColumnReader row) {
        String owner = row.text();
        String device = row.text();
        return new StoredClientKeys(
                owner + " on " + device,
                Columns.readable(
                        owner,
                        () -> new StoredClientKeys.Content(
                                record(owner, device, row), new SealedClientKeys(row.octets(), row.octets()))));
    }

    private static ClientKeysRecord record(String owner, String device, ColumnReader row) {
        return new ClientKeysRecord(
                new ClientKeysId(owner, device),
                row.name(ClientKeysState.class),
                row.number(),
                row.smallNumber(),
                row.optionalTime(),
                row.time(),
                row.optionalTime(),
                row.time(),
                row.flag(),
                Columns.list(row.text()),
                Columns.list(row.text()),
                row.text());
    }
}
