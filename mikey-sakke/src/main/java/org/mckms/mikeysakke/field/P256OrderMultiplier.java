package org.mckms.mikeysakke.field;

/**
 * Montgomery multiplication modulo the order of P-256 in five limbs, column by column without a loop.
 *
 * <p>A column holds at most ten products, so their sum and the carry need no split.
 */
final class P256OrderMultiplier extends MontgomeryMultiplier {
    private static final long Q0 = 0x3B9CAC2FC632551L;
    private static final long Q1 = 0x1BEAB69C5E7A13CL;
    private static final long Q2 = 0x3FFFFFFFFFFFBCEL;
    private static final long Q3 = 0x3FC00000003FFFFL;
    private static final long Q4 = 0xFFFFFFL;
    /** -1 / q modulo 2^58. */
    private static final long NEGATED_INVERSE = 0xD1C8AAEE00BC4FL;

    P256OrderMultiplier() {
        super(new long[] {Q0, Q1, Q2, Q3, Q4});
    }

    @Override
    void multiply(long[] r, long[] a, long[] b) {
        long a0 = a[0];
        long a1 = a[1];
        long a2 = a[2];
        long a3 = a[3];
        long a4 = a[4];
        long b0 = b[0];
        long b1 = b[1];
        long b2 = b[2];
        long b3 = b[3];
        long b4 = b[4];

        long low = a0 * b0;
        long high = high(a0, b0);
        long m0 = low * NEGATED_INVERSE & MASK;
        long carry = carry(low + m0 * Q0, high + high(m0, Q0));

        low = carry + a0 * b1 + a1 * b0;
        high = high(a0, b1) + high(a1, b0);
        low += m0 * Q1;
        high += high(m0, Q1);
        long m1 = low * NEGATED_INVERSE & MASK;
        carry = carry(low + m1 * Q0, high + high(m1, Q0));

        low = carry + a0 * b2 + a1 * b1 + a2 * b0;
        high = high(a0, b2) + high(a1, b1) + high(a2, b0);
        low += m0 * Q2 + m1 * Q1;
        high += high(m0, Q2) + high(m1, Q1);
        long m2 = low * NEGATED_INVERSE & MASK;
        carry = carry(low + m2 * Q0, high + high(m2, Q0));

        low = carry + a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0;
        high = high(a0, b3) + high(a1, b2) + high(a2, b1) + high(a3, b0);
        low += m0 * Q3 + m1 * Q2 + m2 * Q1;
        high += high(m0, Q3) + high(m1, Q2) + high(m2, Q1);
        long m3 = low * NEGATED_INVERSE & MASK;
        carry = carry(low + m3 * Q0, high + high(m3, Q0));

        low = carry + a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0;
        high = high(a0, b4) + high(a1, b3) + high(a2, b2) + high(a3, b1) + high(a4, b0);
        low += m0 * Q4 + m1 * Q3 + m2 * Q2 + m3 * Q1;
        high += high(m0, Q4) + high(m1, Q3) + high(m2, Q2) + high(m3, Q1);
        long m4 = low * NEGATED_INVERSE & MASK;
        carry = carry(low + m4 * Q0, high + high(m4, Q0));

        low = carry + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1;
        high = high(a1, b4) + high(a2, b3) + high(a3, b2) + high(a4, b1);
        low += m1 * Q4 + m2 * Q3 + m3 * Q2 + m4 * Q1;
        high += high(m1, Q4) + high(m2, Q3) + high(m3, Q2) + high(m4, Q1);
        r[0] = low & MASK;
        carry = carry(low, high);

        low = carry + a2 * b4 + a3 * b3 + a4 * b2;
        high = high(a2, b4) + high(a3, b3) + high(a4, b2);
        low += m2 * Q4 + m3 * Q3 + m4 * Q2;
        high += high(m2, Q4) + high(m3, Q3) + high(m4, Q2);
        r[1] = low & MASK;
        carry = carry(low, high);

        low = carry + a3 * b4 + a4 * b3;
        high = high(a3, b4) + high(a4, b3);
        low += m3 * Q4 + m4 * Q3;
        high += high(m3, Q4) + high(m4, Q3);
        r[2] = low & MASK;
        carry = carry(low, high);

        low = carry + a4 * b4;
        high = high(a4, b4);
        low += m4 * Q4;
        high += high(m4, Q4);
        r[3] = low & MASK;
        carry = carry(low, high);

        r[4] = carry;
        subtractOrderOnce(r, r);
    }
}
