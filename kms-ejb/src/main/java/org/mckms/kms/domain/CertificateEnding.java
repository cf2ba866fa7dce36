package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * How a state of a partner certificate ended.
 *
 * @param by name of the operator
 */
public record CertificateEnding(Kind kind, String by, Instant at, Optional<String> reason) {

    public CertificateEnding {
        requireNonNull(kind, "kind");
        requireNonNull(by, "by");
        requireNonNull(at, "at");
        requireNonNull(reason, "reason");
    }

    /** What was done. */
    public enum Kind {
        /** Another certificate came under the same CertUri. */
        REPLACED,
        /** It is marked as revoked and stays in the cache, so that clients hear of it. */
        REVOKED,
        /** It is in no cache any more. */
        REMOVED
    }
}
