package org.mckms.kms.domain;

/** How often each store key has encrypted, on all nodes together. Inside a transaction of the caller. */
public interface SealCounts {

    /** Counts one more. */
    void countSeal(String keyLabel);

    /** 0 for a key that never sealed. */
    long seals(String keyLabel);
}
