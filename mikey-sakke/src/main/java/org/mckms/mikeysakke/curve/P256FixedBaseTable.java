package org.mckms.mikeysakke.curve;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.mckms.mikeysakke.field.P256Field;

/**
 * Multiples of one public point B of P-256 that turn a multiplication into additions alone: for each window i of w bits the odd
 * multiples of [2^(w i)]B up to 2^w - 1. Immutable.
 *
 * <p>A multiplication by a secret k adds one entry of each window, from the lowest, for the digits of {@link P256SignedDigits}. No
 * addition is exceptional for any k but 0. Let S be the partial sum of the windows below i, and d 2^(w i) the entry: |S| &lt; 2^(w i)
 * and d is odd, so S + d 2^(w i) and S - d 2^(w i) are not zero. It is to be shown that they and S are no other multiples of q, which
 * lies between 2^256 - 2^224 and 2^256.
 *
 * <ul>
 *   <li>S is odd and at most 2^252 in absolute value, so it is not zero modulo q.
 *   <li>Below the last window both are at most 2^252 in absolute value.
 *   <li>In the last one, w i = 252, the sum is K, which is k or -k modulo q. There is D = S - d 2^252 = K - 2 d 2^252 left. For 0 &lt; K
 *       &lt; 2^255, d is 1 to 7 and D between -2^255 and 0. For q &lt; K &lt; q + 2^255, d is at most 23 and D above -24 2^252, so that
 *       D could be -q alone; then K = 2 d 2^252 - q &gt; q needs d 2^252 &gt; q, thus d at least 17, but then S = d 2^252 - q is more
 *       than 2^252.
 * </ul>
 */
public final class P256FixedBaseTable {
    private final P256OddMultiples[] windows = new P256OddMultiples[P256SignedDigits.WINDOWS];

    /** The table of a public point that is not at infinity. */
    public P256FixedBaseTable(P256Point base) {
        P256Point unit = new P256Point();
        unit.set(base);
        for (int i = 0; i < windows.length; i++) {
            windows[i] = P256OddMultiples.of(unit, 1 << P256SignedDigits.WINDOW_BITS - 1);
            for (int bit = 0; bit < P256SignedDigits.WINDOW_BITS; bit++) {
                unit.twice();
            }
        }
    }

    /**
     * [k]B, constant in time.
     *
     * @param k secret, 32 octets big-endian, in 1..q-1
     * @return a point that depends on k also by its Z; the caller wipes it
     */
    public P256Point multiply(byte[] k) {
        P256SignedDigits digits = new P256SignedDigits(k);
        P256Point sum = new P256Point();
        long[] x = P256Field.newElement();
        long[] y = P256Field.newElement();
        try {
            select(x, y, 0, digits);
            sum.setAffine(x, y);
            for (int i = 1; i < windows.length; i++) {
                select(x, y, i, digits);
                sum.addAffine(x, y);
            }
            sum.negateIf(digits.negative());
            return sum;
        } finally {
            digits.wipe();
            Arrays.fill(x, 0);
            Arrays.fill(y, 0);
        }
    }

    /**
     * [k]B for each k, by one inversion that starts from a random factor.
     *
     * @param k secrets, each of 32 octets big-endian, in 1..q-1
     * @return points with Z = 1, as public as their encodings
     */
    public P256Point[] multiplyAll(byte[][] k, SecureRandom random) {
        P256Point[] points = new P256Point[k.length];
        long[][] inverses = new long[k.length][P256Field.SIZE];
        long[] start = P256Field.newElement();
        try {
            for (int i = 0; i < k.length; i++) {
                points[i] = multiply(k[i]);
                P256Field.copy(inverses[i], points[i].z());
            }
            P256Field.setRandom(start, random);
            P256Field.invertAll(inverses, start);
            for (int i = 0; i < k.length; i++) {
                points[i].normalise(inverses[i]);
            }
            return points;
        } finally {
            Arrays.fill(start, 0);
            for (long[] inverse : inverses) {
                Arrays.fill(inverse, 0);
            }
        }
    }

    /** (x, y) = the entry of a window for the digits of a public scalar. */
    void get(long[] x, long[] y, int window, P256SignedDigits digits) {
        windows[window].get(x, y, digits.index(window));
        P256Field.negateIf(y, y, digits.sign(window) ^ digits.negative());
    }

    /** Adds all entries to a digest. */
    void digest(MessageDigest digest) {
        for (P256OddMultiples window : windows) {
            window.digest(digest);
        }
    }

    private void select(long[] x, long[] y, int window, P256SignedDigits digits) {
        windows[window].select(x, y, digits.index(window));
        P256Field.negateIf(y, y, digits.sign(window));
    }
}
