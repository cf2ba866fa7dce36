package org.mckms.kms.domain;

import java.util.Objects;

/**
 * What an operator is told about the vault. Holds no secret.
 *
 * @param detail     one plain sentence
 * @param tokenLabel label of the token this server expects
 * @param slot       index into the library's list of slots
 * @param generation counts opened tokens since the start of the server; 0 before the first activation
 */
public record VaultStatus(VaultState state, String detail, String tokenLabel, long slot, int generation) {

    public VaultStatus {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(tokenLabel, "tokenLabel");
    }
}
