package org.mckms.mikeysakke.pairing;

import java.util.Arrays;
import org.mckms.mikeysakke.field.SakkeField;

/**
 * Takes the functions of a line table at a pack of distorted points (-xB, i yB).
 *
 * <p>The values are scaled by 1/yB, so that the imaginary part of y (x + e0) is a mere sum; the real part is a sum of products with the
 * powers of x = -xB over yB. For yB = 0, the point of order 2, the value is meaningless.
 */
final class LineValues {
    private final SakkeField field;
    private final long[] x;
    /** x^k / yB. */
    private final long[][] power = new long[4][];

    private final long[] l0;
    private final long[] l1;

    LineValues(SakkeField field, AffinePoints b) {
        this.field = field;
        this.x = new long[field.size()];
        this.l0 = new long[field.size()];
        this.l1 = new long[field.size()];
        for (int k = 0; k < power.length; k++) {
            power[k] = new long[field.size()];
        }
        field.setZero(l0);
        field.subtract(x, l0, b.x);
        field.tighten(x, x);
        field.invert(power[0], b.y);
        for (int k = 1; k < power.length; k++) {
            field.multiply(power[k], x, power[k - 1]);
        }
    }

    /** v = v F for the function F of a step, its coefficients from index {@code first} on. */
    void multiplyTo(PairingAccumulator v, LoopStep step, long[][] coefficients, int first) {
        if (step == LoopStep.DOUBLE) {
            field.multiplyAdd(l0, coefficients[first], power[0], coefficients[first + 1], power[1]);
            v.multiplyPlusI(l0);
            return;
        }
        field.multiplySum(l0, coefficients, first + 1, power, step.coefficients() - 1);
        field.add(l1, x, coefficients[first]);
        v.multiply(l0, l1);
    }

    void wipe() {
        Arrays.fill(x, 0);
        Arrays.fill(l0, 0);
        Arrays.fill(l1, 0);
        for (long[] pack : power) {
            Arrays.fill(pack, 0);
        }
    }
}
