package org.mckms.mikeysakke.sakke;

import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.field.OrderField;

/** Identities as big-endian integers below q; public. */
final class SakkeIdentity {
    private static final OrderField ORDER = OrderField.SAKKE;

    private SakkeIdentity() {}

    /**
     * The identity as an element of {@link OrderField#SAKKE}.
     *
     * @throws InvalidValueException if the identity is empty or not below q; up to 127 octets it always is
     */
    static long[] element(Octets identity) {
        byte[] octets = identity.toByteArray();
        if (octets.length == 0) {
            throw new InvalidValueException("identity is empty");
        }
        if (!ORDER.isBelow(octets)) {
            throw new InvalidValueException("identity of " + octets.length + " octets is not below q");
        }
        long[] element = ORDER.newElement();
        ORDER.reduce(element, octets);
        return element;
    }

    /**
     * The identity as 128 octets.
     *
     * @throws InvalidValueException as {@link #element}
     */
    static byte[] scalar(Octets identity) {
        byte[] scalar = new byte[ORDER.octets()];
        ORDER.encode(scalar, element(identity));
        return scalar;
    }
}
