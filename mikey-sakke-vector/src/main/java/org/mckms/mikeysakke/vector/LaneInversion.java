package org.mckms.mikeysakke.vector;

import java.util.Arrays;
import org.mckms.mikeysakke.field.ModularInverse;
import org.mckms.mikeysakke.field.SakkeField;

/**
 * Eight inversions for one (P. Montgomery, "Speeding the Pollard and elliptic curve methods of factorization", 1987), with products formed
 * over the lanes in three steps instead of one after the other.
 */
final class LaneInversion {
    private static final ModularInverse INVERSE = new ModularInverse(modulus());

    private LaneInversion() {}

    private static byte[] modulus() {
        byte[] signed = Modulus.P.toByteArray();
        return Arrays.copyOfRange(signed, signed.length - SakkeField.OCTETS, signed.length);
    }

    /** r = 1/a in each lane, and zero for zero. */
    static void invert(VectorSakkeField field, long[] r, long[] a) {
        long[] masks = new long[Lanes.COUNT];
        long[] product = new long[field.size()];
        long[] others = new long[field.size()];
        long[] rotated = new long[field.size()];
        try {
            // one instead of zero
            field.isZero(masks, a);
            System.arraycopy(a, 0, product, 0, a.length);
            field.setOne(rotated);
            field.copyIf(product, rotated, masks);
            // product over 2, 4 and 8 lanes; the other lanes of those
            LaneRotation.rotate(others, product, 1);
            field.multiply(product, others, product);
            for (int distance = 2; distance < Lanes.COUNT; distance *= 2) {
                LaneRotation.rotate(rotated, product, distance);
                field.multiply(others, rotated, others);
                field.multiply(product, rotated, product);
            }
            invertOne(field, product);
            field.multiply(others, others, product);
            field.setZero(rotated);
            field.copyIf(others, rotated, masks);
            System.arraycopy(others, 0, r, 0, r.length);
        } finally {
            Arrays.fill(masks, 0);
            Arrays.fill(product, 0);
            Arrays.fill(others, 0);
            Arrays.fill(rotated, 0);
        }
    }

    /** Inverts the element that all lanes have in common; it is not zero. */
    private static void invertOne(VectorSakkeField field, long[] x) {
        long[] limbs = new long[Modulus.LIMBS];
        try {
            field.toNumbers(x, x);
            Encoding.number(limbs, x, 0);
            INVERSE.invert(limbs, Modulus.BITS);
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                Encoding.setNumber(x, lane, limbs);
            }
            field.fromNumbers(x, x);
        } finally {
            Arrays.fill(limbs, 0);
        }
    }
}
