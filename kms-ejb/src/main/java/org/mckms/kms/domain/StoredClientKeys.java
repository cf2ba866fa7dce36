package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A row of client keys as a repository found it; not yet to be trusted.
 *
 * @param id      names the row for the audit trail
 * @param content empty if the columns hold what this server never writes
 */
public record StoredClientKeys(String id, Optional<Content> content) {

    public StoredClientKeys {
        requireNonNull(id, "id");
        requireNonNull(content, "content");
    }

    /** A row this server is about to write. */
    public static StoredClientKeys of(ClientKeysRecord record, SealedClientKeys keys) {
        return new StoredClientKeys(record.id().toString(), Optional.of(new Content(record, keys)));
    }

    /** The public part, and the keys, whose tag protects both. */
    public record Content(ClientKeysRecord record, SealedClientKeys keys) {

        public Content {
            requireNonNull(record, "record");
            requireNonNull(keys, "keys");
        }
    }
}
