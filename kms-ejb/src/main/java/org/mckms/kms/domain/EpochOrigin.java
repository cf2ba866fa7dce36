package org.mckms.kms.domain;

/** Where the master secrets of an epoch come from. */
public enum EpochOrigin {
    /** Derived from {@code kms.root.<epoch>}, made on the token: no master is on disk outside the token. */
    DERIVED,
    /** Given numbers, kept sealed in the database under {@code kms.store.master.<epoch>}. */
    IMPORTED
}
