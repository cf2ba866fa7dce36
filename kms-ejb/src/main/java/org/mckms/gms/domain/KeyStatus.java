package org.mckms.gms.domain;

/** Where a key of a group stands. */
public enum KeyStatus {
    /** Members use it, from its activation on. */
    CURRENT,
    /** A newer generation has taken its place. */
    SUPERSEDED,
    /** It must not be used any more; members are told so. */
    REVOKED,
    /** Its time is over. */
    EXPIRED
}
