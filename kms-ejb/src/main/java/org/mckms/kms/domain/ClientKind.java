package org.mckms.kms.domain;

/** What a key management client is; a URI has exactly one kind for ever. */
public enum ClientKind {
    /** A user's client: its identities come from its access token. */
    MC_CLIENT,
    /** An MC server (MCPTT, MCVideo or MCData): certificate and token, one configured entry. */
    MC_SERVER,
    /** A group management server: certificate and token, one configured entry. */
    GMS
}
