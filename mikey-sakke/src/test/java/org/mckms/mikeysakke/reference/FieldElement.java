package org.mckms.mikeysakke.reference;

import java.math.BigInteger;

/** Immutable element of a prime field. Operands of one operation belong to the same field. */
final class FieldElement {
    private final PrimeField field;
    /** In 0..modulus-1. */
    private final BigInteger value;

    FieldElement(PrimeField field, BigInteger value) {
        this.field = field;
        this.value = value;
    }

    FieldElement plus(FieldElement other) {
        BigInteger sum = value.add(other.value);
        return with(sum.compareTo(field.modulus()) >= 0 ? sum.subtract(field.modulus()) : sum);
    }

    FieldElement minus(FieldElement other) {
        BigInteger difference = value.subtract(other.value);
        return with(difference.signum() < 0 ? difference.add(field.modulus()) : difference);
    }

    FieldElement twice() {
        return plus(this);
    }

    FieldElement thrice() {
        return twice().plus(this);
    }

    FieldElement negate() {
        return isZero() ? this : with(field.modulus().subtract(value));
    }

    FieldElement times(FieldElement other) {
        return with(field.reduce(value.multiply(other.value)));
    }

    FieldElement square() {
        // a product of one object with itself takes BigInteger's squaring
        return with(field.reduce(value.multiply(value)));
    }

    /**
     * The inverse.
     *
     * @throws ArithmeticException if this is zero
     */
    FieldElement inverse() {
        return with(value.modInverse(field.modulus()));
    }

    boolean isZero() {
        return value.signum() == 0;
    }

    boolean isOne() {
        return value.equals(BigInteger.ONE);
    }

    /** Big-endian octets in the width of the field. */
    byte[] encode() {
        return FixedWidth.encode(value, field.octets());
    }

    PrimeField field() {
        return field;
    }

    boolean sameAs(FieldElement other) {
        return value.equals(other.value);
    }

    private FieldElement with(BigInteger result) {
        return new FieldElement(field, result);
    }
}
