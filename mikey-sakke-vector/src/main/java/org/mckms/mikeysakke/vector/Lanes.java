package org.mckms.mikeysakke.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vectors of eight doubles, and how they lie in arrays: limb i of the eight elements of a pack is at the indices 8 i to 8 i + 7.
 *
 * <p>HotSpot's compiler keeps vectors in registers only if it expands every operation of a method on them in place, and it stops expanding
 * in the middle of a method that has become too large, with whatever it has taken in from the methods called. Then each operation takes a
 * hundred times longer. So a rule holds in this package, and a test checks it: a method that calculates with vectors has more than 325
 * octets of code, which HotSpot never takes into a caller, or only some 25 operations and one caller without vectors; and it has not more
 * than some 50 operations. The methods here are small enough to be expanded always.
 */
final class Lanes {
    static final int COUNT = 8;

    static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_512;
    static final VectorSpecies<Long> LONGS = LongVector.SPECIES_512;

    private Lanes() {}

    static DoubleVector zero() {
        return DoubleVector.zero(DOUBLES);
    }

    static DoubleVector load(double[] limbs, int i) {
        return DoubleVector.fromArray(DOUBLES, limbs, i * COUNT);
    }

    /** The limbs of a pack, whose longs are the bits of doubles. */
    static DoubleVector load(long[] pack, int i) {
        return LongVector.fromArray(LONGS, pack, i * COUNT).viewAsFloatingLanes();
    }

    /** A constant in each lane. */
    static DoubleVector broadcast(double[] constants, int i) {
        return DoubleVector.broadcast(DOUBLES, constants[i]);
    }

    static void store(DoubleVector vector, double[] limbs, int i) {
        vector.intoArray(limbs, i * COUNT);
    }

    static void store(DoubleVector vector, long[] pack, int i) {
        vector.viewAsIntegralLanes().intoArray(pack, i * COUNT);
    }
}
