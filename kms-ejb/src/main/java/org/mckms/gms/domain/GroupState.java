package org.mckms.gms.domain;

/** Where a group stands. */
public enum GroupState {
    /** Members have keys. */
    ACTIVE,
    /** It has ended; its keys are revoked, and members who ask are told so. */
    TORN_DOWN
}
