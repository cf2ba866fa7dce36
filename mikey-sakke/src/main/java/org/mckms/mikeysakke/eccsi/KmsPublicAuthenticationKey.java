package org.mckms.mikeysakke.eccsi;

import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.curve.P256Point;

/**
 * KPAK, the public key with which a KMS's ECCSI signatures are verified (RFC 6507 clause 4.2).
 *
 * @param octets 65 octets {@code 04 || x || y}, a point of P-256 that is not at infinity
 */
public record KmsPublicAuthenticationKey(Octets octets) {
    /**
     * Checks the point.
     *
     * @throws InvalidKeyMaterialException if the octets are not such a point
     */
    public KmsPublicAuthenticationKey {
        P256Point.decode(octets.toByteArray());
    }

    P256Point point() {
        return P256Point.decode(octets.toByteArray());
    }
}
