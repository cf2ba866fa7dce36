package org.mckms.mikeysakke.field;

import java.util.Arrays;

/**
 * The inverse modulo a public odd prime m, in a time that depends on the length of m only.
 *
 * <p>This is "safegcd" of D. J. Bernstein and B.-Y. Yang, "Fast constant-time gcd computation and modular inversion" (TCHES 2019, 3),
 * in the variant of P. Wuille that starts with delta = 1/2. The <em>divstep</em> takes an odd f, any g and delta to
 *
 * <pre>
 *   (1 - delta, g, (g - f) / 2)              if delta &gt; 0 and g is odd
 *   (1 + delta, f, (g + (g mod 2) f) / 2)    otherwise
 * </pre>
 *
 * <p>Started from f = m and g = x it reaches g = 0 and f = gcd(m, x) or its negative. From 0 &lt;= g &lt;= f &lt; 2^d that takes at most
 * floor((45907 d + 26313) / 19929) steps (P. Wuille, "Bounds on divsteps iterations in safegcd", 2021, generic formula for hddivsteps).
 * For d = 256 that is 591; the bound found for that length by computer, 590, has a proof checked by Coq in the same place.
 *
 * <p>The lowest 60 bits of f and g decide the next 60 steps. These are run on single words ({@link DivstepMatrix}), which gives a
 * matrix; it is then applied to all of f and g ({@link SignedLimbs#transform}), and to d and e, kept such that d x = f and e x = g
 * modulo m ({@link SignedLimbs#transformModulo}). At the end f = 1 or -1 and x^-1 = f d.
 *
 * <p>Thread safe.
 */
public final class ModularInverse {
    private final int batches;
    private final long negatedInverse;
    /** m 2^i at index i; the last one is greater than |d| can be at the end. */
    private final long[][] multiples;

    /** @param modulus an odd prime, big-endian, without leading zero octets */
    public ModularInverse(byte[] modulus) {
        int bits = Byte.SIZE * modulus.length;
        this.batches = batches(bits);
        int growth = Integer.SIZE - Integer.numberOfLeadingZeros(batches / 2 + 1);
        this.multiples = new long[growth + 1][];
        multiples[0] = new long[limbs(bits + growth + 1)];
        LimbPacking.fromOctets(multiples[0], SignedLimbs.BITS, modulus, 0, modulus.length);
        for (int i = 1; i <= growth; i++) {
            multiples[i] = multiples[i - 1].clone();
            SignedLimbs.addIf(multiples[i], multiples[i - 1], -1);
        }
        this.negatedInverse = -wordInverse(multiples[0][0]);
    }

    /**
     * Replaces a number by its inverse modulo m; zero stays zero.
     *
     * @param words 64-bit words, little-endian, of a value below m
     */
    public void invert(long[] words) {
        invert(words, Long.SIZE);
    }

    /** As {@link #invert(long[])} for limbs of {@code bits} bits, little-endian, with zeros above those bits. */
    public void invert(long[] limbs, int bits) {
        int size = multiples[0].length;
        long[] f = multiples[0].clone();
        long[] g = new long[size];
        long[] d = new long[size];
        long[] e = new long[size];
        DivstepMatrix matrix = new DivstepMatrix();
        try {
            LimbPacking.repack(g, SignedLimbs.BITS, limbs, bits);
            e[0] = 1;
            for (int i = 0; i < batches; i++) {
                matrix.run(f[0], g[0]);
                SignedLimbs.transform(f, g, matrix);
                SignedLimbs.transformModulo(d, e, matrix, multiples[0], negatedInverse);
            }
            requireZero(g);
            SignedLimbs.negateIf(d, SignedLimbs.sign(f));
            reduce(d);
            LimbPacking.repack(limbs, bits, d, SignedLimbs.BITS);
        } finally {
            Arrays.fill(f, 0);
            Arrays.fill(g, 0);
            Arrays.fill(d, 0);
            Arrays.fill(e, 0);
            matrix.wipe();
        }
    }

    /** Enough batches for the bound on the divsteps from values below 2^bits. */
    private static int batches(int bits) {
        int steps = (45907 * bits + 26313) / 19929;
        return (steps + DivstepMatrix.STEPS - 1) / DivstepMatrix.STEPS;
    }

    private static int limbs(int bits) {
        return (bits + SignedLimbs.BITS - 1) / SignedLimbs.BITS;
    }

    /** 1 / x modulo 2^64 by Newton's iteration; x is its own inverse modulo 8 and each step doubles the bits that are right. */
    static long wordInverse(long odd) {
        long inverse = odd;
        for (int bits = 3; bits < Long.SIZE; bits *= 2) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    /** d = d modulo m; |d| has grown to less than the last of the multiples. */
    private void reduce(long[] d) {
        int last = multiples.length - 1;
        SignedLimbs.addIf(d, multiples[last], -1);
        for (int i = last; i >= 0; i--) {
            SignedLimbs.subtract(d, multiples[i]);
            SignedLimbs.addIf(d, multiples[i], SignedLimbs.sign(d));
        }
    }

    /** The bound on the number of steps is proven, so this finds faults of the machine and of the program only. */
    private static void requireZero(long[] g) {
        long any = 0;
        for (long limb : g) {
            any |= limb;
        }
        if (any != 0) {
            throw new IllegalStateException("the inversion did not end");
        }
    }
}
