package org.mckms.kms.domain;

import java.util.Map;

/** How often each store key has encrypted, on all nodes together. Inside a transaction of the caller. */
public interface SealCounts {

    /** AES-GCM with random IVs of 96 bits: far below the 2^32 uses that SP 800-38D allows a key. */
    long MOST = 1L << 28;

    /** From here on an officer is given the next key when asking for missing ones. */
    long MANY = MOST / 2;

    /** Counts one more. */
    void countSeal(String keyLabel);

    /** 0 for a key that never sealed. */
    long seals(String keyLabel);

    /** The keys that ever sealed, with their counts. */
    Map<String, Long> all();
}
