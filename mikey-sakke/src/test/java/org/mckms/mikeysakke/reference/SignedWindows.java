package org.mckms.mikeysakke.reference;

import java.math.BigInteger;

/** Scalars as sums of digits -15..16 times powers of 32. */
final class SignedWindows {
    static final int BITS = 5;
    static final int MAX_DIGIT = 1 << BITS - 1;

    private SignedWindows() {}

    /** Digits needed for any scalar below {@code order}, the last carry included. */
    static int count(BigInteger order) {
        return order.bitLength() / BITS + 1;
    }

    /** The digits from the lowest. */
    static int[] digits(BigInteger scalar, int count) {
        int[] digits = new int[count];
        int carry = 0;
        for (int i = 0; i < count; i++) {
            int digit = carry;
            for (int bit = 0; bit < BITS; bit++) {
                digit += scalar.testBit(BITS * i + bit) ? 1 << bit : 0;
            }
            carry = digit > MAX_DIGIT ? 1 : 0;
            digits[i] = digit - (carry << BITS);
        }
        return digits;
    }
}
