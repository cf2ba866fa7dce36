package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What an officer orders of a bundle job.
 *
 * @param from   an instant in the first key period; empty: now
 * @param to     an instant in the last key period; empty: the first one is the only one
 * @param reason the officer's words, 1 to 500 characters
 */
public record BundleOrder(Optional<Instant> from, Optional<Instant> to, String reason) {

    public BundleOrder {
        requireNonNull(from, "from");
        requireNonNull(to, "to");
        requireNonNull(reason, "reason");
    }
}
