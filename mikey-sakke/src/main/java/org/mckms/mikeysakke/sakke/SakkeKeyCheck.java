package org.mckms.mikeysakke.sakke;

import java.security.MessageDigest;
import java.util.Arrays;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.Encapsulation;
import org.mckms.mikeysakke.field.OrderField;

/** The check of a received SAKKE key by its user (RFC 6508 clause 6.1.2). */
public final class SakkeKeyCheck {
    private SakkeKeyCheck() {}

    /**
     * Whether pairing([a]P + Z_T, RSK) = g, so that what is encapsulated to the identity can be opened with the key.
     *
     * @param identity a, as big-endian integer below q
     * @throws InvalidValueException if the identity is empty or not below q
     */
    public static boolean isValid(Octets identity, ReceiverSecretKey rsk, KmsPublicKey zT) {
        return isValid(SakkeEncapsulator.forFew(zT), identity, rsk);
    }

    /**
     * Whether pairing([a]P + Z_T, RSK) = g, by the tables of the KMS.
     *
     * @param kms the KMS of the user
     * @param identity a, as big-endian integer below q
     * @throws InvalidValueException if the identity is empty or not below q
     */
    public static boolean isValid(SakkeEncapsulator kms, Octets identity, ReceiverSecretKey rsk) {
        byte[][] one = {new byte[OrderField.SAKKE.octets()]};
        one[0][one[0].length - 1] = 1;
        byte[][] a = {SakkeIdentity.scalar(identity)};
        // the encapsulation with r = 1 is [a]P + Z_T and g
        Encapsulation expected = kms.core().encapsulate(kms.table(), a, one)[0];
        if (expected == null) {
            return false;
        }
        byte[] value = rsk.use(key -> kms.core().pair(new byte[][] {key}, new byte[][] {expected.point()}))[0];
        if (value == null) {
            return false;
        }
        try {
            return MessageDigest.isEqual(value, expected.power());
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }
}
