package org.mckms.kms.domain.token;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.mckms.mikeysakke.Octets;

/**
 * Of an access token that holds, what decides whether it was revoked.
 *
 * @param digest    names it ({@link TokenDigest}); empty if it has no identifier
 * @param uris      identities that it claims, and those that its holder has by it
 * @param issuedAt  what {@code iat} says, in whole seconds; empty if it says nothing
 * @param expiresAt what {@code exp} says, without leeway
 */
public record PresentedToken(Optional<Octets> digest, Set<String> uris, Optional<Instant> issuedAt, Instant expiresAt) {

    public PresentedToken {
        requireNonNull(digest, "digest");
        uris = Set.copyOf(uris);
        requireNonNull(issuedAt, "issuedAt");
        requireNonNull(expiresAt, "expiresAt");
    }
}
