package org.mckms.mikeysakke.vector;

import jdk.incubator.vector.DoubleVector;

/** Rows of the product of a quotient and a constant, added to the sums of the columns as in {@link ProductRows}. */
final class ModulusRows {
    private ModulusRows() {}

    /** sums = sums + quotient * constant * 2^(24 i); the quotient has eight limbs. */
    static void addEight(double[] sums, int i, long[] quotient, double[] constant) {
        DoubleVector q0 = Lanes.load(quotient, 0);
        DoubleVector q1 = Lanes.load(quotient, 1);
        DoubleVector q2 = Lanes.load(quotient, 2);
        DoubleVector q3 = Lanes.load(quotient, 3);
        DoubleVector q4 = Lanes.load(quotient, 4);
        DoubleVector q5 = Lanes.load(quotient, 5);
        DoubleVector q6 = Lanes.load(quotient, 6);
        DoubleVector q7 = Lanes.load(quotient, 7);
        int column = i;
        DoubleVector s0 = Lanes.load(sums, column);
        DoubleVector s1 = Lanes.load(sums, column + 1);
        DoubleVector s2 = Lanes.load(sums, column + 2);
        DoubleVector s3 = Lanes.load(sums, column + 3);
        DoubleVector s4 = Lanes.load(sums, column + 4);
        DoubleVector s5 = Lanes.load(sums, column + 5);
        DoubleVector s6 = Lanes.load(sums, column + 6);
        for (int j = 0; j < constant.length; j++) {
            DoubleVector f = DoubleVector.broadcast(Lanes.DOUBLES, constant[j]);
            Lanes.store(q0.fma(f, s0), sums, column);
            s0 = q1.fma(f, s1);
            s1 = q2.fma(f, s2);
            s2 = q3.fma(f, s3);
            s3 = q4.fma(f, s4);
            s4 = q5.fma(f, s5);
            s5 = q6.fma(f, s6);
            s6 = q7.fma(f, Lanes.load(sums, column + 7));
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
}
