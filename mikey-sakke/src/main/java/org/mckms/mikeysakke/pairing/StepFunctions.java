package org.mckms.mikeysakke.pairing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mckms.mikeysakke.field.BatchInverse;
import org.mckms.mikeysakke.field.SakkeField;

/**
 * For each step of the loop to q - 1 the function that it multiplies to v, with coefficients that depend on A alone.
 *
 * <p>A step from C = nA to D = (4n + d)A takes f_n to f_(4n+d) = f_n^4 F up to factors of F_p, where F has the divisor 4(C) + d(A) + (-D)
 * - (5 + d)(O), for d = -1 with 1(-A) in the place of -1(A). Such an F is c(x) + y e(x) with c of degree 2 (d = 0) or 3, and e of degree
 * 1. Scaled so that e(x) = x + e0, its coefficients are e0, c0, c1, c2 and, for d other than 0, c3. For a step to 2C it is the tangent c0
 * + c1 x + y, with the coefficients c0, c1.
 *
 * <p>The coefficients give A away.
 */
final class StepFunctions {
    static final List<LoopStep> STEPS = LoopConstant.steps();

    /** Those of all steps, one after the other. */
    final long[][] coefficients;

    private final SakkeField field;
    private final MultiplesChain chain;
    private final List<long[]> leading = new ArrayList<>();
    private final long[] zero;
    private final long[] s;
    private final long[] t;
    private final long[] u;
    private final long[] v;

    private StepFunctions(SakkeField field, AffinePoints a) {
        int points = STEPS.stream()
                .mapToInt(step -> step.doublings() + Math.abs(step.digit()))
                .sum();
        this.field = field;
        this.coefficients =
                new long[STEPS.stream().mapToInt(LoopStep::coefficients).sum()][field.size()];
        this.chain = new MultiplesChain(field, a, points);
        this.zero = new long[field.size()];
        this.s = new long[field.size()];
        this.t = new long[field.size()];
        this.u = new long[field.size()];
        this.v = new long[field.size()];
        field.setZero(zero);
    }

    /**
     * The coefficients for the points A, about 30,400M.
     *
     * @return null if a function cannot be scaled as above, which happens for hardly any point or none at all
     */
    static long[][] of(SakkeField field, AffinePoints a) {
        StepFunctions functions = new StepFunctions(field, a);
        try {
            functions.followLoop(a);
            functions.setUnscaled();
            if (functions.scale()) {
                return functions.coefficients;
            }
            wipe(functions.coefficients);
            return null;
        } finally {
            functions.wipe();
        }
    }

    private void followLoop(AffinePoints a) {
        AffinePoints minusA = new AffinePoints(field);
        try {
            System.arraycopy(a.x, 0, minusA.x, 0, field.size());
            field.subtract(minusA.y, zero, a.y);
            field.tighten(minusA.y, minusA.y);
            for (LoopStep step : STEPS) {
                for (int i = 0; i < step.doublings(); i++) {
                    chain.twice();
                }
                if (step.digit() != 0) {
                    chain.add(step.digit() > 0 ? a : minusA);
                }
            }
            chain.normalise();
        } finally {
            minusA.wipe();
        }
    }

    /** All functions; those of steps with d other than 0 with the leading coefficient of e(x) in the place of c3 = 1. */
    private void setUnscaled() {
        int point = 0;
        int coefficient = 0;
        for (LoopStep step : STEPS) {
            if (step == LoopStep.DOUBLE) {
                tangent(point, coefficients[coefficient], coefficients[coefficient + 1]);
            } else {
                long[][] f = Arrays.copyOfRange(coefficients, coefficient, coefficient + step.coefficients());
                quadruple(point, f[0], f[1], f[2], f[3]);
                if (step.digit() != 0) {
                    add(point + 2, f[0], f[1], f[2], f[3], f[4]);
                    leading.add(f[4]);
                }
            }
            point += step.doublings() + Math.abs(step.digit());
            coefficient += step.coefficients();
        }
    }

    /** y - y1 - l1 (x - x1) for the tangent of slope l1 at C. */
    private void tangent(int c, long[] c0, long[] c1) {
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
    private void quadruple(int c, long[] e0, long[] c0, long[] c1, long[] c2) {
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
    private void add(int fourC, long[] e0, long[] c0, long[] c1, long[] c2, long[] e1) {
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
        for (int i = 0; i < 3; i++) {
            field.subtract(u, u, v);
        }
        field.tighten(u, u);
        // q0 = -3 e0 - c0 l - c1 m + x4 q1
        field.multiplyAdd(c0, c0, l, c1, m);
        field.multiply(v, u, x4);
        field.subtract(c0, v, c0);
        for (int i = 0; i < 3; i++) {
            field.subtract(c0, c0, e0);
        }
        field.tighten(c0, c0);
        // e0' = c1 - e0 l - m + x4 e1
        field.multiplySubtract(v, e1, x4, e0, l);
        field.add(v, v, c1);
        field.subtract(v, v, m);
        field.tighten(e0, v);
        System.arraycopy(u, 0, c1, 0, u.length);
        System.arraycopy(t, 0, c2, 0, t.length);
    }

    private boolean scale() {
        long[] masks = new long[field.lanes()];
        for (long[] e1 : leading) {
            field.isZero(masks, e1);
            for (long mask : masks) {
                if (mask != 0) {
                    return false;
                }
            }
        }
        field.setOne(t);
        BatchInverse.invertAll(field, leading.toArray(long[][]::new), t);
        int coefficient = 0;
        for (LoopStep step : STEPS) {
            coefficient += step.coefficients();
            if (step.digit() != 0) {
                long[] inverse = coefficients[coefficient - 1];
                for (int i = coefficient - step.coefficients(); i < coefficient - 1; i++) {
                    field.multiply(coefficients[i], coefficients[i], inverse);
                }
            }
        }
        return true;
    }

    private void wipe() {
        chain.wipe();
        wipe(s, t, u, v);
    }

    private static void wipe(long[]... packs) {
        for (long[] pack : packs) {
            Arrays.fill(pack, 0);
        }
    }
}
