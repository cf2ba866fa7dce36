package org.mckms.mikeysakke.field;

/**
 * The Montgomery reduction of P-256 without a multiplication, and the bounds of the kernels that use it column by column.
 *
 * <p><b>Reduction.</b> A column, when it has its carry, gives a multiple m p that makes it divisible by 2^54: m is its low 54 bits, for
 * -1/p is 1 modulo 2^54. Five columns go so. As m p is m (2^256 - 2^224) + m 2^192 + m 2^96 - m, and -m takes the low bits of the column
 * away, there is left to add what the methods of this class give.
 *
 * <p><b>No carry per product.</b> With u = 2^(64-s), {@code high} sums floor(d / u) over limb products d, each the upper word of d 2^s,
 * and {@code low} sums d modulo 2^64. Their difference low - u high modulo 2^64 is the sum of the remainders, each from 0 to u - 1. Words
 * wrap; it is enough that the sum of remainders, the carry and the terms of the reduction, 2^57 in all, stay below 2^63.
 *
 * <p><b>Bounds.</b> The limbs of an n-fold element are below n 2^54, so five products of m-fold and n-fold ones are below 5 m n 2^108,
 * and the carry of such a column below 5 m n 2^54.
 *
 * <ul>
 *   <li>Product, m, n at most 8 and m n at most 48: a difference of limbs times 2^5 fits a word; carries below 1.9 2^61 and at most 7
 *       remainders below 2^59 make less than 1.9 2^62.
 *   <li>Square, n at most 8: a limb times 2^6 fits; carries below 1.3 2^62 and at most 3 remainders below 2^58.
 *   <li>Difference of products a b and c d, a and c at most 4-fold, m n + k l at most 32: a difference of limbs of a times 2^6 fits;
 *       carries below 1.3 2^61 and at most 14 remainders below 2^58 make less than 1.6 2^62.
 * </ul>
 *
 * <p>The value of the result is at most that of the product over 2^270, which is p / 2^8 or less, above or below 0..p.
 */
final class P256Reduction {
    private static final long MASK = P256Field.MASK;

    private P256Reduction() {}

    /** m 2^96 in the first column after that of m. */
    static long low96(long m) {
        return m << 42 & MASK;
    }

    /** m 2^96 in the second. */
    static long high96(long m) {
        return m >>> 12;
    }

    /** m 2^192 in the third. */
    static long low192(long m) {
        return m << 30 & MASK;
    }

    /** m 2^192 and m (2^256 - 2^224) in the fourth. */
    static long middle(long m) {
        return (m >>> 24) + (m << 40 & MASK) - (m << 8 & MASK);
    }

    /** m (2^256 - 2^224) in the fifth. */
    static long high256(long m) {
        return (m >>> 14) - (m >>> 46);
    }
}
