package org.mckms.mikeysakke.field;

import java.util.Arrays;

/**
 * A sum of products of limbs, column by column, before its reduction.
 *
 * <p>No carry is taken per product: with d = a b, {@code high} sums h = floor(d / 2^58) and {@code low} sums d modulo 2^64. What is left,
 * low - 2^58 high modulo 2^64, is the sum of the remainders d - 2^58 h, each from 0 to 2^58 - 1; of 54 products that is below 2^64 and so
 * exact.
 */
final class SakkeColumns {
    private static final int COUNT = SakkeLimbs.COUNT;

    private final long[] low = new long[2 * COUNT];
    private final long[] high = new long[2 * COUNT];
    private final long[] carried = new long[COUNT];

    /** Adds a b; {@code a} loose, {@code b} tight. */
    void add(long[] a, long[] b) {
        accumulate(a, b, 0);
    }

    /** Subtracts a b; {@code a} loose, {@code b} tight. */
    void subtract(long[] a, long[] b) {
        accumulate(a, b, -1);
    }

    private void accumulate(long[] a, long[] b, long sign) {
        for (int i = 0; i < COUNT; i++) {
            carried[i] = (a[i] ^ sign) - sign;
        }
        SakkeLimbs.carry(carried);
        for (int i = 0; i < COUNT; i++) {
            for (int j = 0; j < COUNT; j++) {
                low[i + j] += carried[i] * b[j];
                high[i + j] += Math.multiplyHigh(carried[i], b[j] << (64 - SakkeLimbs.BITS));
            }
        }
    }

    /** r = columns / 2^1044 modulo p, tight. */
    void reduce(long[] r) {
        long carry = 0;
        for (int i = 0; i < COUNT; i++) {
            long m = SakkeLimbs.signed((low[i] + carry) * SakkeLimbs.NEGATIVE_INVERSE);
            for (int j = 0; j < COUNT; j++) {
                low[i + j] += m * SakkeLimbs.modulus(j);
                high[i + j] += Math.multiplyHigh(m, SakkeLimbs.modulus(j) << (64 - SakkeLimbs.BITS));
            }
            carry = carryOut(i, carry);
        }
        for (int i = COUNT; i < 2 * COUNT; i++) {
            long limb = SakkeLimbs.signed(low[i] + carry);
            long next = carryOut(i, carry - limb);
            r[i - COUNT] = limb;
            carry = next;
        }
        r[COUNT - 1] += carry << SakkeLimbs.BITS;
    }

    private long carryOut(int column, long x) {
        long remainders = low[column] - (high[column] << SakkeLimbs.BITS);
        long rest = (remainders & SakkeLimbs.MASK) + (x & SakkeLimbs.MASK);
        return high[column] + (remainders >>> SakkeLimbs.BITS) + (x >> SakkeLimbs.BITS) + (rest >>> SakkeLimbs.BITS);
    }

    void wipe() {
        Arrays.fill(low, 0);
        Arrays.fill(high, 0);
        Arrays.fill(carried, 0);
    }
}
