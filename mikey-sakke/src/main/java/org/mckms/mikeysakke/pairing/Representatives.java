package org.mckms.mikeysakke.pairing;

import java.util.Arrays;
import org.mckms.mikeysakke.field.SakkeField;

/** The end of a pairing: from the value of the Miller loop to the octets of its representatives. */
final class Representatives {
    private Representatives() {}

    /**
     * Raises v to the power (p + 1)/q = 4 and writes x1/x0, where v = x0 + i x1, of each lane.
     *
     * <p>The class of i has order 2 in F_p^2* / F_p*, and a fourth power has an order that divides q there. So x0 = 0 comes only from v =
     * 0, which points of order q do not yield. The comparison therefore tells nothing of a secret.
     *
     * @param values its elements from index {@code first} on become 128 octets, or null where x0 = 0
     */
    static void write(SakkeField field, PairingAccumulator v, byte[][] values, int first) {
        long[] inverse = new long[field.size()];
        long[] zero = new long[field.lanes()];
        v.square();
        v.square();
        try {
            field.isZero(zero, v.re);
            field.invert(inverse, v.re);
            field.multiply(inverse, v.im, inverse);
            for (int lane = 0; lane < field.lanes() && first + lane < values.length; lane++) {
                if (zero[lane] == 0) {
                    values[first + lane] = new byte[SakkeField.OCTETS];
                    field.encode(values[first + lane], 0, inverse, lane);
                }
            }
        } finally {
            Arrays.fill(inverse, 0);
        }
    }
}
