package org.mckms.mikeysakke.pairing;

import java.util.Arrays;
import org.mckms.mikeysakke.field.SakkeField;

/**
 * A pack of multiples C of the points A of a Miller loop, each with the line that led to it at the distorted point (-xB, i yB).
 *
 * <p>C = (X/Z^2, Y/Z^3) is held as X, Y, W = Z^2, T = xB Z^2 and U = yB Z^3: the loop never needs Z itself, and T and U are what the lines
 * are made of. The point formulas are those of the Explicit-Formulas Database for Jacobian coordinates with a = -3; the lines are cleared
 * of denominators, which lie in F_p. Of a line l0 + i l1 only the ratio counts.
 */
final class ChainPoint {
    final long[] x;
    final long[] y;
    final long[] w;
    final long[] t;
    final long[] u;
    /** The last line, loose. */
    final long[] l0;

    final long[] l1;
    private final SakkeField field;
    private final long[] yy;
    private final long[] m;
    private final long[] s;
    private final long[] scaled;
    private final long[] spare;

    ChainPoint(SakkeField field) {
        this.field = field;
        this.x = new long[field.size()];
        this.y = new long[field.size()];
        this.w = new long[field.size()];
        this.t = new long[field.size()];
        this.u = new long[field.size()];
        this.l0 = new long[field.size()];
        this.l1 = new long[field.size()];
        this.yy = new long[field.size()];
        this.m = new long[field.size()];
        this.s = new long[field.size()];
        this.scaled = new long[field.size()];
        this.spare = new long[field.size()];
    }

    /** C = (x, y), for lines at (-xB, i yB). */
    void set(long[] xC, long[] yC, AffinePoints b) {
        System.arraycopy(xC, 0, x, 0, x.length);
        System.arraycopy(yC, 0, y, 0, y.length);
        field.setOne(w);
        System.arraycopy(b.x, 0, t, 0, t.length);
        System.arraycopy(b.y, 0, u, 0, u.length);
    }

    /**
     * C = 2C, l0 + i l1 = the tangent: about 10M.
     *
     * <p>M = 3(X - W)(X + W), S = 4XY^2, X' = M^2 - 2S, Y' = M(S - X') - 8Y^4, Z' = 2YZ; l0 = M(T + X) - 2Y^2, l1 = 2YU.
     */
    void twice() {
        field.square(yy, y);
        tangentSlope();
        field.add(spare, t, x);
        field.multiply(l0, spare, m);
        field.add(spare, yy, yy);
        field.subtract(l0, l0, spare);
        field.add(l1, y, y);
        field.multiply(l1, l1, u);
        // 4Y^2 = (Z'/Z)^2
        field.add(scaled, spare, spare);
        field.multiply(w, scaled, w);
        field.multiply(t, scaled, t);
        field.multiply(u, scaled, l1);
        field.multiply(s, scaled, x);
        field.square(x, m);
        field.subtract(x, x, s);
        field.subtract(x, x, s);
        field.tighten(x, x);
        field.subtract(spare, s, x);
        field.add(scaled, scaled, scaled);
        field.multiplySubtract(y, spare, m, scaled, yy);
    }

    /** m = 3(X - W)(X + W). */
    private void tangentSlope() {
        field.add(m, x, w);
        field.add(spare, m, m);
        field.add(m, m, spare);
        field.subtract(spare, x, w);
        field.tighten(spare, spare);
        field.multiply(m, m, spare);
    }

    /**
     * C = C + D for the affine D = (xD, yD), l0 + i l1 = the line through C and D: about 11M. Right unless C is D, -D or infinity.
     *
     * <p>H = xD W - X, R = yD Z^3 - Y, V = XH^2, X' = R^2 - H^3 - 2V, Y' = R(V - X') - YH^3, Z' = ZH. The line also runs through the
     * third point (X', -Y'), which gives l0 = R(T' + X') + Y', l1 = U'.
     *
     * @param c yD/yB, so that yD Z^3 = c U
     */
    void add(long[] xD, long[] c) {
        long[] h = s;
        long[] hh = yy;
        long[] hhh = scaled;
        long[] r = m;
        field.multiply(h, xD, w);
        field.subtract(h, h, x);
        field.tighten(h, h);
        field.multiply(r, c, u);
        field.subtract(r, r, y);
        field.tighten(r, r);
        field.square(hh, h);
        field.multiply(hhh, hh, h);
        field.multiply(w, w, hh);
        field.multiply(t, t, hh);
        field.multiply(u, u, hhh);
        long[] v = s;
        field.multiply(v, x, hh);
        field.square(x, r);
        field.subtract(x, x, hhh);
        field.subtract(x, x, v);
        field.subtract(x, x, v);
        field.tighten(x, x);
        field.subtract(spare, v, x);
        field.multiplySubtract(y, spare, r, y, hhh);
        field.add(spare, t, x);
        field.multiply(l0, spare, r);
        field.add(l0, l0, y);
        System.arraycopy(u, 0, l1, 0, l1.length);
    }

    void wipe() {
        for (long[] pack : new long[][] {x, y, w, t, u, l0, l1, yy, m, s, scaled, spare}) {
            Arrays.fill(pack, 0);
        }
    }
}
