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
final class P256Product {
    private P256Product() {}

    /** r = a b. */
    static void multiply(long[] r, long[] a, long[] b) {
        final long a0 = a[0];
        final long a1 = a[1];
        final long a2 = a[2];
        final long a3 = a[3];
        final long a4 = a[4];
        final long b0 = b[0];
        final long b1 = b[1];
        final long b2 = b[2];
        final long b3 = b[3];
        final long b4 = b[4];
        final long x0 = a0 << 5;
        final long x1 = a1 << 5;
        final long x2 = a2 << 5;
        final long x3 = a3 << 5;
        final long x4 = a4 << 5;
        long windowHigh = 0;
        long windowLow = 0;
        long high;
        long low;
        long carry = 0;

        // column 0
        final long abHigh0 = multiplyHigh(x0, b0);
        final long abLow0 = a0 * b0;
        windowHigh += abHigh0;
        windowLow += abLow0;
        high = windowHigh;
        low = windowLow;
        low -= high << 59;
        low += carry;
        final long m0 = low & MASK;
        carry = (low >> BITS) + (high << 5);

        // column 1
        final long abHigh1 = multiplyHigh(x1, b1);
        final long abLow1 = a1 * b1;
        windowHigh += abHigh1;
        windowLow += abLow1;
        high = windowHigh;
        low = windowLow;
        high += multiplyHigh(x0 - x1, b1 - b0);
        low += (a0 - a1) * (b1 - b0);
        low -= high << 59;
        low += carry;
        low += low96(m0);
        final long m1 = low & MASK;
        carry = (low >> BITS) + (high << 5);

        // column 2
        final long abHigh2 = multiplyHigh(x2, b2);
        final long abLow2 = a2 * b2;
        windowHigh += abHigh2;
        windowLow += abLow2;
        high = windowHigh;
        low = windowLow;
        high += multiplyHigh(x0 - x2, b2 - b0);
        low += (a0 - a2) * (b2 - b0);
        low -= high << 59;
        low += carry;
        low += high96(m0);
        low += low96(m1);
        final long m2 = low & MASK;
        carry = (low >> BITS) + (high << 5);

        // column 3
        final long abHigh3 = multiplyHigh(x3, b3);
        final long abLow3 = a3 * b3;
        windowHigh += abHigh3;
        windowLow += abLow3;
        high = windowHigh;
        low = windowLow;
        high += multiplyHigh(x0 - x3, b3 - b0);
        low += (a0 - a3) * (b3 - b0);
        high += multiplyHigh(x1 - x2, b2 - b1);
        low += (a1 - a2) * (b2 - b1);
        low -= high << 59;
        low += carry;
        low += low192(m0);
        low += high96(m1);
        low += low96(m2);
        final long m3 = low & MASK;
        carry = (low >> BITS) + (high << 5);

        // column 4
        final long abHigh4 = multiplyHigh(x4, b4);
        final long abLow4 = a4 * b4;
        windowHigh += abHigh4;
        windowLow += abLow4;
        high = windowHigh;
        low = windowLow;
        high += multiplyHigh(x0 - x4, b4 - b0);
        low += (a0 - a4) * (b4 - b0);
        high += multiplyHigh(x1 - x3, b3 - b1);
        low += (a1 - a3) * (b3 - b1);
        low -= high << 59;
        low += carry;
        low += middle(m0);
        low += low192(m1);
        low += high96(m2);
        low += low96(m3);
        final long m4 = low & MASK;
        carry = (low >> BITS) + (high << 5);

        // column 5
        windowHigh -= abHigh0;
        windowLow -= abLow0;
        high = windowHigh;
        low = windowLow;
        high += multiplyHigh(x1 - x4, b4 - b1);
        low += (a1 - a4) * (b4 - b1);
        high += multiplyHigh(x2 - x3, b3 - b2);
        low += (a2 - a3) * (b3 - b2);
        low -= high << 59;
        low += carry;
        low += high256(m0);
        low += middle(m1);
        low += low192(m2);
        low += high96(m3);
        low += low96(m4);
        r[0] = low & MASK;
        carry = (low >> BITS) + (high << 5);

        // column 6
        windowHigh -= abHigh1;
        windowLow -= abLow1;
        high = windowHigh;
        low = windowLow;
        high += multiplyHigh(x2 - x4, b4 - b2);
        low += (a2 - a4) * (b4 - b2);
        low -= high << 59;
        low += carry;
        low += high256(m1);
        low += middle(m2);
        low += low192(m3);
        low += high96(m4);
        r[1] = low & MASK;
        carry = (low >> BITS) + (high << 5);

        // column 7
        windowHigh -= abHigh2;
        windowLow -= abLow2;
        high = windowHigh;
        low = windowLow;
        high += multiplyHigh(x3 - x4, b4 - b3);
        low += (a3 - a4) * (b4 - b3);
        low -= high << 59;
        low += carry;
        low += high256(m2);
        low += middle(m3);
        low += low192(m4);
        r[2] = low & MASK;
        carry = (low >> BITS) + (high << 5);

        // column 8
        windowHigh -= abHigh3;
        windowLow -= abLow3;
        high = windowHigh;
        low = windowLow;
        low -= high << 59;
        low += carry;
        low += high256(m3);
        low += middle(m4);
        r[3] = low & MASK;
        carry = (low >> BITS) + (high << 5);
        r[4] = carry + high256(m4);
    }
}
