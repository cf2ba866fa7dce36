package org.mckms.mikeysakke.sakke;

import java.security.MessageDigest;
import java.util.Arrays;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.Encapsulation;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.core.ScalarSakkeCore;
import org.mckms.mikeysakke.core.SenderTable;
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
        ScalarSakkeCore core = new ScalarSakkeCore();
        return isValid(core, core.smallSenderTable(zT.octets().toByteArray()), identity, rsk);
    }

    /**
     * Whether pairing([a]P + Z_T, RSK) = g, by the tables of the KMS.
     *
     * @param kms the KMS of the user
     * @param identity a, as big-endian integer below q
     * @throws InvalidValueException if the identity is empty or not below q
     */
    public static boolean isValid(SakkeEncapsulator kms, Octets identity, ReceiverSecretKey rsk) {
        return isValid(kms.core(), kms.table(), identity, rsk);
    }

    private static boolean isValid(SakkeCore core, SenderTable table, Octets identity, ReceiverSecretKey rsk) {
        SakkeIdentity.scalar(identity);
        byte[][] one = {new byte[OrderField.SAKKE.octets()]};
        one[0][one[0].length - 1] = 1;
        byte[][] a = {encoded(identity)};
        // the encapsulation with r = 1 is [a]P + Z_T and g
        Encapsulation expected = core.encapsulate(table, a, one)[0];
        if (expected == null) {
            return false;
        }
        byte[] value = rsk.use(key -> core.pair(new byte[][] {key}, new byte[][] {expected.point()}))[0];
        if (value == null) {
            return false;
        }
        try {
            return MessageDigest.isEqual(value, expected.power());
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }

    private static byte[] encoded(Octets identity) {
        OrderField order = OrderField.SAKKE;
        long[] a = order.newElement();
        order.reduce(a, identity.toByteArray());
        byte[] octets = new byte[order.octets()];
        order.encode(octets, a);
        return octets;
    }
}
