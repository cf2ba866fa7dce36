package org.mckms.kms.domain.token;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * That access tokens count no more.
 *
 * @param revokedBy name of the operator
 */
public record TokenRevocation(
        UUID id, RevokedTarget target, Instant revokedAt, String revokedBy, Optional<String> reason) {

    /** The longest life of a token that a setting allows is a week; after this time all that were meant have expired. */
    public static final Duration MEMORY = Duration.ofDays(8);

    public TokenRevocation {
        requireNonNull(id, "id");
        requireNonNull(target, "target");
        requireNonNull(revokedAt, "revokedAt");
        requireNonNull(revokedBy, "revokedBy");
        requireNonNull(reason, "reason");
    }
}
