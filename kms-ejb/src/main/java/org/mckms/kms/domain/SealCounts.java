package org.mckms.kms.domain;

import java.util.Map;

/** How often each store key has encrypted, on all nodes together. Inside a transaction of the caller. */
public interface SealCounts {

    /** Counts one more. */
    void countSeal(String keyLabel);

    /** 0 for a key that never sealed. */
    long seals(String keyLabel);

    /** The keys that ever sealed, with their counts. */
    Map<String, Long> all();
}
