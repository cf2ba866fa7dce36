package org.mckms.mikeysakke.sakke;

import java.util.Arrays;
import java.util.function.Function;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.curve.SakkePoints;
import org.mckms.mikeysakke.secret.SecretOctets;

/**
 * RSK, the secret key by which a user opens what was encapsulated to it (RFC 6508 clause 6.1.1): 257 octets {@code 04 || x || y}, a point
 * of order q, zeroed on close.
 */
public final class ReceiverSecretKey implements AutoCloseable {
    private final SecretOctets octets;

    private ReceiverSecretKey(SecretOctets octets) {
        this.octets = octets;
    }

    /**
     * Copies 257 octets and zeroes {@code source}, also when they are refused. The check of the order costs a scalar multiplication.
     *
     * @throws InvalidKeyMaterialException if the octets are not a point of order q
     */
    public static ReceiverSecretKey takeFrom(byte[] source) {
        try {
            SakkePoints.requireOrderQ(source);
            return new ReceiverSecretKey(SecretOctets.copyOf(source));
        } finally {
            Arrays.fill(source, (byte) 0);
        }
    }

    /** Copies the encoding of a multiple of the base point, whose order needs no check, and zeroes {@code source}. */
    static ReceiverSecretKey ofMultiple(byte[] source) {
        return new ReceiverSecretKey(SecretOctets.takeFrom(source));
    }

    /**
     * A key of its own with the same octets, whose order was checked already.
     *
     * @throws IllegalStateException after close
     */
    public ReceiverSecretKey copy() {
        return octets.use(lent -> new ReceiverSecretKey(SecretOctets.copyOf(lent)));
    }

    /**
     * Lends the 257 octets to {@code action}, which neither changes nor keeps the array.
     *
     * @throws IllegalStateException after close
     */
    public <T> T use(Function<byte[], T> action) {
        return octets.use(action);
    }

    /** Zeroes the key; closing again does nothing. */
    @Override
    public void close() {
        octets.close();
    }

    @Override
    public String toString() {
        return "ReceiverSecretKey[hidden]";
    }
}
