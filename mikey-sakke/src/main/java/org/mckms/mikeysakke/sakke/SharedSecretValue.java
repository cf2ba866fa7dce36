package org.mckms.mikeysakke.sakke;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Function;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.secret.SecretOctets;

/** SSV, the secret that SAKKE carries from a sender to one receiver (RFC 6508 clause 6.2): 16 octets, zeroed on close. */
public final class SharedSecretValue implements AutoCloseable {
    /** Length of an SSV, n = 128 bits in parameter set 1. */
    public static final int OCTETS = 16;

    private final SecretOctets octets;

    private SharedSecretValue(SecretOctets octets) {
        this.octets = octets;
    }

    /**
     * Copies 16 octets and zeroes {@code source}, also when they are refused.
     *
     * @throws InvalidValueException if there are not 16 octets
     */
    public static SharedSecretValue takeFrom(byte[] source) {
        try {
            if (source.length != OCTETS) {
                throw new InvalidValueException("an SSV has 16 octets, not " + source.length);
            }
            return new SharedSecretValue(SecretOctets.copyOf(source));
        } finally {
            Arrays.fill(source, (byte) 0);
        }
    }

    /** A new secret of 16 random octets. */
    public static SharedSecretValue random(SecureRandom random) {
        byte[] octets = new byte[OCTETS];
        random.nextBytes(octets);
        return takeFrom(octets);
    }

    /**
     * Lends the 16 octets to {@code action}, which neither changes nor keeps the array.
     *
     * @throws IllegalStateException after close
     */
    public <T> T use(Function<byte[], T> action) {
        return octets.use(action);
    }

    /**
     * Compares in constant time.
     *
     * @throws IllegalStateException if one of both is closed
     */
    public boolean constantTimeEquals(SharedSecretValue other) {
        return octets.constantTimeEquals(other.octets);
    }

    /** Zeroes the secret; closing again does nothing. */
    @Override
    public void close() {
        octets.close();
    }

    @Override
    public String toString() {
        return "SharedSecretValue[hidden]";
    }
}
