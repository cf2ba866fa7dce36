package org.mckms.kms.infrastructure.persistence;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.ClientPolicy;
import org.mckms.kms.domain.IdentityRepository;
import org.mckms.kms.domain.PeriodsServed;
import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/**
 * Identities in table {@code kms_identity}, through the connection of the running transaction: every request of a client comes
 * by here, and each look is at the row as it is committed then.
 */
@ApplicationScoped
public class JdbcIdentityRepository implements IdentityRepository {

    private static final String CHANGING =
            "kind, first_seen, registered_at, blocked, blocked_reason, periods_served, profiles, issue, revision, row_mac";
    private static final String SELECT = "SELECT uri, " + CHANGING + " FROM kms_identity WHERE ";
    private static final String FIND = SELECT + "uri = ?";
    private static final String LOCK = FIND + " FOR UPDATE";
    private static final String PAGE = SELECT + "uri > ? ORDER BY uri FETCH FIRST ? ROWS ONLY";
    private static final String INSERT =
            "INSERT INTO kms_identity (" + CHANGING + ", uri) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String UPDATE =
            "UPDATE kms_identity SET " + CHANGING.replace(",", " = ?,") + " = ? WHERE uri = ?";
    private static final String BLOCKED = "SELECT uri FROM kms_identity WHERE blocked = TRUE AND ";

    @Resource(lookup = "java:jboss/datasources/KmsDS")
    DataSource dataSource;

    @Override
    public Optional<StoredRow<RegisteredIdentity>> find(String uri) {
        return rows(FIND, uri).stream().findFirst();
    }

    @Override
    public Optional<StoredRow<RegisteredIdentity>> lock(String uri) {
        return rows(LOCK, uri).stream().findFirst();
    }

    @Override
    public void insert(MacProtected<RegisteredIdentity> identity) {
        Statements.update(dataSource, INSERT, values(identity));
    }

    @Override
    public Set<String> blockedAmong(Collection<String> uris) {
        if (uris.isEmpty()) {
            return Set.of();
        }
        List<String> some = Statements.padded(List.copyOf(uris));
        return Set.copyOf(
                Statements.query(dataSource, BLOCKED + Statements.in("uri", some), ColumnReader::text, some.toArray()));
    }

    @Override
    public void update(MacProtected<RegisteredIdentity> identity) {
        if (Statements.update(dataSource, UPDATE, values(identity)) != 1) {
            throw new IllegalStateException(
                    "no row to be changed: identity " + identity.row().uri());
        }
    }

    @Override
    public List<StoredRow<RegisteredIdentity>> page(Optional<String> after, int limit) {
        return rows(PAGE, after.orElse(""), limit);
    }

    private List<StoredRow<RegisteredIdentity>> rows(String sql, Object... values) {
        return Statements.query(dataSource, sql, JdbcIdentityRepository::stored, values);
    }

    private static Object[] values(MacProtected<RegisteredIdentity> stored) {
        RegisteredIdentity identity = stored.row();
        return new Object[] {
            identity.kind().name(),
            Columns.time(identity.firstSeen()),
            Columns.timeOrNull(identity.registeredAt()),
            identity.isBlocked(),
            identity.blockedReason().orElse(null),
            identity.policy().periodsServed().name(),
            Columns.profiles(identity.policy().orderedProfiles()),
            identity.issue(),
            identity.revision(),
            stored.mac().toHex(),
            identity.uri()
        };
    }

    private static StoredRow<RegisteredIdentity> stored(ColumnReader row) {
        String uri = row.text();
        return Columns.stored(uri, () -> new MacProtected<>(identity(uri, row), row.octets()));
    }

    private static RegisteredIdentity identity(String uri, ColumnReader row) {
        return new RegisteredIdentity(
                uri,
                row.name(ClientKind.class),
                row.time(),
                row.optionalTime(),
                blockedReason(row.flag(), row.optionalText()),
                new ClientPolicy(row.name(PeriodsServed.class), Columns.profiles(row.text())),
                row.smallNumber(),
                row.number());
    }

    /** The flag decides, so that a row with a reason but no flag has another MAC than one with both. */
    private static Optional<String> blockedReason(boolean blocked, Optional<String> reason) {
        return blocked ? Optional.of(reason.orElse("")) : Optional.empty();
    }
}
