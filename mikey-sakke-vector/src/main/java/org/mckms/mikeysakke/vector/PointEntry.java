package org.mckms.mikeysakke.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/** Turns what a scan has read into the three packs that {@link org.mckms.mikeysakke.curve.EdwardsPoint#addAffine} takes. */
final class PointEntry {
    private static final int ELEMENT = Modulus.SIZE * Lanes.COUNT;
    private static final int[] ONE = one();

    private PointEntry() {}

    private static int[] one() {
        double[] limbs = Modulus.limbs(Modulus.R.mod(Modulus.P), Modulus.SIZE);
        int[] one = new int[limbs.length];
        for (int i = 0; i < one.length; i++) {
            one[i] = (int) limbs[i];
        }
        return one;
    }

    /**
     * The packs y + x, y - x and 2 x y of the point that was read, of its negative where the sign is all ones, and of the identity, 1, 1
     * and 0, where nothing was read.
     */
    static void split(long[] yPlusX, long[] yMinusX, long[] twoXY, int[] entry, int[] signs, int[] zeros) {
        IntVector sign = IntVector.fromArray(TableScan.INTS, signs, 0);
        IntVector zero = IntVector.fromArray(TableScan.INTS, zeros, 0);
        for (int limb = 0; limb < Modulus.SIZE; limb++) {
            IntVector one = IntVector.broadcast(TableScan.INTS, ONE[limb]).lanewise(VectorOperators.AND, zero);
            IntVector plus = IntVector.fromArray(TableScan.INTS, entry, limb * Lanes.COUNT)
                    .lanewise(VectorOperators.OR, one);
            IntVector minus = IntVector.fromArray(TableScan.INTS, entry, ELEMENT + limb * Lanes.COUNT)
                    .lanewise(VectorOperators.OR, one);
            IntVector product = IntVector.fromArray(TableScan.INTS, entry, 2 * ELEMENT + limb * Lanes.COUNT);
            IntVector change = plus.lanewise(VectorOperators.XOR, minus).lanewise(VectorOperators.AND, sign);
            plus = plus.lanewise(VectorOperators.XOR, change);
            minus = minus.lanewise(VectorOperators.XOR, change);
            IntVector complement = product.lanewise(VectorOperators.XOR, sign);
            product = complement.lanewise(VectorOperators.SUB, sign);
            DoubleVector plusLimb = (DoubleVector) plus.castShape(Lanes.DOUBLES, 0);
            DoubleVector minusLimb = (DoubleVector) minus.castShape(Lanes.DOUBLES, 0);
            DoubleVector productLimb = (DoubleVector) product.castShape(Lanes.DOUBLES, 0);
            LongVector plusBits = plusLimb.viewAsIntegralLanes();
            LongVector minusBits = minusLimb.viewAsIntegralLanes();
            LongVector productBits = productLimb.viewAsIntegralLanes();
            plusBits.intoArray(yPlusX, limb * Lanes.COUNT);
            minusBits.intoArray(yMinusX, limb * Lanes.COUNT);
            productBits.intoArray(twoXY, limb * Lanes.COUNT);
        }
    }
}
