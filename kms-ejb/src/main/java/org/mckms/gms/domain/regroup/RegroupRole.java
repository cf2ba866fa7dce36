package org.mckms.gms.domain.regroup;

/** What this GMS is in a regroup. */
public enum RegroupRole {
    /** It makes the keys and sends them to the partner. */
    PRIMARY,
    /** It was given the keys and hands them on to its own members. */
    PARTNER
}
