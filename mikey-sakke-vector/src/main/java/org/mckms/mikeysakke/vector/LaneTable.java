package org.mckms.mikeysakke.vector;

/**
 * A table of elements for each window of a scalar, eight windows in the lanes, each element in limbs of 32 bits: half the memory of a pack.
 * Public data, immutable once filled.
 */
final class LaneTable {
    private static final int LIMBS = Modulus.SIZE;

    private final int[][] steps;
    private final int elements;

    /** @param elements in each entry */
    LaneTable(int elements) {
        this.elements = elements;
        this.steps = new int[LaneDigits.STEPS][elements * LIMBS * TableScan.ENTRIES * Lanes.COUNT];
    }

    /** Sets an element of an entry, counted from 0, in the eight windows of a step; tight. */
    void put(int step, int entry, int element, long[] pack) {
        for (int limb = 0; limb < LIMBS; limb++) {
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                int at = ((element * LIMBS + limb) * TableScan.ENTRIES + entry) * Lanes.COUNT + lane;
                steps[step][at] = (int) Double.longBitsToDouble(pack[limb * Lanes.COUNT + lane]);
            }
        }
    }

    /** An array for an entry in each lane, one element after the other. */
    int[] newEntry() {
        return new int[elements * LIMBS * Lanes.COUNT];
    }

    void read(int[] entry, int step, LaneDigits digits) {
        TableScan.read(entry, steps[step], digits.masks);
    }
}
