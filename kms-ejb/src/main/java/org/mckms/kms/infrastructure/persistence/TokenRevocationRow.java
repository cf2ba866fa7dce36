package org.mckms.kms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.mckms.kms.domain.token.RevokedTarget;
import org.mckms.kms.domain.token.TokenRevocation;

@Entity
@Table(name = "kms_token_revocation")
class TokenRevocationRow {

    @Id
    @Column(name = "id")
    String id;

    @Column(name = "issuer")
    String issuer;

    @Column(name = "jti")
    String jti;

    @Column(name = "identity_uri")
    String uri;

    @Column(name = "issued_before")
    OffsetDateTime issuedBefore;

    @Column(name = "revoked_at")
    OffsetDateTime revokedAt;

    @Column(name = "revoked_by")
    String revokedBy;

    @Column(name = "reason")
    String reason;

    static TokenRevocationRow of(TokenRevocation revocation) {
        TokenRevocationRow row = new TokenRevocationRow();
        row.id = revocation.id().toString();
        if (revocation.target() instanceof RevokedTarget.OneToken one) {
            row.issuer = one.issuer();
            row.jti = one.jti();
        } else if (revocation.target() instanceof RevokedTarget.IssuedBefore before) {
            row.uri = before.uri();
            row.issuedBefore = Columns.time(before.moment());
        }
        row.revokedAt = Columns.time(revocation.revokedAt());
        row.revokedBy = revocation.revokedBy();
        row.reason = revocation.reason().orElse(null);
        return row;
    }

    TokenRevocation revocation() {
        RevokedTarget target = jti == null
                ? new RevokedTarget.IssuedBefore(uri, issuedBefore.toInstant())
                : new RevokedTarget.OneToken(issuer, jti);
        return new TokenRevocation(
                UUID.fromString(id), target, revokedAt.toInstant(), revokedBy, Optional.ofNullable(reason));
    }
}
