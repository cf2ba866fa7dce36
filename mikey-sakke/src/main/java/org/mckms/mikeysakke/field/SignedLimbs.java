package org.mckms.mikeysakke.field;

/**
 * Integers as little-endian limbs of 60 bits, of which the highest limb carries the sign; the others are in 0..2^60-1.
 *
 * <p>Sums of up to three products go without a carry per product. For a factor u, |u| &lt;= 2^60, and a limb x let L be u x modulo
 * 2^64 and H = floor(u x / 2^61), the high half of u (8 x). Then u x = 2^61 H + rest with 0 &lt;= rest &lt; 2^61, so the sum of three and
 * of a carry below 2^61 in size is 2^61 (sum of H) plus a value that fits a long, and that value is (sum of L) - 2^61 (sum of H)
 * modulo 2^64.
 */
final class SignedLimbs {
    /** Bits of a limb; as many as a batch has divsteps, so that dividing by 2^60 is dropping a limb. */
    static final int BITS = DivstepMatrix.STEPS;

    private static final int HIGH_SHIFT = 64 - 1 - BITS;
    private static final int HIGH_BITS = 64 - HIGH_SHIFT;
    private static final long MASK = (1L << BITS) - 1;

    private SignedLimbs() {}

    /** (f, g) = (u f + v g, q f + r g) / 2^60, which are integers. */
    static void transform(long[] f, long[] g, DivstepMatrix matrix) {
        long u = matrix.u;
        long v = matrix.v;
        long q = matrix.q;
        long r = matrix.r;
        long carryF = 0;
        long carryG = 0;
        for (int i = 0; i < f.length; i++) {
            long fi = f[i];
            long gi = g[i];
            long lowF = u * fi + v * gi + carryF;
            long lowG = q * fi + r * gi + carryG;
            long highF = high(u, fi) + high(v, gi);
            long highG = high(q, fi) + high(r, gi);
            if (i > 0) {
                f[i - 1] = lowF & MASK;
                g[i - 1] = lowG & MASK;
            }
            carryF = carry(lowF, highF);
            carryG = carry(lowG, highG);
        }
        f[f.length - 1] = carryF;
        g[g.length - 1] = carryG;
    }

    /**
     * (d, e) = (u d + v e, q d + r e) / 2^60 modulo the modulus m, by adding the multiple of m that makes each sum divisible by 2^60.
     *
     * <p>The multiple is at most 2^59 m in size, so |d| and |e| grow by m / 2 at most.
     *
     * @param negatedInverse -1 / m modulo 2^60
     */
    static void transformModulo(long[] d, long[] e, DivstepMatrix matrix, long[] modulus, long negatedInverse) {
        long u = matrix.u;
        long v = matrix.v;
        long q = matrix.q;
        long r = matrix.r;
        long s = signed((u * d[0] + v * e[0]) * negatedInverse);
        long t = signed((q * d[0] + r * e[0]) * negatedInverse);
        long carryD = 0;
        long carryE = 0;
        for (int i = 0; i < d.length; i++) {
            long di = d[i];
            long ei = e[i];
            long mi = modulus[i];
            long lowD = u * di + v * ei + s * mi + carryD;
            long lowE = q * di + r * ei + t * mi + carryE;
            long highD = high(u, di) + high(v, ei) + high(s, mi);
            long highE = high(q, di) + high(r, ei) + high(t, mi);
            if (i > 0) {
                d[i - 1] = lowD & MASK;
                e[i - 1] = lowE & MASK;
            }
            carryD = carry(lowD, highD);
            carryE = carry(lowE, highE);
        }
        d[d.length - 1] = carryD;
        e[e.length - 1] = carryE;
    }

    /** a = -a if the mask is all ones, unchanged if it is zero. */
    static void negateIf(long[] a, long mask) {
        long carry = 0;
        for (int i = 0; i < a.length - 1; i++) {
            carry += (a[i] ^ mask) - mask;
            a[i] = carry & MASK;
            carry >>= BITS;
        }
        a[a.length - 1] = (a[a.length - 1] ^ mask) - mask + carry;
    }

    /** a = a + (b and mask). */
    static void addIf(long[] a, long[] b, long mask) {
        long carry = 0;
        for (int i = 0; i < a.length - 1; i++) {
            carry += a[i] + (b[i] & mask);
            a[i] = carry & MASK;
            carry >>= BITS;
        }
        a[a.length - 1] += (b[a.length - 1] & mask) + carry;
    }

    /** a = a - b. */
    static void subtract(long[] a, long[] b) {
        long carry = 0;
        for (int i = 0; i < a.length - 1; i++) {
            carry += a[i] - b[i];
            a[i] = carry & MASK;
            carry >>= BITS;
        }
        a[a.length - 1] += carry - b[a.length - 1];
    }

    /** All ones if a is negative, else zero. */
    static long sign(long[] a) {
        return a[a.length - 1] >> 63;
    }

    private static long high(long factor, long limb) {
        return Math.multiplyHigh(factor, limb << HIGH_SHIFT);
    }

    /** floor(sum / 2^60) for the sum whose low and high parts are given. */
    private static long carry(long low, long high) {
        return (high << HIGH_BITS - BITS) + (low - (high << HIGH_BITS) >> BITS);
    }

    /** The lowest 60 bits, read as a signed number. */
    private static long signed(long low) {
        return low << 64 - BITS >> 64 - BITS;
    }
}
