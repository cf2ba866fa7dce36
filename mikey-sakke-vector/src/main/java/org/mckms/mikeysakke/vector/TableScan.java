package org.mckms.mikeysakke.vector;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** Reads an entry of a table in each lane by reading all of them, so that neither time nor addresses tell which they were. */
final class TableScan {
    /** Entries that one pass of the loop reads. */
    static final int MERGED = 8;

    /** Entries of a window. */
    static final int ENTRIES = 16;

    static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;

    private TableScan() {}

    /**
     * entry = the entry whose mask is all ones, in each lane; zero where there is none.
     *
     * @param entry with room for eight more ints, which become zero
     * @param window for each limb of an entry the 16 entries, each of 8 lanes
     * @param masks for each of the 16 entries those of the lanes
     */
    static void read(int[] entry, int[] window, int[] masks) {
        Arrays.fill(entry, 0);
        for (int first = 0; first < ENTRIES; first += MERGED) {
            merge(entry, window, masks, first);
        }
    }

    /** Adds what entries {@code first} to {@code first + 7} contribute. */
    private static void merge(int[] entry, int[] window, int[] masks, int first) {
        int from = Lanes.COUNT * first;
        IntVector m0 = IntVector.fromArray(INTS, masks, from);
        IntVector m1 = IntVector.fromArray(INTS, masks, from + Lanes.COUNT);
        IntVector m2 = IntVector.fromArray(INTS, masks, from + 2 * Lanes.COUNT);
        IntVector m3 = IntVector.fromArray(INTS, masks, from + 3 * Lanes.COUNT);
        IntVector m4 = IntVector.fromArray(INTS, masks, from + 4 * Lanes.COUNT);
        IntVector m5 = IntVector.fromArray(INTS, masks, from + 5 * Lanes.COUNT);
        IntVector m6 = IntVector.fromArray(INTS, masks, from + 6 * Lanes.COUNT);
        IntVector m7 = IntVector.fromArray(INTS, masks, from + 7 * Lanes.COUNT);
        int at = from;
        for (int i = 0; i < entry.length - Lanes.COUNT; i += Lanes.COUNT) {
            IntVector e = IntVector.fromArray(INTS, entry, i);
            e = e.or(IntVector.fromArray(INTS, window, at).and(m0));
            e = e.or(IntVector.fromArray(INTS, window, at + Lanes.COUNT).and(m1));
            e = e.or(IntVector.fromArray(INTS, window, at + 2 * Lanes.COUNT).and(m2));
            e = e.or(IntVector.fromArray(INTS, window, at + 3 * Lanes.COUNT).and(m3));
            e = e.or(IntVector.fromArray(INTS, window, at + 4 * Lanes.COUNT).and(m4));
            e = e.or(IntVector.fromArray(INTS, window, at + 5 * Lanes.COUNT).and(m5));
            e = e.or(IntVector.fromArray(INTS, window, at + 6 * Lanes.COUNT).and(m6));
            e = e.or(IntVector.fromArray(INTS, window, at + 7 * Lanes.COUNT).and(m7));
            e.intoArray(entry, i);
            at += Lanes.COUNT * ENTRIES;
        }
    }
}
