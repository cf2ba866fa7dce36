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
final class P256ProductDifference {
    private P256ProductDifference() {}

    /** r = a b - c d. */
    static void multiplySubtract(long[] r, long[] a, long[] b, long[] c, long[] d) {
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
        final long x0 = a0 << 6;
        final long x1 = a1 << 6;
        final long x2 = a2 << 6;
        final long x3 = a3 << 6;
        final long x4 = a4 << 6;
        final long c0 = -c[0];
        final long c1 = -c[1];
        final long c2 = -c[2];
        final long c3 = -c[3];
        final long c4 = -c[4];
        final long d0 = d[0];
        final long d1 = d[1];
        final long d2 = d[2];
        final long d3 = d[3];
        final long d4 = d[4];
        final long y0 = c0 << 6;
        final long y1 = c1 << 6;
        final long y2 = c2 << 6;
        final long y3 = c3 << 6;
        final long y4 = c4 << 6;
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
        final long cdHigh0 = multiplyHigh(y0, d0);
        final long cdLow0 = c0 * d0;
        windowHigh += cdHigh0;
        windowLow += cdLow0;
        high = windowHigh;
        low = windowLow;
        low -= high << 58;
        low += carry;
        final long m0 = low & MASK;
        carry = (low >> BITS) + (high << 4);

        // column 1
        final long abHigh1 = multiplyHigh(x1, b1);
        final long abLow1 = a1 * b1;
        windowHigh += abHigh1;
        windowLow += abLow1;
        final long cdHigh1 = multiplyHigh(y1, d1);
        final long cdLow1 = c1 * d1;
        windowHigh += cdHigh1;
        windowLow += cdLow1;
        high = windowHigh;
        low = windowLow;
        high += multiplyHigh(x0 - x1, b1 - b0);
        low += (a0 - a1) * (b1 - b0);
        high += multiplyHigh(y0 - y1, d1 - d0);
        low += (c0 - c1) * (d1 - d0);
        low -= high << 58;
        low += carry;
        low += low96(m0);
        final long m1 = low & MASK;
        carry = (low >> BITS) + (high << 4);

        // column 2
        final long abHigh2 = multiplyHigh(x2, b2);
        final long abLow2 = a2 * b2;
        windowHigh += abHigh2;
        windowLow += abLow2;
        final long cdHigh2 = multiplyHigh(y2, d2);
        final long cdLow2 = c2 * d2;
        windowHigh += cdHigh2;
        windowLow += cdLow2;
        high = windowHigh;
        low = windowLow;
        high += multiplyHigh(x0 - x2, b2 - b0);
        low += (a0 - a2) * (b2 - b0);
        high += multiplyHigh(y0 - y2, d2 - d0);
        low += (c0 - c2) * (d2 - d0);
        low -= high << 58;
        low += carry;
        low += high96(m0);
        low += low96(m1);
        final long m2 = low & MASK;
        carry = (low >> BITS) + (high << 4);

        // column 3
        final long abHigh3 = multiplyHigh(x3, b3);
        final long abLow3 = a3 * b3;
        windowHigh += abHigh3;
        windowLow += abLow3;
        final long cdHigh3 = multiplyHigh(y3, d3);
        final long cdLow3 = c3 * d3;
        windowHigh += cdHigh3;
        windowLow += cdLow3;
        high = windowHigh;
        low = windowLow;
        high += multiplyHigh(x0 - x3, b3 - b0);
        low += (a0 - a3) * (b3 - b0);
        high += multiplyHigh(x1 - x2, b2 - b1);
        low += (a1 - a2) * (b2 - b1);
        high += multiplyHigh(y0 - y3, d3 - d0);
        low += (c0 - c3) * (d3 - d0);
        high += multiplyHigh(y1 - y2, d2 - d1);
        low += (c1 - c2) * (d2 - d1);
        low -= high << 58;
        low += carry;
        low += low192(m0);
        low += high96(m1);
        low += low96(m2);
        final long m3 = low & MASK;
        carry = (low >> BITS) + (high << 4);

        // column 4
        final long abHigh4 = multiplyHigh(x4, b4);
        final long abLow4 = a4 * b4;
        windowHigh += abHigh4;
        windowLow += abLow4;
        final long cdHigh4 = multiplyHigh(y4, d4);
        final long cdLow4 = c4 * d4;
        windowHigh += cdHigh4;
        windowLow += cdLow4;
        high = windowHigh;
        low = windowLow;
        high += multiplyHigh(x0 - x4, b4 - b0);
        low += (a0 - a4) * (b4 - b0);
        high += multiplyHigh(x1 - x3, b3 - b1);
        low += (a1 - a3) * (b3 - b1);
        high += multiplyHigh(y0 - y4, d4 - d0);
        low += (c0 - c4) * (d4 - d0);
        high += multiplyHigh(y1 - y3, d3 - d1);
        low += (c1 - c3) * (d3 - d1);
        low -= high << 58;
        low += carry;
        low += middle(m0);
        low += low192(m1);
        low += high96(m2);
        low += low96(m3);
        final long m4 = low & MASK;
        carry = (low >> BITS) + (high << 4);

        // column 5
        windowHigh -= abHigh0;
        windowLow -= abLow0;
        windowHigh -= cdHigh0;
        windowLow -= cdLow0;
        high = windowHigh;
        low = windowLow;
        high += multiplyHigh(x1 - x4, b4 - b1);
        low += (a1 - a4) * (b4 - b1);
        high += multiplyHigh(x2 - x3, b3 - b2);
        low += (a2 - a3) * (b3 - b2);
        high += multiplyHigh(y1 - y4, d4 - d1);
        low += (c1 - c4) * (d4 - d1);
        high += multiplyHigh(y2 - y3, d3 - d2);
        low += (c2 - c3) * (d3 - d2);
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
        windowHigh -= abHigh1;
        windowLow -= abLow1;
        windowHigh -= cdHigh1;
        windowLow -= cdLow1;
        high = windowHigh;
        low = windowLow;
        high += multiplyHigh(x2 - x4, b4 - b2);
        low += (a2 - a4) * (b4 - b2);
        high += multiplyHigh(y2 - y4, d4 - d2);
        low += (c2 - c4) * (d4 - d2);
        low -= high << 58;
        low += carry;
        low += high256(m1);
        low += middle(m2);
        low += low192(m3);
        low += high96(m4);
        r[1] = low & MASK;
        carry = (low >> BITS) + (high << 4);

        // column 7
        windowHigh -= abHigh2;
        windowLow -= abLow2;
        windowHigh -= cdHigh2;
        windowLow -= cdLow2;
        high = windowHigh;
        low = windowLow;
        high += multiplyHigh(x3 - x4, b4 - b3);
        low += (a3 - a4) * (b4 - b3);
        high += multiplyHigh(y3 - y4, d4 - d3);
        low += (c3 - c4) * (d4 - d3);
        low -= high << 58;
        low += carry;
        low += high256(m2);
        low += middle(m3);
        low += low192(m4);
        r[2] = low & MASK;
        carry = (low >> BITS) + (high << 4);

        // column 8
        windowHigh -= abHigh3;
        windowLow -= abLow3;
        windowHigh -= cdHigh3;
        windowLow -= cdLow3;
        high = windowHigh;
        low = windowLow;
        low -= high << 58;
        low += carry;
        low += high256(m3);
        low += middle(m4);
        r[3] = low & MASK;
        carry = (low >> BITS) + (high << 4);
        r[4] = carry + high256(m4);
    }
}
