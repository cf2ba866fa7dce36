package org.mckms.kms.domain;

/** Which key periods a client gets when its request names no time. */
public enum PeriodsServed {
    /** The current one only: a public client keeps only the last key set it reads. */
    CURRENT,
    /** The current one, then the next one. */
    CURRENT_AND_NEXT
}
