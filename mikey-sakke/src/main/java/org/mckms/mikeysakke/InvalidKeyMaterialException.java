package org.mckms.mikeysakke;

/**
 * A group element or scalar cannot be a key: wrong length or prefix, coordinate not below p, not on the curve, point at infinity,
 * wrong order, scalar out of range.
 */
public final class InvalidKeyMaterialException extends MikeySakkeException {
    /**
     * Reports a fault.
     *
     * @param message names the check that failed, never the value
     */
    public InvalidKeyMaterialException(String message) {
        super(message);
    }
}
