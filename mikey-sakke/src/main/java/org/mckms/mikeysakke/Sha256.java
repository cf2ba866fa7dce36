package org.mckms.mikeysakke;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, the only hash function of this library. */
public final class Sha256 {
    /** Length of a hash value. */
    public static final int OCTETS = 32;

    private Sha256() {}

    /** The hash of public octets. */
    public static Octets of(Octets... parts) {
        MessageDigest digest = digest();
        for (Octets part : parts) {
            digest.update(part.toByteArray());
        }
        return Octets.copyOf(digest.digest());
    }

    /** The hash of the concatenation of {@code parts}, in an array that the caller wipes when it is secret. */
    public static byte[] of(byte[]... parts) {
        MessageDigest digest = digest();
        try {
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } finally {
            // after digest() the JDK's SHA-256 still holds the last block and the hash value; reset() clears both
            digest.reset();
        }
    }

    /** A new computation, for public input that comes in many parts. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
