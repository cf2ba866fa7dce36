package org.mckms.mikeysakke.core;

import org.mckms.mikeysakke.curve.SakkePoints;
import org.mckms.mikeysakke.field.ScalarSakkeField;

/**
 * Points that a careless comparison takes for R: a coordinate is the same, or a difference of order 2 is overlooked. They are no
 * secrets.
 */
final class FalseClaims {
    private static final ScalarSakkeField FIELD = ScalarSakkeField.INSTANCE;

    private FalseClaims() {}

    /** -R = (x, -y). */
    static byte[] negative(byte[] point) {
        long[] x = new long[FIELD.size()];
        long[] y = new long[FIELD.size()];
        SakkePoints.coordinates(x, y, point);
        FIELD.negateIf(y, y, new long[] {-1});
        return encode(x, y);
    }

    /** R + (0, 0) = (-3/x, 3y/x^2), by the chord of slope y/x. */
    static byte[] plusOrderTwo(byte[] point) {
        long[] x = new long[FIELD.size()];
        long[] y = new long[FIELD.size()];
        long[] threefold = new long[FIELD.size()];
        SakkePoints.coordinates(x, y, point);
        FIELD.invert(x, x);
        FIELD.add(threefold, x, x);
        FIELD.add(threefold, threefold, x);
        FIELD.tighten(threefold, threefold);
        FIELD.multiply(y, y, x);
        FIELD.multiply(y, y, threefold);
        FIELD.negateIf(x, threefold, new long[] {-1});
        return encode(x, y);
    }

    private static byte[] encode(long[] x, long[] y) {
        FIELD.tighten(x, x);
        FIELD.tighten(y, y);
        return SakkePoints.encode(x, y);
    }
}
