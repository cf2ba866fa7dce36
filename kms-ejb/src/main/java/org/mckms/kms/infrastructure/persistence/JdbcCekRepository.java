package org.mckms.kms.infrastructure.persistence;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.mckms.kms.domain.cek.CekNotice;
import org.mckms.kms.domain.cek.CekRepository;
import org.mckms.kms.domain.cek.CekState;
import org.mckms.kms.domain.cek.StoredCek;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.persistence.SqlWork;
import org.mckms.platform.row.StoredRow;

/**
 * Content encryption keys in table {@code kms_cek}, through the connection of the running transaction: keys are made by the
 * thousand and acknowledged by the hundred, and the order in which rows are written decides whether a constraint holds.
 */
@ApplicationScoped
public class JdbcCekRepository implements CekRepository {

    private static final String SELECT = "SELECT " + CekColumns.ALL + " FROM kms_cek WHERE ";
    private static final String ORDER = " ORDER BY key_id";
    private static final String LOCKED = ORDER + " FOR UPDATE";
    private static final String BEHIND = " AND key_id > ?" + ORDER + " FETCH FIRST %d ROWS ONLY";
    private static final String SWEEP = "SELECT name FROM kms_lock WHERE name = 'ceks' FOR UPDATE SKIP LOCKED";
    private static final String HOLDING = """
            SELECT COUNT(DISTINCT CASE WHEN state <> 'ENDED' AND sip_session IS NOT NULL THEN scope END),
                   COUNT(CASE WHEN state = 'ENDED' AND acknowledged < revision AND server_uri = ? THEN 1 END)
            FROM kms_cek WHERE user_uri = ?""";

    /** URIs of one look for news; more are looked for in several. */
    private static final int URIS_AT_ONCE = 512;

    @Resource(lookup = "java:jboss/datasources/KmsDS")
    DataSource dataSource;

    @Override
    public void insert(Write cek) {
        SqlWork.on(dataSource, connection -> {
            try (PreparedStatement insert = connection.prepareStatement(CekColumns.INSERT)) {
                CekColumns.insert(insert, cek);
                return insert.executeUpdate();
            }
        });
    }

    @Override
    public void update(List<Write> ceks) {
        if (ceks.isEmpty()) {
            return;
        }
        SqlWork.on(dataSource, connection -> {
            try (PreparedStatement update = connection.prepareStatement(CekColumns.UPDATE)) {
                for (Write cek : ceks) {
                    CekColumns.update(update, cek);
                    update.addBatch();
                }
                return update.executeBatch();
            }
        });
    }

