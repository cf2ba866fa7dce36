package org.mckms.mikeysakke.pairing;

import java.util.Arrays;
import org.mckms.mikeysakke.field.BatchInverse;
import org.mckms.mikeysakke.field.SakkeField;

/**
 * The multiples C of a point A on the way from A to (q-1)A, one after the other, each with the slope of the line that led to it: the
 * tangent at C/2, or the line through C -+ A and +-A.
 *
 * <p>They are calculated in Jacobian coordinates (formulas of the Explicit-Formulas Database, a = -3), the slopes as numerators over the Z
 * of the result, and made affine with one inversion. A has order q, and then no step meets an exceptional case, for the reasons told at
 * {@link MillerLoop}; n is a multiple of 4, at least 4, before A is added or subtracted.
 */
final class MultiplesChain {
    final long[][] x;
    final long[][] y;
    final long[][] slope;
    private final SakkeField field;
    private final long[][] z;
    private final long[][] spare;
    private int last;

    /** Room for A and {@code steps} more points. */
    MultiplesChain(SakkeField field, AffinePoints a, int steps) {
        this.field = field;
        this.x = new long[steps + 1][field.size()];
        this.y = new long[steps + 1][field.size()];
        this.z = new long[steps + 1][field.size()];
        this.slope = new long[steps + 1][field.size()];
        this.spare = new long[5][field.size()];
        System.arraycopy(a.x, 0, x[0], 0, field.size());
        System.arraycopy(a.y, 0, y[0], 0, field.size());
        field.setOne(z[0]);
    }

    /** Appends 2C. */
    void twice() {
        long[] m = slope[last + 1];
        long[] yy = spare[0];
        long[] s = spare[1];
        long[] t = spare[2];
        field.square(s, z[last]);
        field.add(t, x[last], s);
        field.add(m, t, t);
        field.add(m, m, t);
        field.subtract(t, x[last], s);
        field.tighten(t, t);
        field.multiply(m, m, t);
        field.square(yy, y[last]);
        field.add(t, yy, yy);
        field.add(t, t, t);
        field.multiply(s, t, x[last]);
        field.add(t, t, t);
        field.add(z[last + 1], y[last], y[last]);
        field.multiply(z[last + 1], z[last + 1], z[last]);
        field.square(x[last + 1], m);
        appendXY(s, m, t, yy);
    }

    /** Appends C + A. */
    void add(AffinePoints a) {
        long[] r = slope[last + 1];
        long[] h = spare[0];
        long[] v = spare[1];
        long[] hhh = spare[2];
        field.square(v, z[last]);
        field.multiply(h, a.x, v);
        field.multiply(r, z[last], v);
        field.multiply(r, a.y, r);
        field.subtract(h, h, x[last]);
        field.tighten(h, h);
        field.subtract(r, r, y[last]);
        field.tighten(r, r);
        field.multiply(z[last + 1], z[last], h);
        field.square(v, h);
        field.multiply(hhh, v, h);
        field.multiply(v, v, x[last]);
        field.square(x[last + 1], r);
        field.subtract(x[last + 1], x[last + 1], hhh);
        appendXY(v, r, y[last], hhh);
    }

    /** X' = X' - 2V, Y' = R(V - X') - c d; {@code c} loose. */
    private void appendXY(long[] v, long[] r, long[] c, long[] d) {
        last++;
        field.subtract(x[last], x[last], v);
        field.subtract(x[last], x[last], v);
        field.tighten(x[last], x[last]);
        long[] rest = spare[3];
        field.subtract(rest, v, x[last]);
        field.multiplySubtract(y[last], rest, r, c, d);
    }

    /** Makes all points affine, and slopes of the numerators. */
    void normalise() {
        long[] square = spare[0];
        BatchInverse.invertAll(field, z, z[0].clone());
        for (int i = 1; i <= last; i++) {
            field.multiply(slope[i], slope[i], z[i]);
            field.square(square, z[i]);
            field.multiply(x[i], x[i], square);
            field.multiply(square, square, z[i]);
            field.multiply(y[i], y[i], square);
        }
    }

    void wipe() {
        for (long[][] packs : new long[][][] {x, y, z, slope, spare}) {
            for (long[] pack : packs) {
                Arrays.fill(pack, 0);
            }
        }
    }
}
