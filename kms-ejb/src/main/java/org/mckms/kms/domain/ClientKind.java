package org.mckms.kms.domain;

/** What a key management client is; a URI has exactly one kind for ever. */
public enum ClientKind {
    /** A user's client: its identities come from its access token. */
    MC_CLIENT,
    /** An MC server (MCPTT, MCVideo or MCData): certificate and token, one configured entry. */
    MC_SERVER,
    /** A group management server: certificate and token, one configured entry. */
    GMS,
    /**
     * The group management server of a partner: certificate and token, one configured entry. It speaks with this system's
     * GMS only; its keys come from its own KMS, so this one never serves it.
     */
    PARTNER_GMS
}