    @Override
    public void vacate(Collection<Octets> scopes) {
        SqlWork.on(dataSource, connection -> {
            List<String> digests = hex(scopes);
            String sql = "UPDATE kms_cek SET live = NULL WHERE live = 'ACTIVE' AND " + in("scope", digests);
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                set(update, 1, digests);
                return update.executeUpdate();
            }
        });
    }

    @Override
    public List<StoredRow<StoredCek>> find(Collection<Octets> keyIds) {
        List<String> ids = hex(keyIds);
        return rows(SELECT + in("key_id", ids) + ORDER, ids);
    }

    @Override
    public List<StoredRow<StoredCek>> lock(Collection<Octets> keyIds) {
        List<String> ids = hex(keyIds);
        return rows(SELECT + in("key_id", ids) + LOCKED, ids);
    }

    @Override
    public List<Octets> predecessorsOf(Collection<Octets> keyIds) {
        List<String> ids = hex(keyIds);
        String sql = "SELECT predecessor FROM kms_cek WHERE " + in("key_id", ids)
                + " AND live = 'PENDING' AND predecessor IS NOT NULL";
        return query(sql, ids, row -> Octets.fromHex(row.getString(1)));
    }

    @Override
    public List<StoredRow<StoredCek>> ofScope(Octets scope) {
        return rows(SELECT + "scope = ?" + ORDER, List.of(scope.toHex()));
    }

    @Override
    public Holding holding(String userUri, String serverUri) {
        return query(HOLDING, List.of(serverUri, userUri), row -> new Holding(row.getLong(1), row.getLong(2)))
                .get(0);
    }

    @Override
    public List<StoredRow<StoredCek>> lockOfUser(String userUri) {
        return rows(SELECT + "user_uri = ?" + LOCKED, List.of(userUri));
    }

    @Override
    public List<StoredRow<StoredCek>> lockOfUser(String userUri, String session) {
        return rows(SELECT + "sip_session = ? AND user_uri = ?" + LOCKED, List.of(session, userUri));
    }

    @Override
    public List<StoredRow<StoredCek>> lockOfToken(Octets tokenDigest) {
        return rows(SELECT + "token_digest = ?" + LOCKED, List.of(tokenDigest.toHex()));
    }

    @Override
    public List<StoredRow<StoredCek>> lockOfSession(String serverUri, String session) {
        return rows(SELECT + "sip_session = ? AND server_uri = ?" + LOCKED, List.of(session, serverUri));
    }

    @Override
    public List<StoredRow<StoredCek>> page(Page page) {
        StringBuilder where = new StringBuilder("1 = 1");
        List<String> values = new ArrayList<>();
        page.user().ifPresent(user -> {
            where.append(" AND user_uri = ?");
            values.add(user);
        });
        page.server().ifPresent(server -> {
            where.append(" AND server_uri = ?");
            values.add(server);
        });
        values.add(page.after().map(Octets::toHex).orElse(""));
        return rows(SELECT + where + BEHIND.formatted(page.limit()), values);
    }

    @Override
    public List<StoredRow<StoredCek>> unacknowledged(String serverUri, Optional<Octets> after, int limit) {
        return rows(
                SELECT + "server_uri = ? AND acknowledged < revision" + BEHIND.formatted(limit),
                List.of(serverUri, after.map(Octets::toHex).orElse("")));
    }

    @Override
    public List<StoredRow<StoredCek>> living(String serverUri, Optional<Octets> after, int limit) {
        return rows(
                SELECT + "server_uri = ? AND state <> 'ENDED'" + BEHIND.formatted(limit),
                List.of(serverUri, after.map(Octets::toHex).orElse("")));
    }

    @Override
    public List<CekNotice> notices(Collection<String> userUris) {
        List<CekNotice> notices = new ArrayList<>();
        List<String> uris = List.copyOf(userUris);
        for (int from = 0; from < uris.size(); from += URIS_AT_ONCE) {
            List<String> some = padded(uris.subList(from, Math.min(uris.size(), from + URIS_AT_ONCE)));
            String sql = "SELECT user_uri, key_id, revision, state FROM kms_cek WHERE " + in("user_uri", some);
            notices.addAll(query(
                    sql,
                    some,
                    row -> new CekNotice(
                            row.getString(1),
                            Octets.fromHex(row.getString(2)),
                            row.getLong(3),
                            CekState.valueOf(row.getString(4)))));
        }
        return notices;
    }

    @Override
    public List<Octets> due(Instant now, int limit) {
        String sql = "SELECT key_id FROM kms_cek WHERE due_at <= ? ORDER BY due_at FETCH FIRST %d ROWS ONLY"
                .formatted(limit);
        return SqlWork.on(dataSource, connection -> {
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setObject(1, Columns.time(now));
                return read(query, row -> Octets.fromHex(row.getString(1)));
            }
        });
    }

    @Override
    public void postpone(Collection<Octets> keyIds, Instant dueAt) {
        SqlWork.on(dataSource, connection -> {
            List<String> ids = hex(keyIds);
            String sql = "UPDATE kms_cek SET due_at = ? WHERE " + in("key_id", ids);
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setObject(1, Columns.time(dueAt));
                set(update, 2, ids);
                return update.executeUpdate();
            }
        });
    }

    @Override
    public boolean lockSweep() {
        return SqlWork.on(dataSource, connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(SWEEP)) {
                return row.next();
            }
        });
    }

    @Override
    public void remove(Collection<Octets> keyIds) {
        SqlWork.on(dataSource, connection -> {
            List<String> ids = hex(keyIds);
            String sql = "DELETE FROM kms_cek WHERE " + in("key_id", ids);
            try (PreparedStatement delete = connection.prepareStatement(sql)) {
                set(delete, 1, ids);
                return delete.executeUpdate();
            }
        });
    }

    @Override
    public Map<CekState, Long> counts() {
        Map<CekState, Long> counts = new EnumMap<>(CekState.class);
        SqlWork.on(dataSource, connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT state, COUNT(*) FROM kms_cek GROUP BY state")) {
                while (row.next()) {
                    counts.put(CekState.valueOf(row.getString(1)), row.getLong(2));
                }
                return counts;
            }
        });
        return counts;
    }

    private List<StoredRow<StoredCek>> rows(String sql, List<String> values) {
        return query(sql, values, CekColumns::stored);
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, List<String> values, Reader<T> reader) {
        return SqlWork.on(dataSource, (Connection connection) -> {
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                set(query, 1, values);
                return read(query, reader);
            }
        });
    }

    private static <T> List<T> read(PreparedStatement query, Reader<T> reader) throws SQLException {
        List<T> read = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                read.add(reader.read(row));
            }
        }
        return read;
    }

    private static void set(PreparedStatement statement, int first, List<String> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setString(first + i, values.get(i));
        }
    }

    private static String in(String column, List<String> values) {
        return column + " IN (" + String.join(", ", Collections.nCopies(values.size(), "?")) + ")";
    }

    /** Their number is made a power of two by repeating the last, so that few statements serve all numbers. */
    private static List<String> padded(List<String> values) {
        int size = Integer.highestOneBit(Math.max(1, values.size() - 1)) << 1;
        if (values.size() < 2 || values.size() == size) {
            return values;
        }
        List<String> padded = new ArrayList<>(values);
        padded.addAll(Collections.nCopies(size - values.size(), values.get(values.size() - 1)));
        return padded;
    }

    private static List<String> hex(Collection<Octets> octets) {
        return padded(octets.stream().map(Octets::toHex).toList());
    }
}
