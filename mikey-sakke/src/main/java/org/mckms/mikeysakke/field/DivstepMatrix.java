package org.mckms.mikeysakke.field;

/**
 * A batch of divsteps (see {@link ModularInverse}) on the lowest bits of f and g, and the matrix that it amounts to:
 *
 * <pre>
 *   2^60 f' = u f + v g
 *   2^60 g' = q f + r g
 * </pre>
 *
 * <p>|u| + |v| and |q| + |r| are at most 2^60. The state is secret when f and g are; {@link #wipe} clears it.
 */
final class DivstepMatrix {
    /** Divsteps in a batch. */
    static final int STEPS = 60;

    /** -(delta + 1/2): delta starts at 1/2, and delta &gt; 0 is zeta &lt; 0. */
    private long zeta = -1;

    long u;
    long v;
    long q;
    long r;

    /** Runs a batch from the lowest 60 bits of f, which is odd, and of g, and carries delta on to the next batch. */
    void run(long lowestF, long lowestG) {
        long f = lowestF;
        long g = lowestG;
        long z = zeta;
        // the rows of the matrix, those of f doubled in each step where those of g would have to be halved
        long fu = 1;
        long fv = 0;
        long gu = 0;
        long gv = 1;
        for (int i = 0; i < STEPS; i++) {
            long positive = z >> 63;
            long odd = -(g & 1);
            long swap = positive & odd;
            // g + f or, if delta > 0, g - f; only if g is odd
            g += (f ^ positive) - positive & odd;
            gu += (fu ^ positive) - positive & odd;
            gv += (fv ^ positive) - positive & odd;
            // f + (g - f) is the g of before
            f += g & swap;
            fu += gu & swap;
            fv += gv & swap;
            z = (z ^ swap) - 1;
            g >>= 1;
            fu <<= 1;
            fv <<= 1;
        }
        u = fu;
        v = fv;
        q = gu;
        r = gv;
        zeta = z;
    }

    void wipe() {
        u = 0;
        v = 0;
        q = 0;
        r = 0;
        zeta = 0;
    }
}
