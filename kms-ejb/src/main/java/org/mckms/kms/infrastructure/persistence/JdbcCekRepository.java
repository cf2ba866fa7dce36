package org.mckms.kms.infrastructure.persistence;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.mckms.kms.domain.cek.CekNotice;
import org.mckms.kms.domain.cek.CekRepository;
import org.mckms.kms.domain.cek.CekScope;
import org.mckms.kms.domain.cek.CekState;
import org.mckms.kms.domain.cek.StoredCek;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.persistence.SqlBatch;
import org.mckms.platform.persistence.SqlWork;
import org.mckms.platform.row.IndexHash;
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
    private static final String USER = "user_hash = ? AND user_uri = ?";
    private static final String SCOPE = "user_hash = ? AND scope_hash = ?";
    private static final String SESSION = "session_hash = ? AND sip_session = ?";
    private static final String TOKEN = "token_hash = ? AND token_digest = ?";
    private static final String VACATE = "UPDATE kms_cek SET live = NULL WHERE " + SCOPE + " AND live = 'ACTIVE'";
    /** Without a look at any row: the index has it all. */
    private static final String COUNT = "SELECT COUNT(*) FROM kms_cek WHERE user_hash = ?";

    private static final String HOLDING = """
            SELECT COUNT(DISTINCT CASE WHEN state <> 'ENDED' AND sip_session IS NOT NULL THEN scope_hash END),
                   COUNT(CASE WHEN state = 'ENDED' AND acknowledged < revision AND server_uri = ? THEN 1 END)
            FROM kms_cek WHERE user_hash = ? AND user_uri = ?""";

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
        if (!ceks.isEmpty()) {
            SqlWork.on(
                    dataSource,
                    connection -> SqlBatch.execute(connection, CekColumns.UPDATE, ceks, CekColumns::update));
        }
    }

    @Override
    public void vacate(Collection<CekScope> scopes) {
        if (!scopes.isEmpty()) {
            SqlWork.on(
                    dataSource,
                    connection -> SqlBatch.execute(connection, VACATE, scopes, (update, scope) -> {
                        update.setLong(1, IndexHash.of(scope.userUri()));
                        update.setLong(2, scope.hash());
                    }));
        }
    }

    @Override
    public List<StoredRow<StoredCek>> find(Collection<Octets> keyIds) {
        List<String> ids = hex(keyIds);
        return rows(SELECT + Statements.in("key_id", ids) + ORDER, ids);
    }

    @Override
    public List<StoredRow<StoredCek>> lock(Collection<Octets> keyIds) {
        List<String> ids = hex(keyIds);
        return rows(SELECT + Statements.in("key_id", ids) + LOCKED, ids);
    }

    @Override
    public List<Octets> predecessorsOf(Collection<Octets> keyIds) {
        List<String> ids = hex(keyIds);
        String sql = "SELECT predecessor FROM kms_cek WHERE " + Statements.in("key_id", ids)
                + " AND live = 'PENDING' AND predecessor IS NOT NULL";
        return query(sql, ids, ColumnReader::octets);
    }

    @Override
    public List<StoredRow<StoredCek>> ofScope(CekScope scope) {
        return rows(SELECT + SCOPE + ORDER, List.of(IndexHash.of(scope.userUri()), scope.hash()));
    }

    @Override
    public long count(String userUri) {
        return query(COUNT, List.of(IndexHash.of(userUri)), ColumnReader::number)
                .get(0);
    }

    @Override
    public Holding holding(String userUri, String serverUri) {
        return query(
                        HOLDING,
                        List.of(serverUri, IndexHash.of(userUri), userUri),
                        row -> new Holding(row.number(), row.number()))
                .get(0);
    }

    @Override
    public List<StoredRow<StoredCek>> lockOfUser(String userUri) {
        return rows(SELECT + USER + LOCKED, List.of(IndexHash.of(userUri), userUri));
    }

    @Override
    public List<StoredRow<StoredCek>> lockOfUser(String userUri, String session) {
        return rows(SELECT + SESSION + " AND user_uri = ?" + LOCKED, List.of(IndexHash.of(session), session, userUri));
    }

    @Override
    public List<StoredRow<StoredCek>> lockOfToken(Octets tokenDigest) {
        return rows(SELECT + TOKEN + LOCKED, List.of(IndexHash.of(tokenDigest), tokenDigest.toHex()));
    }

    @Override
    public List<StoredRow<StoredCek>> lockOfSession(String serverUri, String session) {
        return rows(
                SELECT + SESSION + " AND server_uri = ?" + LOCKED, List.of(IndexHash.of(session), session, serverUri));
    }

    @Override
    public List<StoredRow<StoredCek>> page(Page page) {
        StringBuilder where = new StringBuilder("1 = 1");
        List<Object> values = new ArrayList<>();
        page.user().ifPresent(user -> {
            where.append(" AND ").append(USER);
            values.add(IndexHash.of(user));
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
            List<String> some = Statements.padded(uris.subList(from, Math.min(uris.size(), from + URIS_AT_ONCE)));
            List<Object> values =
                    new ArrayList<>(some.stream().map(IndexHash::of).toList());
            values.addAll(some);
            String sql = "SELECT user_uri, key_id, revision, state FROM kms_cek WHERE "
                    + Statements.in("user_hash", some) + " AND " + Statements.in("user_uri", some);
            notices.addAll(query(
                    sql,
                    values,
                    row -> new CekNotice(row.text(), row.octets(), row.number(), row.name(CekState.class))));
        }
        return notices;
    }

    @Override
    public List<Octets> due(Instant now, int limit) {
        String sql = "SELECT key_id FROM kms_cek WHERE due_at <= ? ORDER BY due_at FETCH FIRST %d ROWS ONLY"
                .formatted(limit);
        return Statements.query(dataSource, sql, ColumnReader::octets, Columns.time(now));
    }

    @Override
    public void postpone(Collection<Octets> keyIds, Instant dueAt) {
        List<String> ids = hex(keyIds);
        String sql = "UPDATE kms_cek SET due_at = ? WHERE " + Statements.in("key_id", ids);
        Statements.update(
                dataSource,
                sql,
                Stream.concat(Stream.of(Columns.time(dueAt)), ids.stream()).toArray());
    }

    @Override
    public boolean lockSweep() {
        return !Statements.query(dataSource, SWEEP, ColumnReader::text).isEmpty();
    }

    @Override
    public void remove(Collection<Octets> keyIds) {
        List<String> ids = hex(keyIds);
        Statements.update(dataSource, "DELETE FROM kms_cek WHERE " + Statements.in("key_id", ids), ids.toArray());
    }

    @Override
    public Map<CekState, Long> counts() {
        Map<CekState, Long> counts = new EnumMap<>(CekState.class);
        Statements.query(
                dataSource,
                "SELECT state, COUNT(*) FROM kms_cek GROUP BY state",
                row -> counts.put(row.name(CekState.class), row.number()));
        return counts;
    }

    private List<StoredRow<StoredCek>> rows(String sql, List<?> values) {
        return query(sql, values, CekColumns::stored);
    }

    private <T> List<T> query(String sql, List<?> values, Function<ColumnReader, T> reader) {
        return Statements.query(dataSource, sql, reader, values.toArray());
    }

    private static List<String> hex(Collection<Octets> octets) {
        return Statements.padded(octets.stream().map(Octets::toHex).toList());
    }
}
