package org.mckms.mikeysakke.pairing;

import org.mckms.mikeysakke.field.SakkeField;

/**
 * The Miller loop of RFC 6508 clause 3.2 to q - 1 on a pack of points A, its lines taken at the distorted points B: v = f_(q-1),A(-xB, i
 * yB) up to a factor of F_p.
 *
 * <p>The loop constant is public and followed with signed windows, so the sequence of operations is the same for all points. About
 * 17,700M: 1021 doublings of 14.6M, 144 additions of 16.3M, and the multiples to add.
 *
 * <p>A has order q, and for such an A no step meets an exceptional case. The loop holds C = nA with 0 &lt; n &lt; q. A doubling fails for
 * a point of order 2 only, and C is none. An addition of dA fails if n is d or -d modulo q; but n = 2^k n' with k at least the width of the
 * window, so that n is above |d|, and below q - |d|, since q - 1 ends in a doubling. A test follows n through the whole loop.
 *
 * <p>B is any point but infinity. Lines at it vanish only for yB = 0, the point of order 2, of which the outcome has no meaning.
 */
final class MillerLoop {
    /** Best by the number of multiplications: with 5 there are 170 additions, with 7 there are 128, but twice as many multiples. */
    static final int WINDOW = 6;

    private static final int[] DIGITS = LoopConstant.signedWindows(WINDOW);

    private MillerLoop() {}

    /** Sets v. */
    static void run(SakkeField field, PairingAccumulator v, AffinePoints a, AffinePoints b) {
        OddMultiples multiples = new OddMultiples(field, 1 << (WINDOW - 2), a, b);
        ChainPoint point = new ChainPoint(field);
        try {
            int top = DIGITS.length - 1;
            multiples.start(point, v, b, DIGITS[top]);
            for (int i = top - 1; i >= 0; i--) {
                v.square();
                point.twice();
                v.multiply(point.l0, point.l1);
                if (DIGITS[i] != 0) {
                    multiples.add(point, v, DIGITS[i]);
                }
            }
        } finally {
            point.wipe();
            multiples.wipe();
        }
    }
}
