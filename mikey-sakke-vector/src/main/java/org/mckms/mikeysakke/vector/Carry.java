package org.mckms.mikeysakke.vector;

import jdk.incubator.vector.DoubleVector;

/**
 * The carry between limbs of base 2^24.
 *
 * <p>One pass takes from each limb x the multiple of 2^24 nearest to it, h, and adds h / 2^24 to the next limb. No limb waits for
 * another, so the next one is left a little over 2^23 if the carry into it is large: from limbs below 2^53 a pass leads to at most 2^23 +
 * 2^29, a second one to at most 2^23 + 2^5 + 1, and from limbs up to 2^24 + 2^7 one pass to at most 2^23 + 2.
 */
final class Carry {
    static final double BASE_INVERSE = 0x1p-24;

    /**
     * x + ROUNDER - ROUNDER is the multiple of 2^24 nearest to x for |x| up to 2^75: the sum lies between 2^76 and 2^77, where doubles are
     * 2^24 apart.
     */
    static final double ROUNDER = 0x1.8p76;

    private Carry() {}

    /**
     * Limbs {@code from} to {@code from + count - 1} of x in two passes, into the limbs of y from 0. What they carry on is added to limb
     * {@code from + count} of x. The count is a multiple of 4.
     */
    static void twice(long[] y, double[] x, int from, int count) {
        DoubleVector rounder = DoubleVector.broadcast(Lanes.DOUBLES, ROUNDER);
        DoubleVector inverse = DoubleVector.broadcast(Lanes.DOUBLES, BASE_INVERSE);
        DoubleVector h3 = Lanes.zero();
        DoubleVector g3 = Lanes.zero();
        for (int i = 0; i < count; i += 4) {
            DoubleVector x0 = Lanes.load(x, from + i);
            DoubleVector x1 = Lanes.load(x, from + i + 1);
            DoubleVector x2 = Lanes.load(x, from + i + 2);
            DoubleVector x3 = Lanes.load(x, from + i + 3);
            DoubleVector h0 = x0.add(rounder).sub(rounder);
            x0 = h3.fma(inverse, x0.sub(h0));
            DoubleVector h1 = x1.add(rounder).sub(rounder);
            x1 = h0.fma(inverse, x1.sub(h1));
            DoubleVector h2 = x2.add(rounder).sub(rounder);
            x2 = h1.fma(inverse, x2.sub(h2));
            h3 = x3.add(rounder).sub(rounder);
            x3 = h2.fma(inverse, x3.sub(h3));
            DoubleVector g0 = x0.add(rounder).sub(rounder);
            x0 = g3.fma(inverse, x0.sub(g0));
            DoubleVector g1 = x1.add(rounder).sub(rounder);
            x1 = g0.fma(inverse, x1.sub(g1));
            DoubleVector g2 = x2.add(rounder).sub(rounder);
            x2 = g1.fma(inverse, x2.sub(g2));
            g3 = x3.add(rounder).sub(rounder);
            x3 = g2.fma(inverse, x3.sub(g3));
            Lanes.store(x0, y, i);
            Lanes.store(x1, y, i + 1);
            Lanes.store(x2, y, i + 2);
            Lanes.store(x3, y, i + 3);
        }
        Lanes.store(h3.add(g3).fma(inverse, Lanes.load(x, from + count)), x, from + count);
    }
}
