package org.mckms.mikeysakke.field;

import static java.lang.Math.multiplyHigh;
import static org.mckms.mikeysakke.field.P256Field.BITS;
import static org.mckms.mikeysakke.field.P256Field.MASK;
import static org.mckms.mikeysakke.field.P256Reduction.high256;
import static org.mckms.mikeysakke.field.P256Reduction.high96;
import static org.mckms.mikeysakke.field.P256Reduction.low192;
import static org.mckms.mikeysakke.field.P256Reduction.low96;
import static org.mckms.mikeysakke.field.P256Reduction.middle;

/** Written by P256KernelGenerator, which explains it; the bounds are in {@link P256Reduction}. */
final class P256Square {
    private P256Square() {}

    /** r = a^2. */
    static void square(long[] r, long[] a) {
        final long a0 = a[0];
        final long a1 = a[1];
        final long a2 = a[2];
        final long a3 = a[3];
        final long a4 = a[4];
        final long d1 = a1 << 1;
        final long d2 = a2 << 1;
        final long d3 = a3 << 1;
        final long d4 = a4 << 1;
        final long x0 = a0 << 6;
        final long x1 = a1 << 6;
        final long x2 = a2 << 6;
        final long x3 = a3 << 6;
        final long x4 = a4 << 6;
        long high;
        long low;
        long carry = 0;

        // column 0
        high = multiplyHigh(x0, a0);
        low = a0 * a0;
        low -= high << 58;
        low += carry;
        final long m0 = low & MASK;
        carry = (low >> BITS) + (high << 4);

        // column 1
        high = multiplyHigh(x0, d1);
        low = a0 * d1;
        low -= high << 58;
        low += carry;
        low += low96(m0);
        final long m1 = low & MASK;
        carry = (low >> BITS) + (high << 4);

        // column 2
        high = multiplyHigh(x0, d2) + multiplyHigh(x1, a1);
        low = a0 * d2 + a1 * a1;
        low -= high << 58;
        low += carry;
        low += high96(m0);
        low += low96(m1);
        final long m2 = low & MASK;
        carry = (low >> BITS) + (high << 4);

        // column 3
        high = multiplyHigh(x0, d3) + multiplyHigh(x1, d2);
        low = a0 * d3 + a1 * d2;
        low -= high << 58;
        low += carry;
        low += low192(m0);
        low += high96(m1);
        low += low96(m2);
        final long m3 = low & MASK;
        carry = (low >> BITS) + (high << 4);

        // column 4
        high = multiplyHigh(x0, d4) + multiplyHigh(x1, d3) + multiplyHigh(x2, a2);
        low = a0 * d4 + a1 * d3 + a2 * a2;
        low -= high << 58;
        low += carry;
        low += middle(m0);
        low += low192(m1);
        low += high96(m2);
        low += low96(m3);
        final long m4 = low & MASK;
        carry = (low >> BITS) + (high << 4);

        // column 5
        high = multiplyHigh(x1, d4) + multiplyHigh(x2, d3);
        low = a1 * d4 + a2 * d3;
        low -= high << 58;
        low += carry;
        low += high256(m0);
        low += middle(m1);
        low += low192(m2);
        low += high96(m3);
        low += low96(m4);
        r[0] = low & MASK;
        carry = (low >> BITS) + (high << 4);

        // column 6
        high = multiplyHigh(x2, d4) + multiplyHigh(x3, a3);
        low = a2 * d4 + a3 * a3;
        low -= high << 58;
        low += carry;
        low += high256(m1);
        low += middle(m2);
        low += low192(m3);
        low += high96(m4);
        r[1] = low & MASK;
        carry = (low >> BITS) + (high << 4);

        // column 7
        high = multiplyHigh(x3, d4);
        low = a3 * d4;
        low -= high << 58;
        low += carry;
        low += high256(m2);
        low += middle(m3);
        low += low192(m4);
        r[2] = low & MASK;
        carry = (low >> BITS) + (high << 4);

        // column 8
        high = multiplyHigh(x4, a4);
        low = a4 * a4;
        low -= high << 58;
        low += carry;
        low += high256(m3);
        low += middle(m4);
        r[3] = low & MASK;
        carry = (low >> BITS) + (high << 4);
        r[4] = carry + high256(m4);
    }
}
