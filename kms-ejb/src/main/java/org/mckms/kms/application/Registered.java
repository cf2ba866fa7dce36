package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.mckms.kms.domain.ClientKeysId;
import org.mckms.mikeysakke.Octets;

/**
 * Where a registration stands after a call of one officer.
 *
 * @param file  the sealed registration file; empty if another officer has to approve first, or if the keys were imported
 * @param until until when the other officer may approve, else until when the keys wait for their first use
 */
public record Registered(ClientKeysId id, Outcome outcome, Instant until, Optional<Octets> file) {

    /** What the call led to. */
    public enum Outcome {
        /** The first officer's request is stored; another officer has to approve. */
        REQUESTED,
        /** The keys are registered. */
        REGISTERED
    }

    public Registered {
        requireNonNull(id, "id");
        requireNonNull(outcome, "outcome");
        requireNonNull(until, "until");
        requireNonNull(file, "file");
    }
}
