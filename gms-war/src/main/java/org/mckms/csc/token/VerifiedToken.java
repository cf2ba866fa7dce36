package org.mckms.csc.token;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mckms.platform.config.TokenIssuerSettings;

/**
 * An access token that holds: signature, issuer, audience, times and kind. What it allows is another question, see
 * {@link CallerIdentification}.
 *
 * @param id what {@code jti} says
 * @param issuedAt what {@code iat} says
 * @param expiresAt what {@code exp} says, without leeway
 * @param scopes scopes granted
 * @param identities identity claims by service, syntax and domain checked
 */
record VerifiedToken(
        TokenIssuerSettings issuer,
        String clientId,
        Optional<String> subject,
        Optional<String> id,
        Optional<Instant> issuedAt,
        Instant expiresAt,
        Set<String> scopes,
        Map<McService, IdentityUri> identities) {

    VerifiedToken {
        scopes = Set.copyOf(scopes);
        identities = Map.copyOf(identities);
    }
}
