package org.mckms.mikeysakke.eccsi;

import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.reference.Curve;
import org.mckms.mikeysakke.reference.Point;

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
        Curve.P256.decodeInSubgroup(octets.toByteArray());
    }

    Point point() {
        return Curve.P256.decode(octets.toByteArray());
    }
}
