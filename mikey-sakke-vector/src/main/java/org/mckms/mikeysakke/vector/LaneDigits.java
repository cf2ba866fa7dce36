package org.mckms.mikeysakke.vector;

import java.util.Arrays;
import org.mckms.mikeysakke.curve.WindowDigits;

/**
 * Which entry each lane takes of a table whose windows lie in the lanes: lane l of step s has window 8 s + l.
 *
 * <p>One scalar goes over all lanes: each lane adds up every eighth window of it, and in the end the lanes are added. Eight scalars take
 * turns: what has been added up for them moves on by a lane after each addition, so that within eight turns each of them has met the
 * windows of all lanes. Wiped by whoever makes it.
 */
final class LaneDigits {
    /** Bits of a window. */
    static final int WIDTH = 5;

    /** Windows in each lane. */
    static final int STEPS = (WindowDigits.count(WIDTH) + Lanes.COUNT - 1) / Lanes.COUNT;

    /** For each entry, counted from 1, and each lane all ones if the lane takes it. */
    final int[] masks = new int[TableScan.ENTRIES * Lanes.COUNT];

    /** All ones if the lane takes none. */
    final int[] zeros = new int[Lanes.COUNT];

    /** All ones if the lane takes the negative. */
    final int[] signs = new int[Lanes.COUNT];

    private final WindowDigits[] digits;

    /** @param scalars one or eight */
    LaneDigits(byte[][] scalars) {
        digits = new WindowDigits[scalars.length];
        for (int i = 0; i < scalars.length; i++) {
            digits[i] = new WindowDigits(WIDTH);
            digits[i].set(scalars[i]);
        }
    }

    /** How often a step is repeated, each time with other scalars in the lanes. */
    int turns() {
        return digits.length;
    }

    /** Sets the masks. */
    void set(int step, int turn) {
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            WindowDigits scalar = digits[(lane + turn) % digits.length];
            int window = step * Lanes.COUNT + lane;
            boolean exists = window < scalar.count();
            int magnitude = exists ? scalar.magnitude(window) : 0;
            signs[lane] = exists ? (int) scalar.sign(window) : 0;
            zeros[lane] = equalMask(magnitude, 0);
            for (int entry = 0; entry < TableScan.ENTRIES; entry++) {
                masks[entry * Lanes.COUNT + lane] = equalMask(magnitude, entry + 1);
            }
        }
    }

    private static int equalMask(int one, int other) {
        return (one ^ other) - 1 >> 31;
    }

    void wipe() {
        for (WindowDigits scalar : digits) {
            scalar.wipe();
        }
        Arrays.fill(masks, 0);
        Arrays.fill(zeros, 0);
        Arrays.fill(signs, 0);
    }
}
