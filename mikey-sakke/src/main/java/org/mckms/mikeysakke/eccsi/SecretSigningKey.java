package org.mckms.mikeysakke.eccsi;

import java.util.function.Function;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.secret.SecretOctets;

/** SSK, the secret part of a user's ECCSI key (RFC 6507 clause 5.1): 32 octets, in 1..q-1, zeroed on close. */
public final class SecretSigningKey implements AutoCloseable {
    private final SecretOctets octets;

    private SecretSigningKey(SecretOctets octets) {
        this.octets = octets;
    }

    /**
     * Copies 32 big-endian octets and zeroes {@code source}, also when they are refused.
     *
     * @throws InvalidKeyMaterialException if there are not 32 octets or the value is not in 1..q-1
     */
    public static SecretSigningKey takeFrom(byte[] source) {
        return new SecretSigningKey(P256Secret.takeFrom(source, "SSK"));
    }

    /**
     * Lends the 32 octets to {@code action}, which neither changes nor keeps the array.
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
        return "SecretSigningKey[hidden]";
    }
}
