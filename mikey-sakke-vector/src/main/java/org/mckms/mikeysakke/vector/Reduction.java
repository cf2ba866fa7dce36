package org.mckms.mikeysakke.vector;

import java.util.Arrays;

/**
 * Division of sums of products by R = 2^1152 modulo p (P. Montgomery, "Modular multiplication without trial division", 1985), eight limbs
 * a step.
 *
 * <p>The first five steps use a multiple m of p with m = -1 modulo 2^192: the lowest eight limbs, carried, are themselves the quotient q
 * for which they vanish from T + q m = T - q + q (m + 1), and nothing has to be calculated between a step and the next but a carry. Since
 * |m| is up to 2^191 p, the value left is up to 0.26 * 2^192 p. The last step takes p itself and the quotient T (-1/p) mod 2^192.
 *
 * <p>Bounds. A column holds sums of products of limbs up to 2^23 + 2^6. Column k has at most 2 min(k + 1, 85 - k) of them from two
 * products of 43 limbs each, at most min(max(k - 7, 0), 40) from the first five quotients and at most min(max(k - 39, 0), 8) from the last.
 * That is at most 124 (at k = 44 to 47), and a carry of less than 2^30: together below 2^53, so that all sums are exact.
 * The result is at most 0.51 p from the last quotient, 0.26 p from the others, and for operands up to 13 p nothing to speak of from T:
 * below 0.8 p.
 */
final class Reduction {
    /** Columns that sums of products and their reduction need. */
    static final int COLUMNS = Modulus.STEPS * Modulus.STEP + Modulus.SIZE + 1;

    private static final int LAST = (Modulus.STEPS - 1) * Modulus.STEP;
    /** Columns that the product by -1/p takes; the next one keeps another meanwhile. */
    private static final int SPARE = 2 * Modulus.STEP;

    private static final int RESULT = Modulus.STEPS * Modulus.STEP;

    /** x + ROUNDER - ROUNDER is the whole number nearest to x, |x| up to 2^51. */
    private static final double ROUNDER = 0x1.8p52;

    private Reduction() {}

    /**
     * r = T / R modulo p, tight.
     *
     * @param sums the columns of T; changed
     */
    static void reduce(long[] r, double[] sums) {
        // r serves for the quotients first
        for (int i = 0; i < LAST; i += Modulus.STEP) {
            Carry.twice(r, sums, i, Modulus.STEP);
            ModulusRows.addEight(sums, i + Modulus.STEP, r, Modulus.FRIENDLY_MULTIPLE);
            if (i == SPARE) {
                // cleared long before they are read again
                Arrays.fill(sums, 0, SPARE * Lanes.COUNT, 0);
            }
        }
        lastQuotient(r, sums);
        ModulusRows.addEight(sums, LAST, r, Modulus.MODULUS);
        carryFromZero(sums);
        Carry.twice(r, sums, RESULT, Modulus.SIZE);
    }

    /**
     * The quotient for the columns from LAST on: what is in them, carried, times -1/p. They stay as they are. The cleared first columns
     * serve for the product.
     */
    private static void lastQuotient(long[] quotient, double[] sums) {
        System.arraycopy(sums, RESULT * Lanes.COUNT, sums, SPARE * Lanes.COUNT, Lanes.COUNT);
        Carry.twice(quotient, sums, LAST, Modulus.STEP);
        System.arraycopy(sums, SPARE * Lanes.COUNT, sums, RESULT * Lanes.COUNT, Lanes.COUNT);
        ModulusRows.addEight(sums, 0, quotient, Modulus.NEGATIVE_INVERSE);
        Carry.twice(quotient, sums, 0, Modulus.STEP);
    }

    /**
     * The last eight columns are now worth a multiple of 2^192; it goes on to the result. It is a whole number next to what the upper two
     * of them make: the others are worth less than 2^-18.
     */
    private static void carryFromZero(double[] sums) {
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            double upper = sums[(RESULT - 1) * Lanes.COUNT + lane] * 0x1p-24;
            double lower = sums[(RESULT - 2) * Lanes.COUNT + lane] * 0x1p-48;
            sums[RESULT * Lanes.COUNT + lane] += upper + lower + ROUNDER - ROUNDER;
        }
    }
}
