package org.mckms.mikeysakke.pairing;

import java.util.Arrays;
import org.mckms.mikeysakke.field.SakkeField;

/** The coefficients of the functions that {@link StepFunctions} tells of, from the points and slopes of a chain. */
final class StepFormulas {
    private final SakkeField field;
    private final MultiplesChain chain;
    private final long[] zero;
    private final long[] s;
    private final long[] t;
    private final long[] u;
    private final long[] v;

    /** For the points of a chain that is normalised before the first use. */
    StepFormulas(SakkeField field, MultiplesChain chain) {
        this.field = field;
        this.chain = chain;
        this.zero = new long[field.size()];
        this.s = new long[field.size()];
        this.t = new long[field.size()];
        this.u = new long[field.size()];
        this.v = new long[field.size()];
        field.setZero(zero);
    }

    /** y - y1 - l1 (x - x1) for the tangent of slope l1 at C. */
    void tangent(int c, long[] c0, long[] c1) {
        long[] slope = chain.slope[c + 1];
        field.multiply(c0, slope, chain.x[c]);
        field.subtract(c0, c0, chain.y[c]);
        field.tighten(c0, c0);
        field.subtract(c1, zero, slope);
        field.tighten(c1, c1);
    }

    /**
     * F = t1^2 t2 / (x - x2)^2 for the tangents t1 at C and t2 at 2C = (x2, y2), of slopes l1 and l2.
     *
     * <p>With t1 = y + y2 - l1 X and t2 = y - y2 - l2 X, X = x - x2, and y^2 = y2^2 + 2 y2 l2 X + 3 x2 X^2 + X^3, this is y (x + e0) + k0
     * + k1 X + k2 X^2 where e0 = l1^2 + 2 l1 l2 + 2 x2, k2 = -2 l1 - l2, k1 = y2 + 3 x2 k2 - l1^2 l2 and k0 = y2 (3 x2 - l1^2 - 2 l1 l2 -
     * 2 l2^2).
     */
    void quadruple(int c, long[] e0, long[] c0, long[] c1, long[] c2) {
        long[] l1 = chain.slope[c + 1];
        long[] l2 = chain.slope[c + 2];
        long[] x2 = chain.x[c + 1];
        long[] y2 = chain.y[c + 1];
        field.square(s, l1);
        field.add(t, l1, l2);
        field.add(t, t, t);
        // k0: l1^2 + 2 l2 (l1 + l2)
        field.multiply(u, t, l2);
        field.add(u, u, s);
        field.subtract(u, x2, u);
        field.add(u, u, x2);
        field.add(u, u, x2);
        field.multiply(c0, u, y2);
        field.subtract(c2, l2, t);
        field.tighten(c2, c2);
        field.add(t, x2, x2);
        // e0 = l1 (l1 + 2 l2) + 2 x2
        field.add(u, l2, l2);
        field.add(u, u, l1);
        field.multiply(u, u, l1);
        field.add(e0, u, t);
        field.tighten(e0, e0);
        // k1, and in powers of x: c1 = k1 - 2 k2 x2, c0 = k0 - x2 (k1 - k2 x2)
        field.add(t, t, x2);
        field.multiplySubtract(c1, t, c2, s, l2);
        field.add(c1, c1, y2);
        field.multiply(u, c2, x2);
        field.subtract(c1, c1, u);
        field.multiply(v, c1, x2);
        field.subtract(c0, c0, v);
        field.tighten(c0, c0);
        field.subtract(c1, c1, u);
        field.tighten(c1, c1);
    }

    /**
     * F l3 / (x - x4) for the line l3 = y - l x - m of slope l through 4C = (x4, y4) and +-A: of the product only what stands at x^4 to x
     * and y x^2, y x is needed (y^2 = x^3 - 3x), and the quotient follows by Horner's rule.
     *
     * @param e1 becomes the leading coefficient of e(x), c2 - l
     */
    void add(int fourC, long[] e0, long[] c0, long[] c1, long[] c2, long[] e1) {
        long[] x4 = chain.x[fourC];
        long[] l = chain.slope[fourC + 1];
        long[] m = s;
        field.multiply(m, l, x4);
        field.subtract(m, chain.y[fourC], m);
        field.tighten(m, m);
        field.subtract(e1, c2, l);
        field.tighten(e1, e1);
        // q2 = e0 - c2 l + x4
        field.multiply(t, c2, l);
        field.subtract(t, e0, t);
        field.add(t, t, x4);
        field.tighten(t, t);
        // q1 = -3 - c1 l - c2 m + x4 q2
        field.multiplyAdd(u, c1, l, c2, m);
        field.multiply(v, t, x4);
        field.subtract(u, v, u);
        field.setOne(v);
        subtractThrice(u, v);
        field.tighten(u, u);
        // q0 = -3 e0 - c0 l - c1 m + x4 q1
        field.multiplyAdd(c0, c0, l, c1, m);
        field.multiply(v, u, x4);
        field.subtract(c0, v, c0);
        subtractThrice(c0, e0);
        field.tighten(c0, c0);
        // e0' = c1 - e0 l - m + x4 e1
        field.multiplySubtract(v, e1, x4, e0, l);
        field.add(v, v, c1);
        field.subtract(v, v, m);
        field.tighten(e0, v);
        System.arraycopy(u, 0, c1, 0, u.length);
        System.arraycopy(t, 0, c2, 0, t.length);
    }

    /** r = r - 3a, loose. */
    private void subtractThrice(long[] r, long[] a) {
        for (int i = 0; i < 3; i++) {
            field.subtract(r, r, a);
        }
    }

    void wipe() {
        for (long[] pack : new long[][] {s, t, u, v}) {
            Arrays.fill(pack, 0);
        }
    }
}
