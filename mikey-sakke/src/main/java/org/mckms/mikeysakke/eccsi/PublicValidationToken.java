package org.mckms.mikeysakke.eccsi;

import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.curve.P256Point;

/**
 * PVT, the public part of a user's ECCSI key (RFC 6507 clause 5.1).
 *
 * @param octets 65 octets {@code 04 || x || y}, a point of P-256 that is not at infinity
 */
public record PublicValidationToken(Octets octets) {
    /**
     * Checks the point.
     *
     * @throws InvalidKeyMaterialException if the octets are not such a point
     */
    public PublicValidationToken {
        P256Point.decode(octets.toByteArray());
    }

    P256Point point() {
        return P256Point.decode(octets.toByteArray());
    }
}
