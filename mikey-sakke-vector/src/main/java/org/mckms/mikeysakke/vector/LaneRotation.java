package org.mckms.mikeysakke.vector;

import java.util.Arrays;
import org.mckms.mikeysakke.curve.EdwardsPoint;

/** Moves elements from lane to lane. */
final class LaneRotation {
    private LaneRotation() {}

    /** r = a with each element {@code distance} lanes further down, in a circle; r is not a. */
    static void rotate(long[] r, long[] a, int distance) {
        System.arraycopy(a, distance, r, 0, a.length - distance);
        for (int i = Lanes.COUNT; i <= a.length; i += Lanes.COUNT) {
            for (int k = 1; k <= distance; k++) {
                r[i - k] = a[i - Lanes.COUNT + distance - k];
            }
        }
    }

    /** Rotates the points; {@code spare} are four packs. */
    static void rotate(EdwardsPoint r, EdwardsPoint a, int distance, long[][] spare) {
        rotate(spare[0], a.x(), distance);
        rotate(spare[1], a.y(), distance);
        rotate(spare[2], a.z(), distance);
        rotate(spare[3], a.t(), distance);
        r.set(spare[0], spare[1], spare[2], spare[3]);
    }

    /** In each lane the sum of the points of all lanes. */
    static void addLanes(VectorSakkeField field, EdwardsPoint a) {
        EdwardsPoint other = new EdwardsPoint(field);
        long[][] spare = new long[4][field.size()];
        try {
            for (int distance = Lanes.COUNT / 2; distance > 0; distance /= 2) {
                rotate(other, a, distance, spare);
                a.add(other);
            }
        } finally {
            other.wipe();
            for (long[] pack : spare) {
                Arrays.fill(pack, 0);
            }
        }
    }
}
