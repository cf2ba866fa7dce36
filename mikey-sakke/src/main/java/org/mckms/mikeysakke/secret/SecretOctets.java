package org.mckms.mikeysakke.secret;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Secret octet string that is zeroed on close.
 *
 * <p>Several threads may use it at once; the owner closes it after the last use has returned.
 */
public final class SecretOctets implements AutoCloseable {
    private final byte[] octets;
    private volatile boolean closed;

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
        requireOpen();
        return action.apply(octets);
    }

    /**
     * Compares in a time that depends on the lengths only.
     *
     * @throws IllegalStateException if one of both is closed
     */
    public boolean constantTimeEquals(SecretOctets other) {
        requireOpen();
        other.requireOpen();
        return MessageDigest.isEqual(octets, other.octets);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("secret was used after it was closed");
        }
    }

    /** Zeroes the octets; closing again does nothing. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(octets, (byte) 0);
    }

    @Override
    public String toString() {
        return "SecretOctets[" + octets.length + " octets, hidden]";
    }
}
