package org.mckms.mikeysakke;

/**
 * A scalar that has to be non-zero modulo the group order is zero: v, HS or SSK in ECCSI (RFC 6507 clause 5.1.1), a + z_T in SAKKE.
 * In ECCSI the caller takes another v.
 */
public final class DegenerateScalarException extends MikeySakkeException {
    /**
     * Reports a fault.
     *
     * @param message names the scalar that is zero
     */
    public DegenerateScalarException(String message) {
        super(message);
    }
}
