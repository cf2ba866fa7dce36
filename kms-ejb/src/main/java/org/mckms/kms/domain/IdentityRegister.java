package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.RowFields;
import org.mckms.platform.row.StoredRow;
import org.mckms.protocol.codec.InteropProfile;
import org.mckms.protocol.codec.UserIdForm;
import org.mckms.protocol.error.KmsException;

/** The identities, each row checked against its MAC before anything is decided by it. */
public final class IdentityRegister {

    private final IdentityRepository rows;
    private final IssuanceRecords issuances;
    private final RowGuard guard;
    private final RevisionMarks marks;

    public IdentityRegister(IdentityRepository rows, IssuanceRecords issuances, RowGuard guard, RevisionMarks marks) {
        this.rows = requireNonNull(rows, "rows");
        this.issuances = requireNonNull(issuances, "issuances");
        this.guard = requireNonNull(guard, "guard");
        this.marks = requireNonNull(marks, "marks");
    }

    /**
     * For a transaction that does not change the identity.
     *
     * @throws KmsException {@code INTERNAL} if the row was changed, removed or put back to an older revision past this
     *     server
     */
    public Optional<RegisteredIdentity> find(String uri) {
        Optional<RegisteredIdentity> identity = trusted(uri, rows.find(uri)).map(this::notOlderThanSeen);
        identity.filter(RegisteredIdentity::isDecidedOn).ifPresent(this::committed);
        return identity;
    }

    /**
     * Holds the row until the transaction ends.
     *
     * @throws KmsException as {@link #find}
     */
    public Optional<RegisteredIdentity> lock(String uri) {
        return trusted(uri, rows.lock(uri)).map(this::notOlderThanSeen);
    }

    /**
     * As {@link #lock} for an operator, whose act heals a row that was put back to an older revision: what comes of it is
     * newer than all that was known.
     */
    public Optional<RegisteredIdentity> lockToHeal(String uri) {
        return trusted(uri, rows.lock(uri)).map(identity -> identity.since(marks.newestOfIdentity(uri)));
    }

    /** Told after the commit: from now on an older revision of the row is a forged one. */
    public void committed(RegisteredIdentity identity) {
        marks.sawIdentity(identity.uri(), identity.revision());
    }

    /** A row that was read before another request changed it is old for a good reason: it is read once more. */
    private RegisteredIdentity notOlderThanSeen(RegisteredIdentity identity) {
        String uri = identity.uri();
        if (identity.revision() >= marks.newestOfIdentity(uri)) {
            return identity;
        }
        return trusted(uri, rows.lock(uri))
                .filter(again -> again.revision() >= marks.newestOfIdentity(uri))
                .orElseThrow(() -> guard.tampered(RowTable.IDENTITY, uri, "it was put back to an older revision"));
    }

    /**
     * A missing row that must be there is looked up once more: another transaction may have added it and issuances between
     * the two looks, when an identity comes twice at once for the first time.
     */
    private Optional<RegisteredIdentity> trusted(String uri, Optional<StoredRow<RegisteredIdentity>> found) {
        Optional<StoredRow<RegisteredIdentity>> row = found;
        if (row.isEmpty() && (marks.newestOfIdentity(uri) > 0 || issuances.existFor(uri))) {
            row = rows.lock(uri);
            if (row.isEmpty()) {
                throw guard.tampered(
                        RowTable.IDENTITY, uri, "the row is missing although it was seen or keys were issued");
            }
        }
        return row.map(r -> guard.trusted(RowTable.IDENTITY, r, this::fields));
    }

    public void add(RegisteredIdentity identity) {
        rows.insert(protect(identity));
    }

    public void change(RegisteredIdentity identity) {
        rows.update(protect(identity));
    }

    /** A page without any check of MACs; see {@link #isIntact}. */
    public List<StoredRow<RegisteredIdentity>> page(Optional<String> after, int limit) {
        return rows.page(after, limit);
    }

    /** A row without any check of its MAC; see {@link #isIntact}. */
    public Optional<StoredRow<RegisteredIdentity>> findUnchecked(String uri) {
        return rows.find(uri);
    }

    /**
     * Those of some identities whose rows say that they are blocked, without any check of MACs: for many at once, to stop
     * telling them what they could still be told, and for nothing that serves anybody.
     */
    public Set<String> blockedAmong(Collection<String> uris) {
        return rows.blockedAmong(uris);
    }

    /** Asks the token whether a row is what this server wrote last, as far as this node knows. */
    public boolean isIntact(MacProtected<RegisteredIdentity> identity) {
        RegisteredIdentity row = identity.row();
        return row.revision() >= marks.newestOfIdentity(row.uri()) && guard.matches(fields(row), identity.mac());
    }

    private MacProtected<RegisteredIdentity> protect(RegisteredIdentity identity) {
        return new MacProtected<>(identity, guard.mac(fields(identity)));
    }

    /**
     * The two profiles that once had columns of their own stand where those stood, and others at the end where there are
     * any: so the MACs of rows of older releases hold.
     */
    private RowFields fields(RegisteredIdentity identity) {
        Set<InteropProfile> profiles = identity.policy().orderedProfiles();
        boolean userIdHex = profiles.remove(InteropProfile.USER_ID_HEX);
        profiles.remove(InteropProfile.UID_AS_HEX_TEXT);
        RowFields fields = guard.fields(RowTable.IDENTITY)
                .text(identity.uri())
                .name(identity.kind())
                .time(identity.firstSeen())
                .time(identity.registeredAt())
                .text(identity.blockedReason())
                .name(identity.policy().periodsServed())
                .name(identity.policy().identityEncoding())
                .name(userIdHex ? UserIdForm.HEX : UserIdForm.BASE64)
                .number(identity.issue())
                .number(identity.revision());
        return profiles.isEmpty()
                ? fields
                : fields.texts(profiles.stream().map(Enum::name).toList());
    }
}
