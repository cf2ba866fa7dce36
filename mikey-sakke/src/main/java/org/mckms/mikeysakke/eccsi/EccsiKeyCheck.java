package org.mckms.mikeysakke.eccsi;

import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.curve.P256Generator;
import org.mckms.mikeysakke.curve.P256Point;

/** The check of a received ECCSI key by its user (RFC 6507 clause 5.1.2). */
public final class EccsiKeyCheck {
    private EccsiKeyCheck() {}

    /**
     * Whether [SSK]G == [HS]PVT + KPAK, so that signatures made with the key verify.
     *
     * @param identity the octets that the KMS hashed into HS, 1 or more
     * @throws InvalidValueException if the identity is empty
     */
    public static boolean isValid(
            Octets identity, SecretSigningKey ssk, PublicValidationToken pvt, KmsPublicAuthenticationKey kpak) {
        Octets hs = EccsiExtraction.hs(kpak, identity, pvt);
        P256Point y = EccsiVerifier.verificationKey(hs, pvt, kpak);
        P256Point actual = ssk.use(P256Generator.TABLE::multiply);
        try {
            return actual.isEqualTo(y);
        } finally {
            actual.wipe();
        }
    }
}
