package org.mckms.mikeysakke.field;

import java.util.Arrays;

/**
 * r = a b / R modulo a public odd number q, R = 2^(58 n), for numbers of n limbs of 58 bits.
 *
 * <p>Products are summed without a carry per product: with L = sum of a_i b_j modulo 2^64 and H = sum of floor(a_i b_j / 2^59), the
 * high half of (32 a_i) b_j, the sum is 2^59 H + rest, where rest = L - 2^59 H modulo 2^64 is below 2^59 per product and so below 2^64
 * for up to 31 products and one more number below 2^59.
 */
final class MontgomeryMultiplier {
    /** Bits of a limb. */
    static final int BITS = 58;

    static final long MASK = (1L << BITS) - 1;

    private static final int HIGH_SHIFT = 64 - 1 - BITS;
    private static final int HIGH_BITS = BITS + 1;

    private final long[] order;
    private final long negatedInverse;

    /** @param order q, below R / 4, in at most 31 limbs; kept */
    MontgomeryMultiplier(long[] order) {
        this.order = order;
        this.negatedInverse = -ModularInverse.wordInverse(order[0]);
    }

    /** r = a b / R modulo q, reduced; a b is below q R. */
    void multiply(long[] r, long[] a, long[] b) {
        int size = order.length;
        // first the factors of q that clear the lower limbs, then, where they are no longer needed, the upper limbs of
        // the sum
        long[] work = new long[size];
        long carry = 0;
        for (int column = 0; column < 2 * size - 1; column++) {
            int first = Math.max(0, column - size + 1);
            int last = Math.min(column, size - 1);
            long low = carry & MASK;
            long high = 0;
            for (int i = first; i <= last; i++) {
                low += a[i] * b[column - i];
                high += Math.multiplyHigh(a[i] << HIGH_SHIFT, b[column - i]);
            }
            carry = (carry >>> BITS) + carry(low, high);
            low &= MASK;
            high = 0;
            for (int i = first; i < Math.min(column, size); i++) {
                low += work[i] * order[column - i];
                high += Math.multiplyHigh(work[i] << HIGH_SHIFT, order[column - i]);
            }
            if (column < size) {
                work[column] = low * negatedInverse & MASK;
                low += work[column] * order[0];
                high += Math.multiplyHigh(work[column] << HIGH_SHIFT, order[0]);
            } else {
                work[column - size] = low & MASK;
            }
            carry += carry(low, high);
        }
        work[size - 1] = carry;
        subtractOrderOnce(r, work);
        Arrays.fill(work, 0);
    }

    /** r = a - q if a is q or more, else a; a is below 2 q. */
    void subtractOrderOnce(long[] r, long[] a) {
        int size = order.length;
        long borrow = 0;
        for (int i = 0; i < size; i++) {
            borrow = a[i] - order[i] + borrow >> BITS;
        }
        long subtracted = ~borrow;
        borrow = 0;
        for (int i = 0; i < size; i++) {
            borrow += a[i] - (order[i] & subtracted);
            r[i] = borrow & MASK;
            borrow >>= BITS;
        }
    }

    /** floor(sum / 2^58) for the sum whose low and high parts are given. */
    private static long carry(long low, long high) {
        return (high << HIGH_BITS - BITS) + (low - (high << HIGH_BITS) >>> BITS);
    }
}
