package org.mckms.protocol.audit;

/** What the audit trail records. Names are part of the exported format and never change. */
public enum AuditEvent {
    /** First record of a chain: a node started. */
    CHAIN_OPENED,
    /** Last record of a chain: the node stopped in order. */
    CHAIN_CLOSED,
    /** A chain without a last record is taken note of by a later one: its node had crashed. */
    CHAIN_ADOPTED,
    /** Private keys of an identity were given out. */
    KEYS_PROVISIONED,
    /** The KMS certificate was given to a client. */
    KMS_INITIALISED,
    /** Certificates of other KMSs were given to a client. */
    CERT_CACHE_SERVED,
    /** An authenticated caller was refused. */
    REQUEST_REFUSED,
    /** Callers that could not be authenticated, with their number. */
    AUTHENTICATION_FAILED,
    /** The store keys of a fresh token were made. */
    TOKEN_PREPARED,
    /** An epoch with derived masters was made. */
    EPOCH_CREATED,
    /** An epoch with given masters was made. */
    EPOCH_IMPORTED,
    /** An epoch was retired. */
    EPOCH_RETIRED,
    /** The vault was opened with the token's PIN. */
    VAULT_ACTIVATED,
    /** The vault was shut. */
    VAULT_DEACTIVATED,
    /** The token was lost. */
    VAULT_LOST,
    /** The token came back. */
    VAULT_RECOVERED,
    /** The vault could not be opened. */
    ACTIVATION_FAILED,
    /** Computed keys failed the check before release. */
    SELF_CHECK_FAILED,
    /** An identity was blocked. */
    IDENTITY_BLOCKED,
    /** An identity was unblocked. */
    IDENTITY_UNBLOCKED,
    /** What an identity is served was changed. */
    IDENTITY_POLICY_CHANGED,
    /** The issue counter of an identity went up. */
    ISSUE_ADVANCED,
    /** The first of two officers asked for the issue counter to go up. */
    ISSUE_ADVANCE_REQUESTED,
    /** A row of the database does not fit its MAC, or is missing though it must be there. */
    ROW_TAMPERED,
    /** An operator was refused. */
    OPERATOR_REFUSED,
    /** The audit trail was exported. */
    AUDIT_EXPORTED
}
