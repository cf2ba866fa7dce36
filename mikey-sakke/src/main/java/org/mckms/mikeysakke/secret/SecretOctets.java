package org.mckms.mikeysakke.secret;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Secret octet string that is zeroed on close.
 *
 * <p>Several threads may use it at once. Closing ends with the last use: an action that has begun sees the whole secret, never one that
 * is zeroed in part, which could give the rest away through its result.
 */
public final class SecretOctets implements AutoCloseable {
    private final byte[] octets;
    /** Actions under way; guarded by this. */
    private int borrowers;
    /** Guarded by this. */
    private boolean closed;

    private SecretOctets(byte[] octets) {
        this.octets = octets;
    }

    /** Copies {@code source} and zeroes it. */
    public static SecretOctets takeFrom(byte[] source) {
        SecretOctets taken = new SecretOctets(source.clone());
        Arrays.fill(source, (byte) 0);
        return taken;
    }

    /** Copies {@code source} and leaves it as it is; the caller wipes it. */
    public static SecretOctets copyOf(byte[] source) {
        return new SecretOctets(source.clone());
    }

    /** The number of octets, known after close too. */
    public int size() {
        return octets.length;
    }

    /**
     * Lends the octets to {@code action}, which neither changes nor keeps the array.
     *
     * @throws IllegalStateException after close
     */
    public <T> T use(Function<byte[], T> action) {
        borrow();
        try {
            return action.apply(octets);
        } finally {
            giveBack();
        }
    }

    /**
     * Compares in a time that depends on the lengths only.
     *
     * @throws IllegalStateException if one of both is closed
     */
    public boolean constantTimeEquals(SecretOctets other) {
        borrow();
        try {
            other.borrow();
            try {
                return MessageDigest.isEqual(octets, other.octets);
            } finally {
                other.giveBack();
            }
        } finally {
            giveBack();
        }
    }

    private synchronized void borrow() {
        if (closed) {
            throw new IllegalStateException("secret was used after it was closed");
        }
        borrowers++;
    }

    private synchronized void giveBack() {
        borrowers--;
        wipeIfLast();
    }

    /** Refuses new uses and zeroes the octets, at once or when the last use that has begun returns; closing again does nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        wipeIfLast();
    }

    private void wipeIfLast() {
        if (closed && borrowers == 0) {
            Arrays.fill(octets, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "SecretOctets[" + octets.length + " octets, hidden]";
    }
}
