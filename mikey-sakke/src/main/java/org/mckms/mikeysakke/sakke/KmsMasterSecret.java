package org.mckms.mikeysakke.sakke;

import java.util.Arrays;
import java.util.function.Function;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.ScalarSakkeCore;
import org.mckms.mikeysakke.field.OrderField;
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
            if (!OrderField.SAKKE.isBelow(source)) {
                throw new InvalidKeyMaterialException("z_T is not below q");
            }
            if (isBelowTwo(source)) {
                throw new InvalidKeyMaterialException("z_T is below 2");
            }
            byte[] padded = new byte[OCTETS];
            System.arraycopy(source, 0, padded, OCTETS - source.length, source.length);
            return new KmsMasterSecret(SecretOctets.takeFrom(padded));
        } finally {
            Arrays.fill(source, (byte) 0);
        }
    }

    private static boolean isBelowTwo(byte[] bigEndian) {
        int higherBits = 0;
        for (int i = 0; i < bigEndian.length - 1; i++) {
            higherBits |= bigEndian[i];
        }
        if (bigEndian.length > 0) {
            higherBits |= bigEndian[bigEndian.length - 1] & ~1;
        }
        return higherBits == 0;
    }

    /** Z_T = [z_T]P. */
    public KmsPublicKey publicKey() {
        byte[] zT = octets.use(z -> new ScalarSakkeCore().multiplyGenerator(new byte[][] {z}))[0];
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

    /** z_T as an element of {@link OrderField#SAKKE} that the caller wipes. */
    long[] element() {
        return octets.use(z -> {
            long[] element = OrderField.SAKKE.newElement();
            OrderField.SAKKE.decode(element, z);
            return element;
        });
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
