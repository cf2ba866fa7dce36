package org.mckms.mikeysakke.vector;

/**
 * A table of elements for each window of a scalar, in limbs of 32 bits: half the memory of a pack. It is held twice, for one scalar with
 * eight windows in the lanes, and window by window for eight scalars. Public data, immutable once filled.
 */
final class LaneTable {
    private static final int LIMBS = Modulus.SIZE;

    /** For each limb of an entry and each of the 16 entries the lanes. */
    private final int[][] spread;
    /** For each limb of an entry the 16 entries. */
    private final int[][] windows;

    private final int entryLimbs;

    /** @param elements in each entry */
    LaneTable(int elements) {
        this.entryLimbs = elements * LIMBS;
        this.spread = new int[LaneDigits.SPREAD][entryLimbs * TableScan.ENTRIES * Lanes.COUNT];
        this.windows = new int[LaneDigits.WINDOWS][entryLimbs * TableScan.ENTRIES];
    }

    /** Sets an element of an entry, counted from 0, in the eight windows of a step of a spread scalar; tight. */
    void put(int step, int entry, int element, long[] pack) {
        for (int limb = 0; limb < LIMBS; limb++) {
            int at = (element * LIMBS + limb) * TableScan.ENTRIES + entry;
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                int value = (int) Double.longBitsToDouble(pack[limb * Lanes.COUNT + lane]);
                spread[step][at * Lanes.COUNT + lane] = value;
                int window = step * Lanes.COUNT + lane;
                if (window < LaneDigits.WINDOWS) {
                    windows[window][at] = value;
                }
            }
        }
    }

    /** An array for an entry in each lane, one element after the other, and eight ints more. */
    int[] newEntry() {
        return new int[(entryLimbs + 1) * Lanes.COUNT];
    }

    /** entry = what the lanes take in a step, zeros for nothing. */
    void read(int[] entry, int step, LaneDigits digits) {
        if (digits.isSpread()) {
            TableScan.read(entry, spread[step], digits.masks);
        } else {
            TablePermutation.read(entry, windows[step], digits.indexes, digits.wanted);
        }
    }
}
