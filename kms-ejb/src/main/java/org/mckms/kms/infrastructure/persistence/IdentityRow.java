package org.mckms.kms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.ClientPolicy;
import org.mckms.kms.domain.PeriodsServed;
import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

@Entity
@Table(name = "kms_identity")
class IdentityRow {

    @Id
    @Column(name = "uri")
    String uri;

    @Column(name = "kind")
    String kind;

    @Column(name = "first_seen")
    OffsetDateTime firstSeen;

    @Column(name = "registered_at")
    OffsetDateTime registeredAt;

    @Column(name = "blocked")
    boolean blocked;

    @Column(name = "blocked_reason")
    String blockedReason;

    @Column(name = "periods_served")
    String periodsServed;

    @Column(name = "profiles")
    String profiles;

    @Column(name = "issue")
    int issue;

    @Column(name = "revision")
    long revision;

    @Column(name = "row_mac")
    String rowMac;

    void take(MacProtected<RegisteredIdentity> stored) {
        RegisteredIdentity identity = stored.row();
        uri = identity.uri();
        kind = identity.kind().name();
        firstSeen = Columns.time(identity.firstSeen());
        registeredAt = Columns.timeOrNull(identity.registeredAt());
        blocked = identity.isBlocked();
        blockedReason = identity.blockedReason().orElse(null);
        periodsServed = identity.policy().periodsServed().name();
        profiles = Columns.profiles(identity.policy().orderedProfiles());
        issue = identity.issue();
        revision = identity.revision();
        rowMac = stored.mac().toHex();
    }

    StoredRow<RegisteredIdentity> stored() {
        return Columns.stored(uri, this::value);
    }

    /** The flag decides, so that a row with a reason but no flag has another MAC than one with both. */
    private MacProtected<RegisteredIdentity> value() {
        Optional<String> reason = blocked ? Optional.of(blockedReason == null ? "" : blockedReason) : Optional.empty();
        RegisteredIdentity identity = new RegisteredIdentity(
                uri,
                ClientKind.valueOf(kind),
                firstSeen.toInstant(),
                Columns.instant(registeredAt),
                reason,
                new ClientPolicy(PeriodsServed.valueOf(periodsServed), Columns.profiles(profiles)),
                issue,
                revision);
        return new MacProtected<>(identity, Octets.fromHex(rowMac));
    }
}
