package org.mckms.mikeysakke.field;

import java.util.Arrays;

/** Montgomery multiplication by product scanning in loops, for up to 30 limbs. */
final class AnyLengthMultiplier extends MontgomeryMultiplier {
    private final long[] order;
    private final long negatedInverse;

    /** @param order q, below R / 4; kept */
    AnyLengthMultiplier(long[] order) {
        super(order);
        this.order = order;
        this.negatedInverse = -ModularInverse.wordInverse(order[0]);
    }

    @Override
    void multiply(long[] r, long[] a, long[] b) {
        int size = order.length;
        // first the factors of q that clear the lower limbs; then, where those are used up, the upper limbs of the sum
        long[] work = new long[size];
        long carry = 0;
        for (int column = 0; column < 2 * size - 1; column++) {
            int first = Math.max(0, column - size + 1);
            int last = Math.min(column, size - 1);
            long low = carry & MASK;
            long high = 0;
            for (int i = first; i <= last; i++) {
                low += a[i] * b[column - i];
                high += high(a[i], b[column - i]);
            }
            carry = (carry >>> BITS) + carry(low, high);
            low &= MASK;
            high = 0;
            for (int i = first; i < Math.min(column, size); i++) {
                low += work[i] * order[column - i];
                high += high(work[i], order[column - i]);
            }
            if (column < size) {
                work[column] = low * negatedInverse & MASK;
                low += work[column] * order[0];
                high += high(work[column], order[0]);
            } else {
                work[column - size] = low & MASK;
            }
            carry += carry(low, high);
        }
        work[size - 1] = carry;
        subtractOrderOnce(r, work);
        Arrays.fill(work, 0);
    }
}
