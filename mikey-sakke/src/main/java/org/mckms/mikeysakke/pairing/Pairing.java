package org.mckms.mikeysakke.pairing;

import org.mckms.mikeysakke.field.SakkeField;

/**
 * The Tate-Lichtenbaum pairing of RFC 6508 clause 3.2 on the SAKKE curve, with the distortion (x, y) to (-x, i y) on its second argument.
 *
 * <p>The sequence of operations and addresses is the same for all points. Thread safe.
 */
public final class Pairing {
    private final SakkeField field;

    /** The pairing calculated with {@code field}, as many at once as it has lanes. */
    public Pairing(SakkeField field) {
        this.field = field;
    }

    /**
     * The pairings of points in pairs.
     *
     * @param a points of order q, 257 octets {@code 04 || x || y}
     * @param b as many points on the curve; for a point whose order is not q the value has no meaning
     * @return for each pair 128 octets that the caller wipes; null where the pairing has no representative, which cannot be for a point b
     *     of order q
     */
    public byte[][] pair(byte[][] a, byte[][] b) {
        SakkeField scratch = field.withScratch();
        byte[][] values = new byte[b.length][];
        try {
            for (int first = 0; first < b.length; first += field.lanes()) {
                pair(scratch, values, a, b, first);
            }
            return values;
        } finally {
            scratch.wipeScratch();
        }
    }

    /** The pairings of the points from index {@code first} on, one in each lane. */
    private static void pair(SakkeField field, byte[][] values, byte[][] a, byte[][] b, int first) {
        AffinePoints as = AffinePoints.read(field, a, first);
        AffinePoints bs = AffinePoints.read(field, b, first);
        PairingAccumulator v = new PairingAccumulator(field);
        try {
            MillerLoop.run(field, v, as, bs);
            Representatives.write(field, v, values, first);
        } finally {
            as.wipe();
            bs.wipe();
            v.wipe();
        }
    }
}
