package org.mckms.mikeysakke.secret;

import java.util.function.Function;

/** Secret non-negative integer as big-endian octets of fixed width, zeroed on close. */
public final class SecretScalar implements AutoCloseable {
    private final SecretOctets octets;

    private SecretScalar(SecretOctets octets) {
        this.octets = octets;
    }

    /**
     * Copies the big-endian octets and zeroes {@code bigEndian}. The width is kept, leading zero octets included.
     * The range is checked by the operation that uses the scalar.
     */
    public static SecretScalar takeFrom(byte[] bigEndian) {
        return new SecretScalar(SecretOctets.takeFrom(bigEndian));
    }

    /** The width in octets. */
    public int size() {
        return octets.size();
    }

    /**
     * Lends the big-endian octets to {@code action}, which neither changes nor keeps the array.
     *
     * @throws IllegalStateException after close
     */
    public <T> T use(Function<byte[], T> action) {
        return octets.use(action);
    }

    /** Zeroes the octets; closing again does nothing. */
    @Override
    public void close() {
        octets.close();
    }

    @Override
    public String toString() {
        return "SecretScalar[" + octets.size() + " octets, hidden]";
    }
}
