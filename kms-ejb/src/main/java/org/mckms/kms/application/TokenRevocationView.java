package org.mckms.kms.application;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.mckms.kms.domain.token.RevokedTarget;
import org.mckms.kms.domain.token.TokenRevocation;

/**
 * A revocation of access tokens as operators see it.
 *
 * @param issuer       with {@code jti}, of one token; empty for all of an identity
 * @param uri          with {@code issuedBefore}, of all tokens of an identity; empty for one token
 * @param revokedBy    name of the operator
 */
public record TokenRevocationView(
        UUID id,
        Optional<String> issuer,
        Optional<String> jti,
        Optional<String> uri,
        Optional<Instant> issuedBefore,
        Instant revokedAt,
        String revokedBy,
        Optional<String> reason) {

    static TokenRevocationView of(TokenRevocation revocation) {
        Optional<RevokedTarget.OneToken> one = Optional.of(revocation.target())
                .filter(RevokedTarget.OneToken.class::isInstance)
                .map(RevokedTarget.OneToken.class::cast);
        Optional<RevokedTarget.IssuedBefore> older = Optional.of(revocation.target())
                .filter(RevokedTarget.IssuedBefore.class::isInstance)
                .map(RevokedTarget.IssuedBefore.class::cast);
        return new TokenRevocationView(
                revocation.id(),
                one.map(RevokedTarget.OneToken::issuer),
                one.map(RevokedTarget.OneToken::jti),
                older.map(RevokedTarget.IssuedBefore::uri),
                older.map(RevokedTarget.IssuedBefore::moment),
                revocation.revokedAt(),
                revocation.revokedBy(),
                revocation.reason());
    }
}
