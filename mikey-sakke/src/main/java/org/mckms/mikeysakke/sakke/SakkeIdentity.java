package org.mckms.mikeysakke.sakke;

import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.reference.Curve;
import org.mckms.mikeysakke.reference.Scalar;

/** Identities as integers. */
final class SakkeIdentity {
    private SakkeIdentity() {}

    /**
     * The identity as a big-endian integer.
     *
     * @throws InvalidValueException if the identity is empty or not below q; up to 127 octets it always is
     */
    static Scalar scalar(Octets identity) {
        if (identity.size() == 0) {
            throw new InvalidValueException("identity is empty");
        }
        try {
            return Curve.SAKKE.scalar(identity.toByteArray());
        } catch (InvalidKeyMaterialException e) {
            throw new InvalidValueException("identity of " + identity.size() + " octets is not below q", e);
        }
    }
}
