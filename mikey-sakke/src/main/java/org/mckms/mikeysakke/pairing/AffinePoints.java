package org.mckms.mikeysakke.pairing;

import java.util.Arrays;
import org.mckms.mikeysakke.field.SakkeField;

/** A pack of points x, y. */
final class AffinePoints {
    /** Octets of a point, 04 || x || y. */
    static final int OCTETS = 1 + 2 * SakkeField.OCTETS;

    final long[] x;
    final long[] y;

    AffinePoints(SakkeField field) {
        this.x = new long[field.size()];
        this.y = new long[field.size()];
    }

    /** Reads the points from index {@code first} on, one to each lane; where there are too few, the last one fills the lanes. */
    static AffinePoints read(SakkeField field, byte[][] points, int first) {
        AffinePoints read = new AffinePoints(field);
        for (int lane = 0; lane < field.lanes(); lane++) {
            byte[] point = points[Math.min(first + lane, points.length - 1)];
            field.decode(read.x, lane, point, 1);
            field.decode(read.y, lane, point, 1 + SakkeField.OCTETS);
        }
        return read;
    }

    void wipe() {
        Arrays.fill(x, 0);
        Arrays.fill(y, 0);
    }
}
