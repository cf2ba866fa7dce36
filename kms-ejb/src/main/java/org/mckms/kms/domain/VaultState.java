package org.mckms.kms.domain;

/** Whether the vault can give master secrets. */
public enum VaultState {
    /** No PIN was given yet, the PIN was refused, or an operator or the self-check deactivated the vault. */
    INACTIVE,
    /** Logged in; the token is the right one. The status names epochs whose keys it lacks, if there are any. */
    ACTIVE,
    /** The token is gone or lacks a key it had; recovery is being tried where a PIN source exists. */
    LOST
}
