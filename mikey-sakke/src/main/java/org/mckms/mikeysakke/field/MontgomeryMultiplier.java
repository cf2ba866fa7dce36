package org.mckms.mikeysakke.field;

/**
 * r = a b / R modulo a public odd number q, R = 2^(58 n), for numbers of n limbs of 58 bits.
 *
 * <p>Products are summed without a carry per product: with L = sum of a_i b_j modulo 2^64 and H = sum of floor(a_i b_j / 2^59), the
 * high half of (32 a_i) b_j, the sum is 2^59 H + rest, where rest = L - 2^59 H modulo 2^64 is below 2^59 per product and so below 2^64
 * for up to 31 products and one more number below 2^59.
 */
abstract class MontgomeryMultiplier {
    /** Bits of a limb. */
    static final int BITS = 58;

    /** The bits of a limb. */
    static final long MASK = (1L << BITS) - 1;

    private static final int HIGH_SHIFT = 64 - 1 - BITS;
    private static final int HIGH_BITS = BITS + 1;

    private final long[] order;

    /** @param order q, below R / 4; kept */
    MontgomeryMultiplier(long[] order) {
        this.order = order;
    }

    /** r = a b / R modulo q, reduced; a b is below q R. */
    abstract void multiply(long[] r, long[] a, long[] b);

    /** r = a - q if a is q or more, else a; a is below 2 q. */
    final void subtractOrderOnce(long[] r, long[] a) {
        long borrow = 0;
        for (int i = 0; i < order.length; i++) {
            borrow = a[i] - order[i] + borrow >> BITS;
        }
        long subtracted = ~borrow;
        borrow = 0;
        for (int i = 0; i < order.length; i++) {
            borrow += a[i] - (order[i] & subtracted);
            r[i] = borrow & MASK;
            borrow >>= BITS;
        }
    }

    /** The high part of a product, floor(a b / 2^59). */
    static long high(long a, long b) {
        return Math.multiplyHigh(a << HIGH_SHIFT, b);
    }

    /** floor(sum / 2^58) for the sum whose low and high parts are given. */
    static long carry(long low, long high) {
        return (high << HIGH_BITS - BITS) + (low - (high << HIGH_BITS) >>> BITS);
    }
}
