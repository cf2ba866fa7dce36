package org.mckms.mikeysakke.vector;

import jdk.incubator.vector.DoubleVector;

/** Takes the multiple of p nearest to it from each element of a loose pack. */
final class Tightening {
    /** x + ROUNDER - ROUNDER is the whole number nearest to x, for small x. */
    private static final double ROUNDER = 0x1.8p52;

    private Tightening() {}

    /**
     * r = a - k p with one carry, |r| at most 0.51 p.
     *
     * <p>k is 2^1008 / p times the last limb, rounded. The lower limbs are worth less than 0.51 * 2^1008, or 2^-15 p.
     */
    static void set(long[] r, long[] a) {
        DoubleVector last = Lanes.load(a, Modulus.LIMBS - 1);
        DoubleVector k = last.mul(-Modulus.LAST_LIMB_UNIT).add(ROUNDER).sub(ROUNDER);
        DoubleVector rounder = DoubleVector.broadcast(Lanes.DOUBLES, Carry.ROUNDER);
        DoubleVector inverse = DoubleVector.broadcast(Lanes.DOUBLES, Carry.BASE_INVERSE);
        DoubleVector h3 = Lanes.zero();
        double[] p = Modulus.MODULUS;
        for (int i = 0; i < Modulus.SIZE; i += 4) {
            DoubleVector x0 = Lanes.broadcast(p, i).fma(k, Lanes.load(a, i));
            DoubleVector x1 = Lanes.broadcast(p, i + 1).fma(k, Lanes.load(a, i + 1));
            DoubleVector x2 = Lanes.broadcast(p, i + 2).fma(k, Lanes.load(a, i + 2));
            DoubleVector x3 = Lanes.broadcast(p, i + 3).fma(k, Lanes.load(a, i + 3));
            DoubleVector h0 = x0.add(rounder).sub(rounder);
            h3.fma(inverse, x0.sub(h0)).viewAsIntegralLanes().intoArray(r, Lanes.COUNT * i);
            DoubleVector h1 = x1.add(rounder).sub(rounder);
            h0.fma(inverse, x1.sub(h1)).viewAsIntegralLanes().intoArray(r, Lanes.COUNT * (i + 1));
            DoubleVector h2 = x2.add(rounder).sub(rounder);
            h1.fma(inverse, x2.sub(h2)).viewAsIntegralLanes().intoArray(r, Lanes.COUNT * (i + 2));
            h3 = x3.add(rounder).sub(rounder);
            h2.fma(inverse, x3.sub(h3)).viewAsIntegralLanes().intoArray(r, Lanes.COUNT * (i + 3));
        }
    }
}
