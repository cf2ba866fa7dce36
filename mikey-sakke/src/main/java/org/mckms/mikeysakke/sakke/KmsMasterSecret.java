package org.mckms.mikeysakke.sakke;

import java.util.Arrays;
import java.util.function.Function;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.reference.Curve;
import org.mckms.mikeysakke.reference.Scalar;
import org.mckms.mikeysakke.secret.SecretOctets;

/** z_T, the SAKKE master secret of a KMS (RFC 6508 clause 2.2): 128 octets, in 2..q-1, zeroed on close. */
public final class KmsMasterSecret implements AutoCloseable {
    private static final int OCTETS = 128;

    private final SecretOctets octets;

    private KmsMasterSecret(SecretOctets octets) {
        this.octets = octets;
    }

    /**
     * Copies up to 128 big-endian octets, pads them on the left to 128, and zeroes {@code source}, also when they are refused.
     *
     * @throws InvalidKeyMaterialException if there are more octets or the value is not in 2..q-1
     */
    public static KmsMasterSecret takeFrom(byte[] source) {
        try {
            if (source.length > OCTETS) {
                throw new InvalidKeyMaterialException("z_T has at most 128 octets, not " + source.length);
            }
            Scalar z = Curve.SAKKE.scalar(source);
            if (z.isZero() || z.isOne()) {
                throw new InvalidKeyMaterialException("z_T is below 2");
            }
            return new KmsMasterSecret(SecretOctets.takeFrom(z.encode()));
        } finally {
            Arrays.fill(source, (byte) 0);
        }
    }

    /** Z_T = [z_T]P. */
    public KmsPublicKey publicKey() {
        byte[] zT = Curve.SAKKE.multiplyGenerator(scalar()).encode();
        return new KmsPublicKey(Octets.copyOf(zT));
    }

    /**
     * Lends the 128 octets to {@code action}, which neither changes nor keeps the array.
     *
     * @throws IllegalStateException after close
     */
    public <T> T use(Function<byte[], T> action) {
        return octets.use(action);
    }

    Scalar scalar() {
        return octets.use(Curve.SAKKE::scalar);
    }

    /** Zeroes the secret; closing again does nothing. */
    @Override
    public void close() {
        octets.close();
    }

    @Override
    public String toString() {
        return "KmsMasterSecret[hidden]";
    }
}
