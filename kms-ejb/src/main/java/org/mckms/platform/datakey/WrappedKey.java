package org.mckms.platform.datakey;

import static java.util.Objects.requireNonNull;

import org.mckms.mikeysakke.Octets;

/**
 * A data key as the database has it.
 *
 * @param label      the token's key that wraps it
 * @param iv         12 random octets
 * @param ciphertext 48 octets: the data key and the tag of AES-256-GCM
 */
public record WrappedKey(String label, Octets iv, Octets ciphertext) {

    public WrappedKey {
        requireNonNull(label, "label");
        requireNonNull(iv, "iv");
        requireNonNull(ciphertext, "ciphertext");
    }
}
