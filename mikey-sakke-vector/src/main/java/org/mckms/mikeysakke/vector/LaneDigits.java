package org.mckms.mikeysakke.vector;

import java.util.Arrays;
import org.mckms.mikeysakke.curve.WindowDigits;

/**
 * Which entry of a {@link LaneTable} each lane takes: the digits of one scalar, spread over the lanes, or of the scalar of each lane.
 *
 * <p>A scalar that is spread is followed in 26 steps: lane l has the window 8 s + l in step s, adds up every eighth window, and in the end
 * the lanes are added. Eight scalars are followed in one step for each window. Wiped by whoever makes it.
 */
final class LaneDigits {
    /** Bits of a window. */
    static final int WIDTH = 5;

    /** How many windows a scalar has. */
    static final int WINDOWS = WindowDigits.count(WIDTH);

    /** How many of them a lane has at most, if a scalar is spread. */
    static final int SPREAD = (WINDOWS + Lanes.COUNT - 1) / Lanes.COUNT;

    /** For each entry, counted from 1, and each lane all ones if the lane takes it. */
    final int[] masks = new int[TableScan.ENTRIES * Lanes.COUNT];

    /** The number of the entry counted from 0; if the lane takes none, whatever. Twice as many as lanes. */
    final int[] indexes = new int[2 * Lanes.COUNT];

    /** All ones if the lane takes an entry. Twice as many as lanes. */
    final int[] wanted = new int[2 * Lanes.COUNT];

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

    boolean isSpread() {
        return digits.length == 1;
    }

    int steps() {
        return isSpread() ? SPREAD : WINDOWS;
    }

    /** Sets what each lane takes in a step. */
    void set(int step) {
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            int window = isSpread() ? step * Lanes.COUNT + lane : step;
            WindowDigits scalar = digits[isSpread() ? 0 : lane];
            boolean exists = window < WINDOWS;
            int magnitude = exists ? scalar.magnitude(window) : 0;
            signs[lane] = exists ? (int) scalar.sign(window) : 0;
            zeros[lane] = equalMask(magnitude, 0);
            wanted[lane] = ~zeros[lane];
            indexes[lane] = magnitude - 1 & TableScan.ENTRIES - 1;
            if (isSpread()) {
                setMasks(lane, magnitude);
            }
        }
    }

    private void setMasks(int lane, int magnitude) {
        for (int entry = 0; entry < TableScan.ENTRIES; entry++) {
            masks[entry * Lanes.COUNT + lane] = equalMask(magnitude, entry + 1);
        }
    }

    private static int equalMask(int one, int other) {
        return (one ^ other) - 1 >> 31;
    }

    void wipe() {
        for (WindowDigits scalar : digits) {
            scalar.wipe();
        }
        for (int[] part : new int[][] {masks, indexes, wanted, zeros, signs}) {
            Arrays.fill(part, 0);
        }
    }
}
