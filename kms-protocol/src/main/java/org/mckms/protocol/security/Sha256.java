package org.mckms.protocol.security;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.mckms.mikeysakke.Octets;

/** SHA-256 (FIPS 180-4). */
public final class Sha256 {
    private Sha256() {}

    /** The digest of some octets. */
    public static Octets of(byte[] octets) {
        return Octets.copyOf(begin().digest(octets));
    }

    /** A digest to be fed. */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
