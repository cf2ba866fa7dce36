package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import org.mckms.protocol.codec.WireDialect;
import org.mckms.protocol.message.KmsResponse;

/** A response without secrets and the dialect to write it in. */
public record Answer(KmsResponse response, WireDialect dialect) {

    public Answer {
        requireNonNull(response, "response");
        requireNonNull(dialect, "dialect");
    }
}
