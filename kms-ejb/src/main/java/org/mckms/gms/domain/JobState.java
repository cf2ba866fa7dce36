package org.mckms.gms.domain;

/** Where a job that makes messages stands. */
public enum JobState {
    /** Messages are made by whichever node has time. */
    RUNNING,
    /** Somebody holds it up. */
    PAUSED,
    /** Every member it is for has a message, or one that waits for the certificate of its domain. */
    FINISHED,
    /** Somebody ended it, or newer keys made it pointless; what was made stays. */
    CANCELLED
}
