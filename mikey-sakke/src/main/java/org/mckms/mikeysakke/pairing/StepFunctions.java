package org.mckms.mikeysakke.pairing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mckms.mikeysakke.field.BatchInverse;
import org.mckms.mikeysakke.field.SakkeField;

/**
 * For each step of the loop to q - 1 the function that it multiplies to v, with coefficients that depend on A alone.
 *
 * <p>A step from C = nA to D = (4n + d)A takes f_n to f_(4n+d) = f_n^4 F up to factors of F_p, where F has the zeros 4(C) + (-D), for d =
 * 1 and -1 also (A) or (-A), and no poles but at infinity. Such an F is c(x) + y e(x) with c of degree 2, or 3 if d is not 0, and e of
 * degree 1. Scaled so that e(x) = x + e0, its coefficients are e0, c0, c1, c2 and, if d is not 0, c3. For a step to 2C it is the tangent
 * c0 + c1 x + y, with the coefficients c0, c1.
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
    private final StepFormulas formulas;

    private StepFunctions(SakkeField field, AffinePoints a) {
        int points = STEPS.stream()
                .mapToInt(step -> step.doublings() + Math.abs(step.digit()))
                .sum();
        this.field = field;
        this.coefficients =
                new long[STEPS.stream().mapToInt(LoopStep::coefficients).sum()][field.size()];
        this.chain = new MultiplesChain(field, a, points);
        this.formulas = new StepFormulas(field, chain);
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
            for (long[] coefficient : functions.coefficients) {
                Arrays.fill(coefficient, 0);
            }
            return null;
        } finally {
            functions.wipe();
        }
    }

    private void followLoop(AffinePoints a) {
        AffinePoints minusA = new AffinePoints(field);
        try {
            System.arraycopy(a.x, 0, minusA.x, 0, field.size());
            field.setZero(minusA.y);
            field.subtract(minusA.y, minusA.y, a.y);
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
                formulas.tangent(point, coefficients[coefficient], coefficients[coefficient + 1]);
            } else {
                long[][] f = Arrays.copyOfRange(coefficients, coefficient, coefficient + step.coefficients());
                formulas.quadruple(point, f[0], f[1], f[2], f[3]);
                if (step.digit() != 0) {
                    formulas.add(point + 2, f[0], f[1], f[2], f[3], f[4]);
                    leading.add(f[4]);
                }
            }
            point += step.doublings() + Math.abs(step.digit());
            coefficient += step.coefficients();
        }
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
        long[] one = new long[field.size()];
        field.setOne(one);
        BatchInverse.invertAll(field, leading.toArray(long[][]::new), one);
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
        formulas.wipe();
    }
}
