package org.mckms.mikeysakke.vector;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Reads an entry of one window in each lane, a different one where the lanes ask for it: the 16 entries of a limb are one vector, from
 * which a permutation of registers takes what each lane wants. Memory is read alike whatever that is.
 */
final class TablePermutation {
    private static final VectorSpecies<Integer> ENTRIES = IntVector.SPECIES_512;

    private TablePermutation() {}

    /**
     * entry = for each limb the entry of the lane.
     *
     * @param entry with room for eight more ints, which become whatever
     * @param window for each limb the 16 entries
     * @param indexes 0 to 15 for each lane, and eight more
     * @param wanted all ones, or zero in the lanes that get zeros; and eight more
     */
    static void read(int[] entry, int[] window, int[] indexes, int[] wanted) {
        IntVector index = IntVector.fromArray(ENTRIES, indexes, 0);
        IntVector mask = IntVector.fromArray(ENTRIES, wanted, 0);
        int to = 0;
        for (int from = 0; from < window.length; from += TableScan.ENTRIES) {
            IntVector limb = IntVector.fromArray(ENTRIES, window, from);
            index.selectFrom(limb).and(mask).intoArray(entry, to);
            to += Lanes.COUNT;
        }
    }
}
