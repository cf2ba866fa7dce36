package org.mckms.mikeysakke.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/**
 * Rows of a product by the method of the school: a limb of a times limbs of b, added to the sums of the columns.
 *
 * <p>A block of rows goes through the columns together: the sum of a column stays in a register while it passes from the first row of
 * the block to the last, so eight products cost one load of b and one load and one store of a sum.
 */
final class ProductRows {
    private ProductRows() {}

    /**
     * sums = (limbs 0 to 7 of a) * (limbs of b). The sums are zeros before, and are not read: those of the first columns have only just
     * been written, in other units.
     */
    static void setEight(double[] sums, long[] a, long[] b) {
        LongVector bits0 = LongVector.fromArray(Lanes.LONGS, a, 0 * Lanes.COUNT);
        DoubleVector a0 = bits0.viewAsFloatingLanes();
        LongVector bits1 = LongVector.fromArray(Lanes.LONGS, a, 1 * Lanes.COUNT);
        DoubleVector a1 = bits1.viewAsFloatingLanes();
        LongVector bits2 = LongVector.fromArray(Lanes.LONGS, a, 2 * Lanes.COUNT);
        DoubleVector a2 = bits2.viewAsFloatingLanes();
        LongVector bits3 = LongVector.fromArray(Lanes.LONGS, a, 3 * Lanes.COUNT);
        DoubleVector a3 = bits3.viewAsFloatingLanes();
        LongVector bits4 = LongVector.fromArray(Lanes.LONGS, a, 4 * Lanes.COUNT);
        DoubleVector a4 = bits4.viewAsFloatingLanes();
        LongVector bits5 = LongVector.fromArray(Lanes.LONGS, a, 5 * Lanes.COUNT);
        DoubleVector a5 = bits5.viewAsFloatingLanes();
        LongVector bits6 = LongVector.fromArray(Lanes.LONGS, a, 6 * Lanes.COUNT);
        DoubleVector a6 = bits6.viewAsFloatingLanes();
        LongVector bits7 = LongVector.fromArray(Lanes.LONGS, a, 7 * Lanes.COUNT);
        DoubleVector a7 = bits7.viewAsFloatingLanes();
        DoubleVector s0 = Lanes.zero();
        DoubleVector s1 = Lanes.zero();
        DoubleVector s2 = Lanes.zero();
        DoubleVector s3 = Lanes.zero();
        DoubleVector s4 = Lanes.zero();
        DoubleVector s5 = Lanes.zero();
        DoubleVector s6 = Lanes.zero();
        for (int j = 0; j < Modulus.LIMBS; j++) {
            LongVector bits = LongVector.fromArray(Lanes.LONGS, b, Lanes.COUNT * j);
            DoubleVector f = bits.viewAsFloatingLanes();
            DoubleVector column = a0.fma(f, s0);
            column.intoArray(sums, Lanes.COUNT * j);
            s0 = a1.fma(f, s1);
            s1 = a2.fma(f, s2);
            s2 = a3.fma(f, s3);
            s3 = a4.fma(f, s4);
            s4 = a5.fma(f, s5);
            s5 = a6.fma(f, s6);
            s6 = a7.mul(f);
        }
        int end = Lanes.COUNT * Modulus.LIMBS;
        s0.intoArray(sums, end);
        s1.intoArray(sums, end + Lanes.COUNT);
        s2.intoArray(sums, end + 2 * Lanes.COUNT);
        s3.intoArray(sums, end + 3 * Lanes.COUNT);
        s4.intoArray(sums, end + 4 * Lanes.COUNT);
        s5.intoArray(sums, end + 5 * Lanes.COUNT);
        s6.intoArray(sums, end + 6 * Lanes.COUNT);
    }

