package org.mckms.mikeysakke.sakke;

import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.curve.SakkePoints;

/**
 * Z_T, the public key of a KMS that secrets for its users are encapsulated with (RFC 6508 clause 2.2).
 *
 * <p>The check of the order costs a scalar multiplication, so keep the value instead of making it again for each use.
 *
 * @param octets 257 octets {@code 04 || x || y}, a point of order q
 */
public record KmsPublicKey(Octets octets) {
    /**
     * Checks the point.
     *
     * @throws InvalidKeyMaterialException if the octets are not such a point
     */
    public KmsPublicKey {
        SakkePoints.requireOrderQ(octets.toByteArray());
    }
}
