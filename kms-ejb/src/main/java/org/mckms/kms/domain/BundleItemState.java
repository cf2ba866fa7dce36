package org.mckms.kms.domain;

/** Where one bundle of a job stands. */
public enum BundleItemState {
    /** Not made yet. */
    OPEN,
    /** Its file is written. */
    DONE,
    /** It cannot be made; the item says why. */
    FAILED
}
