package org.mckms.mikeysakke.eccsi;

import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.reference.Curve;
import org.mckms.mikeysakke.reference.Point;
import org.mckms.mikeysakke.reference.Scalar;

/** The check of a received ECCSI key by its user (RFC 6507 clause 5.1.2). */
public final class EccsiKeyCheck {
    private EccsiKeyCheck() {}

    /**
     * Whether KPAK == [SSK]G - [HS]PVT, so that signatures made with the key verify.
     *
     * @param identity the octets that the KMS hashed into HS, 1 or more
     * @throws InvalidValueException if the identity is empty
     */
    public static boolean isValid(
            Octets identity, SecretSigningKey ssk, PublicValidationToken pvt, KmsPublicAuthenticationKey kpak) {
        Octets hs = EccsiExtraction.hs(kpak, identity, pvt);
        Scalar h = Curve.P256.scalarModOrder(hs.toByteArray());
        Point expected = Curve.P256
                .multiplyGenerator(ssk.scalar())
                .plus(pvt.point().multiply(h).negate());
        return expected.sameAs(kpak.point());
    }
}
