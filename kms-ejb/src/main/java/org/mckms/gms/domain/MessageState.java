package org.mckms.gms.domain;

/** Where the message that brings one key to one member stands. */
public enum MessageState {
    /** It cannot be made yet: the certificate of the member's domain is unknown, or a job is still on the way to it. */
    WAITING,
    /** It is stored and ready to fetch. */
    PENDING,
    /** The member fetched it, or it was pushed to the member. */
    DELIVERED,
    /** The member stored the key. */
    ACKNOWLEDGED,
    /** The member could not take the key and said why. */
    FAILED
}
