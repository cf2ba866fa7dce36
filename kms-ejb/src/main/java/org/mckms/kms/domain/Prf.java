package org.mckms.kms.domain;

/** A keyed pseudo-random function of 512 bits: HMAC-SHA-512 under a key that only the implementation knows. */
@FunctionalInterface
public interface Prf {

    /** Octets that {@link #compute} returns. */
    int OUTPUT_OCTETS = 64;

    /** @return 64 fresh octets, which the caller wipes */
    byte[] compute(byte[] message);
}
