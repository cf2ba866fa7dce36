package org.mckms.mikeysakke.sakke;

import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.reference.Curve;
import org.mckms.mikeysakke.reference.Pairing;
import org.mckms.mikeysakke.reference.PairingValue;
import org.mckms.mikeysakke.reference.Point;

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
        Point recipient =
                Curve.SAKKE.multiplyGenerator(SakkeIdentity.scalar(identity)).plus(zT.point());
        if (recipient.isInfinity()) {
            return false;
        }
        return Pairing.of(recipient, rsk.point())
                .filter(value -> value.sameAs(PairingValue.generator()))
                .isPresent();
    }
}
