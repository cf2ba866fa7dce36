package org.mckms.mikeysakke.pairing;

import java.util.Arrays;
import org.mckms.mikeysakke.field.BatchInverse;
import org.mckms.mikeysakke.field.SakkeField;

/**
 * The points dA for the odd digits d of a window, with what a Miller loop to d yields for them: f_d at the distorted B, where f_d has the
 * divisor d(A) - (dA) - (d-1)(O).
 */
final class OddMultiples {
    private final SakkeField field;
    /** The x of dA, at index (d - 1) / 2. */
    private final long[][] x;
    /** The y of dA over yB. */
    private final long[][] c;

    private final PairingAccumulator[] value;
    private final long[] zero;
    private final long[] negated;

    /** Calculates {@code count} multiples, d = 1, 3 and so on, for about 26M each and two inversions. */
    OddMultiples(SakkeField field, int count, AffinePoints a, AffinePoints b) {
        this.field = field;
        this.x = new long[count][field.size()];
        this.c = new long[count][field.size()];
        this.value = new PairingAccumulator[count];
        this.zero = new long[field.size()];
        this.negated = new long[field.size()];
        field.setZero(zero);
        for (int i = 0; i < count; i++) {
            value[i] = new PairingAccumulator(field);
        }
        long[][] w = new long[count][field.size()];
        long[][] u = new long[count][field.size()];
        long[] one = new long[field.size()];
        field.setOne(one);
        try {
            chain(a, b, w, u);
            BatchInverse.invertAll(field, u, one);
            for (int i = 0; i < count; i++) {
                toAffine(x[i], c[i], w[i], u[i], b);
            }
        } finally {
            wipe(w);
            wipe(u);
        }
    }

    /** The multiples as X, Y, W, U of {@link ChainPoint}, and the values. */
    private void chain(AffinePoints a, AffinePoints b, long[][] w, long[][] u) {
        ChainPoint point = new ChainPoint(field);
        PairingAccumulator two = new PairingAccumulator(field);
        long[] x2 = new long[field.size()];
        long[] c2 = new long[field.size()];
        try {
            point.set(a.x, a.y, b);
            point.twice();
            two.multiply(point.l0, point.l1);
            copy(x2, point.x);
            copy(c2, point.y);
            field.invert(point.u, point.u);
            toAffine(x2, c2, point.w, point.u, b);
            point.set(a.x, a.y, b);
            for (int i = 0; i < x.length; i++) {
                if (i > 0) {
                    point.add(x2, c2);
                    copy(value[i].re, value[i - 1].re);
                    copy(value[i].im, value[i - 1].im);
                    value[i].multiply(two.re, two.im);
                    value[i].multiply(point.l0, point.l1);
                }
                copy(x[i], point.x);
                copy(c[i], point.y);
                copy(w[i], point.w);
                copy(u[i], point.u);
            }
        } finally {
            point.wipe();
            two.wipe();
            Arrays.fill(x2, 0);
            Arrays.fill(c2, 0);
        }
    }

    /** From X, Y, W and 1/U to x = X/W = X (W yB/U)^2 and c = y/yB = Y/U; overwrites {@code w}. */
    private void toAffine(long[] xs, long[] ys, long[] w, long[] inverseOfU, AffinePoints b) {
        field.multiply(ys, ys, inverseOfU);
        field.multiply(w, w, inverseOfU);
        field.multiply(w, w, b.y);
        field.square(w, w);
        field.multiply(xs, xs, w);
    }

    /** point = dA, v = f_d. */
    void start(ChainPoint point, PairingAccumulator v, AffinePoints b, int d) {
        int i = (d - 1) >> 1;
        field.multiply(negated, c[i], b.y);
        point.set(x[i], negated, b);
        copy(v.re, value[i].re);
        copy(v.im, value[i].im);
    }

    /**
     * point = point + dA, v = v f_d l, l being the line of the addition; d negative too.
     *
     * <p>For -d the values are f_d(-B), the conjugate of f_d(B), up to factors of F_p.
     */
    void add(ChainPoint point, PairingAccumulator v, int d) {
        int i = (Math.abs(d) - 1) >> 1;
        if (d > 0) {
            point.add(x[i], c[i]);
            v.multiply(value[i].re, value[i].im);
        } else {
            field.subtract(negated, zero, c[i]);
            point.add(x[i], negated);
            field.subtract(negated, zero, value[i].im);
            v.multiply(value[i].re, negated);
        }
        v.multiply(point.l0, point.l1);
    }

    void wipe() {
        wipe(x);
        wipe(c);
        for (PairingAccumulator v : value) {
            v.wipe();
        }
        Arrays.fill(negated, 0);
    }

    private static void copy(long[] r, long[] a) {
        System.arraycopy(a, 0, r, 0, a.length);
    }

    private static void wipe(long[][] packs) {
        for (long[] pack : packs) {
            Arrays.fill(pack, 0);
        }
    }
}
