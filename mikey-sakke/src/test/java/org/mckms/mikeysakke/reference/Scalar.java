package org.mckms.mikeysakke.reference;

import java.math.BigInteger;
import org.mckms.mikeysakke.DegenerateScalarException;

/**
 * Immutable integer modulo the order q of a curve's base point.
 *
 * <p>It cannot be wiped and its operations take a time that depends on the value.
 */
public final class Scalar {
    private final Curve curve;
    /** In 0..q-1. */
    private final BigInteger value;

    Scalar(Curve curve, BigInteger value) {
        this.curve = curve;
        this.value = value;
    }

    /** The sum modulo q. */
    public Scalar plus(Scalar other) {
        return with(value.add(other.value));
    }

    /** The product modulo q. */
    public Scalar times(Scalar other) {
        return with(value.multiply(other.value));
    }

    /** q minus this, or zero. */
    public Scalar negate() {
        return with(value.negate());
    }

    /**
     * The inverse modulo q.
     *
     * @throws DegenerateScalarException if this is zero
     */
    public Scalar inverse() {
        if (isZero()) {
            throw new DegenerateScalarException("zero has no inverse");
        }
        return with(value.modInverse(curve.order()));
    }

    /** Whether this is zero modulo q. */
    public boolean isZero() {
        return value.signum() == 0;
    }

    /** Whether this is one modulo q. */
    public boolean isOne() {
        return value.equals(BigInteger.ONE);
    }

    /** Big-endian octets in the width of the curve's coordinates: 32 or 128. */
    public byte[] encode() {
        return FixedWidth.encode(value, curve.coordinateOctets());
    }

    Curve curve() {
        return curve;
    }

    BigInteger value() {
        return value;
    }

    private Scalar with(BigInteger result) {
        return new Scalar(curve, result.mod(curve.order()));
    }
}
