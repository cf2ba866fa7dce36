package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.mckms.kms.domain.token.RevokedTarget;
import org.mckms.kms.domain.token.TokenRevocation;
import org.mckms.platform.audit.AuditArchive;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.audit.AuditRecord;

/**
 * Revocations of access tokens as the audit trail has them. They are read from there when the server starts, so that a row
 * taken out of the database while it was down takes nothing back. One that was recorded and then not committed counts as
 * well: it was ordered.
 */
public final class TokenRevocationTrail {

    private static final String ISSUER = "issuer";
    private static final String JTI = "jti";
    private static final String ISSUED_BEFORE = "issuedBefore";
    private static final String REVOCATION = "revocation";
    private static final String REVOKED_AT = "revokedAt";
    private static final String REVOKED_BY = "revokedBy";
    private static final String REASON = "reason";

    private final AuditArchive archive;

    public TokenRevocationTrail(AuditArchive archive) {
        this.archive = requireNonNull(archive, "archive");
    }

    /** The record of a revocation. */
    static AuditNote of(TokenRevocation revocation, AuditNote note) {
        AuditNote named = note.with(REVOCATION, revocation.id().toString())
                .with(REVOKED_AT, revocation.revokedAt().toString())
                .with(REVOKED_BY, revocation.revokedBy());
        if (revocation.target() instanceof RevokedTarget.OneToken one) {
            named = named.with(ISSUER, one.issuer()).with(JTI, one.jti());
        } else if (revocation.target() instanceof RevokedTarget.IssuedBefore before) {
            named = named.with(ISSUED_BEFORE, before.moment().toString());
        }
        AuditNote complete = named;
        return revocation.reason().map(reason -> complete.with(REASON, reason)).orElse(complete);
    }

    /** What a revocation is of, as the subject of its record. */
    static String subject(RevokedTarget target) {
        return target instanceof RevokedTarget.IssuedBefore before
                ? before.uri()
                : ((RevokedTarget.OneToken) target).issuer();
    }

    /**
     * Reads all of them.
     *
     * @throws org.mckms.protocol.error.KmsException {@code DATABASE_UNAVAILABLE} if the database does not answer
     */
    public void read(Consumer<TokenRevocation> taker) {
        TrailReader.read(archive, AuditEvent.TOKEN_REVOKED, record -> {
            if (record.outcome().equals(AuditNote.OK)) {
                taker.accept(revocation(record));
            }
        });
    }

    private static TokenRevocation revocation(AuditRecord record) {
        Map<String, String> details = record.details();
        RevokedTarget target = details.containsKey(JTI)
                ? new RevokedTarget.OneToken(details.get(ISSUER), details.get(JTI))
                : new RevokedTarget.IssuedBefore(record.subject(), Instant.parse(details.get(ISSUED_BEFORE)));
        return new TokenRevocation(
                UUID.fromString(details.get(REVOCATION)),
                target,
                Instant.parse(details.get(REVOKED_AT)),
                details.get(REVOKED_BY),
                Optional.ofNullable(details.get(REASON)));
    }
}
