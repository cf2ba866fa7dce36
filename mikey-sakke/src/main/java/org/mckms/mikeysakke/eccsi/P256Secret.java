package org.mckms.mikeysakke.eccsi;

import java.util.Arrays;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.reference.Curve;
import org.mckms.mikeysakke.secret.SecretOctets;

/** Makes the holders of secret scalars of P-256. */
final class P256Secret {
    /** Length of a scalar of P-256. */
    static final int OCTETS = 32;

    private P256Secret() {}

    /**
     * Takes a scalar in 1..q-1 and zeroes {@code source}, whether it is right or not.
     *
     * @throws InvalidKeyMaterialException if the source has not 32 octets or the value is out of range
     */
    static SecretOctets takeFrom(byte[] source, String name) {
        try {
            if (source.length != OCTETS) {
                throw new InvalidKeyMaterialException(name + " has 32 octets, not " + source.length);
            }
            if (Curve.P256.scalar(source).isZero()) {
                throw new InvalidKeyMaterialException(name + " is zero");
            }
            return SecretOctets.copyOf(source);
        } finally {
            Arrays.fill(source, (byte) 0);
        }
    }
}
