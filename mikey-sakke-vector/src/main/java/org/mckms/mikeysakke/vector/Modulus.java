package org.mckms.mikeysakke.vector;

import java.math.BigInteger;

/**
 * The prime p of SAKKE parameter set 1 (RFC 6509 appendix A) and constants that follow from it, in signed limbs of 24 bits held as
 * doubles. All of this is public and calculated once.
 */
final class Modulus {
    /** Bits of a limb. */
    static final int BITS = 24;

    /** Limbs of an element: 1032 bits. */
    static final int LIMBS = 43;

    /** Limbs of a pack: one more, which is always zero, so that loops may take four at a time. */
    static final int SIZE = 44;

    /** Limbs that a step of the reduction clears. */
    static final int STEP = 8;

    /** Steps of the reduction. */
    static final int STEPS = 6;

    static final BigInteger P = new BigInteger(
            "997ABB1F0A563FDA65C61198DAD0657A416C0CE19CB48261BE9AE358B3E01A2E"
                    + "F40AAB27E2FC0F1B228730D531A59CB0E791B39FF7C88A19356D27F4A666A6D0"
                    + "E26C6487326B4CD4512AC5CD65681CE1B6AFF4A831852A82A7CF3C521C3C09AA"
                    + "9F94D6AF56971F1FFCE3E82389857DB080C5DF10AC7ACE87666D807AFEA85FEB",
            16);

    /** An element x is held as x R modulo p. */
    static final BigInteger R = BigInteger.ONE.shiftLeft(STEPS * STEP * BITS);

    private static final BigInteger STEP_BASE = BigInteger.ONE.shiftLeft(STEP * BITS);

    static final double[] MODULUS = limbs(P, SIZE);

    /** -1/p modulo 2^192. */
    static final double[] NEGATIVE_INVERSE = limbs(negativeInverse(), STEP);

    /** (m + 1) / 2^192 for the multiple m of p with |m| at most 2^191 p and m = -1 modulo 2^192. */
    static final double[] FRIENDLY_MULTIPLE =
            limbs(P.multiply(negativeInverse()).add(BigInteger.ONE).shiftRight(STEP * BITS), LIMBS);

    /** What 1 in the last limb is worth in units of p. */
    static final double LAST_LIMB_UNIT =
            Math.scalb(1 / P.shiftRight((LIMBS - 1) * BITS - 60).doubleValue(), 60);

    private Modulus() {}

    /** -1/p modulo 2^192, from -2^191 to 2^191 - 1. */
    private static BigInteger negativeInverse() {
        BigInteger inverse = P.negate().modInverse(STEP_BASE);
        return inverse.testBit(STEP * BITS - 1) ? inverse.subtract(STEP_BASE) : inverse;
    }

    /** The number in limbs of -2^23 to 2^23 - 1. */
    static double[] limbs(BigInteger x, int count) {
        double[] limbs = new double[count];
        BigInteger half = BigInteger.ONE.shiftLeft(BITS - 1);
        BigInteger rest = x;
        for (int i = 0; i < count; i++) {
            BigInteger higher = rest.add(half).shiftRight(BITS);
            limbs[i] = rest.subtract(higher.shiftLeft(BITS)).intValueExact();
            rest = higher;
        }
        if (rest.signum() != 0) {
            throw new IllegalArgumentException("number has more than " + count + " limbs");
        }
        return limbs;
    }
}
