package org.mckms.mikeysakke.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/** Sums and differences of packs: exact, and carried in one pass, so that their limbs are as small as those of a product. */
final class CarriedSum {
    private CarriedSum() {}

    /** r = a + sign * b, limb by limb, with one carry; the sign is 1 or -1. */
    static void set(long[] r, long[] a, long[] b, double sign) {
        DoubleVector factor = DoubleVector.broadcast(Lanes.DOUBLES, sign);
        DoubleVector rounder = DoubleVector.broadcast(Lanes.DOUBLES, Carry.ROUNDER);
        DoubleVector inverse = DoubleVector.broadcast(Lanes.DOUBLES, Carry.BASE_INVERSE);
        DoubleVector h3 = Lanes.zero();
        for (int i = 0; i < Modulus.SIZE; i += 4) {
            LongVector a0 = LongVector.fromArray(Lanes.LONGS, a, Lanes.COUNT * i);
            DoubleVector x0 = Lanes.load(b, i).fma(factor, a0.viewAsFloatingLanes());
            LongVector a1 = LongVector.fromArray(Lanes.LONGS, a, Lanes.COUNT * (i + 1));
            DoubleVector x1 = Lanes.load(b, i + 1).fma(factor, a1.viewAsFloatingLanes());
            LongVector a2 = LongVector.fromArray(Lanes.LONGS, a, Lanes.COUNT * (i + 2));
            DoubleVector x2 = Lanes.load(b, i + 2).fma(factor, a2.viewAsFloatingLanes());
            LongVector a3 = LongVector.fromArray(Lanes.LONGS, a, Lanes.COUNT * (i + 3));
            DoubleVector x3 = Lanes.load(b, i + 3).fma(factor, a3.viewAsFloatingLanes());
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
