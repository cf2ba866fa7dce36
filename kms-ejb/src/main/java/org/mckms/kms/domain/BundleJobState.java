package org.mckms.kms.domain;

/** Where a job that makes bundles stands. */
public enum BundleJobState {
    /** Its list is being received; nothing is made yet. */
    LOADING,
    /** Bundles are made by whichever node has time. */
    RUNNING,
    /** Every item is done or has failed. */
    FINISHED,
    /** An operator ended it; what was made stays. */
    CANCELLED
}
