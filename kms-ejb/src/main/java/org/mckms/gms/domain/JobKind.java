package org.mckms.gms.domain;

/** Why messages are made by a job. */
public enum JobKind {
    /** A generation of keys for all members. */
    REKEY,
    /** The present keys for newcomers. */
    JOIN,
    /** All members are told that keys are revoked. */
    REVOKE,
    /** Messages that waited for the certificate of a domain. */
    RETRY
}