    /** sums = sums + (limbs i to i + 7 of a) * (limbs {@code from} to {@code to - 1} of b). */
    static void addEight(double[] sums, long[] a, int i, long[] b, int from, int to) {
        DoubleVector a0 = Lanes.load(a, i);
        DoubleVector a1 = Lanes.load(a, i + 1);
        DoubleVector a2 = Lanes.load(a, i + 2);
        DoubleVector a3 = Lanes.load(a, i + 3);
        DoubleVector a4 = Lanes.load(a, i + 4);
        DoubleVector a5 = Lanes.load(a, i + 5);
        DoubleVector a6 = Lanes.load(a, i + 6);
        DoubleVector a7 = Lanes.load(a, i + 7);
        int column = i + from;
        DoubleVector s0 = Lanes.load(sums, column);
        DoubleVector s1 = Lanes.load(sums, column + 1);
        DoubleVector s2 = Lanes.load(sums, column + 2);
        DoubleVector s3 = Lanes.load(sums, column + 3);
        DoubleVector s4 = Lanes.load(sums, column + 4);
        DoubleVector s5 = Lanes.load(sums, column + 5);
        DoubleVector s6 = Lanes.load(sums, column + 6);
        for (int j = from; j < to; j++) {
            DoubleVector f = Lanes.load(b, j);
            Lanes.store(a0.fma(f, s0), sums, column);
            s0 = a1.fma(f, s1);
            s1 = a2.fma(f, s2);
            s2 = a3.fma(f, s3);
            s3 = a4.fma(f, s4);
            s4 = a5.fma(f, s5);
            s5 = a6.fma(f, s6);
            s6 = a7.fma(f, Lanes.load(sums, column + 7));
            column++;
        }
        Lanes.store(s0, sums, column);
        Lanes.store(s1, sums, column + 1);
        Lanes.store(s2, sums, column + 2);
        Lanes.store(s3, sums, column + 3);
        Lanes.store(s4, sums, column + 4);
        Lanes.store(s5, sums, column + 5);
        Lanes.store(s6, sums, column + 6);
    }

    /** sums = sums + (limbs i to i + 3 of a) * (limbs {@code from} to {@code to - 1} of b), a multiple of 4. */
    static void addFour(double[] sums, long[] a, int i, long[] b, int from, int to) {
        DoubleVector a0 = Lanes.load(a, i);
        DoubleVector a1 = Lanes.load(a, i + 1);
        DoubleVector a2 = Lanes.load(a, i + 2);
        DoubleVector a3 = Lanes.load(a, i + 3);
        int column = i + from;
        DoubleVector s0 = Lanes.load(sums, column);
        DoubleVector s1 = Lanes.load(sums, column + 1);
        DoubleVector s2 = Lanes.load(sums, column + 2);
        for (int j = from; j < to; j += 4) {
            DoubleVector f0 = Lanes.load(b, j);
            DoubleVector f1 = Lanes.load(b, j + 1);
            DoubleVector f2 = Lanes.load(b, j + 2);
            DoubleVector f3 = Lanes.load(b, j + 3);
            Lanes.store(a0.fma(f0, s0), sums, column);
            Lanes.store(a0.fma(f1, a1.fma(f0, s1)), sums, column + 1);
            Lanes.store(a0.fma(f2, a1.fma(f1, a2.fma(f0, s2))), sums, column + 2);
            DoubleVector s3 = Lanes.load(sums, column + 3);
            Lanes.store(a0.fma(f3, a1.fma(f2, a2.fma(f1, a3.fma(f0, s3)))), sums, column + 3);
            s0 = a1.fma(f3, a2.fma(f2, a3.fma(f1, Lanes.load(sums, column + 4))));
            s1 = a2.fma(f3, a3.fma(f2, Lanes.load(sums, column + 5)));
            s2 = a3.fma(f3, Lanes.load(sums, column + 6));
            column += 4;
        }
        Lanes.store(s0, sums, column);
        Lanes.store(s1, sums, column + 1);
        Lanes.store(s2, sums, column + 2);
    }
}
