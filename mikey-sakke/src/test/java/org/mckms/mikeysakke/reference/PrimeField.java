package org.mckms.mikeysakke.reference;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The field of integers modulo a prime. Products are reduced by Barrett's method, which costs two multiplications. */
final class PrimeField {
    private final BigInteger modulus;
    private final int bits;
    private final int octets;
    /** floor(4^bits / modulus). */
    private final BigInteger barrettFactor;

    private final FieldElement zero;
    private final FieldElement one;

    PrimeField(BigInteger modulus) {
        this.modulus = modulus;
        this.bits = modulus.bitLength();
        this.octets = (bits + 7) / 8;
        this.barrettFactor = BigInteger.ONE.shiftLeft(2 * bits).divide(modulus);
        this.zero = new FieldElement(this, BigInteger.ZERO);
        this.one = new FieldElement(this, BigInteger.ONE);
    }

    BigInteger modulus() {
        return modulus;
    }

    /** Octets of an encoded element. */
    int octets() {
        return octets;
    }

    FieldElement zero() {
        return zero;
    }

    FieldElement one() {
        return one;
    }

    /** The element of a value that is known to be in 0..modulus-1. */
    FieldElement element(BigInteger value) {
        if (value.signum() < 0 || value.compareTo(modulus) >= 0) {
            throw new IllegalArgumentException("value is not below the modulus");
        }
        return new FieldElement(this, value);
    }

    /** The remainder of a value in 0..modulus^2. */
    BigInteger reduce(BigInteger value) {
        BigInteger quotient = value.shiftRight(bits - 1).multiply(barrettFactor).shiftRight(bits + 1);
        BigInteger remainder = value.subtract(quotient.multiply(modulus));
        while (remainder.compareTo(modulus) >= 0) {
            remainder = remainder.subtract(modulus);
        }
        return remainder;
    }

    /** The inverses of elements that are not zero, in their order, by one modular inversion. */
    List<FieldElement> inverses(List<FieldElement> elements) {
        List<FieldElement> prefixes = new ArrayList<>(elements.size());
        FieldElement product = one;
        for (FieldElement element : elements) {
            prefixes.add(product);
            product = product.times(element);
        }
        FieldElement inverse = product.inverse();
        FieldElement[] inverses = new FieldElement[elements.size()];
        for (int i = inverses.length - 1; i >= 0; i--) {
            inverses[i] = inverse.times(prefixes.get(i));
            inverse = inverse.times(elements.get(i));
        }
        return List.of(inverses);
    }
}
