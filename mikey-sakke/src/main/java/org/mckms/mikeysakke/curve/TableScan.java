package org.mckms.mikeysakke.curve;

import java.util.Arrays;

/** Reads one entry of a window of a table by reading all of them, so that neither time nor addresses tell which it was. */
public final class TableScan {
    /** Entries that one pass of the loop merges: measured, four take 60 % of the time of one by one. */
    private static final int MERGED = 4;

    private TableScan() {}

    /**
     * entry = the entry of that number, counted from 1; zeros for number 0.
     *
     * @param window entries of {@code entry.length} longs one after the other, a multiple of four of them
     */
    public static void select(long[] entry, long[] window, int number) {
        Arrays.fill(entry, 0);
        int first = 1;
        for (int from = 0; from < window.length; from += MERGED * entry.length) {
            merge(
                    entry,
                    window,
                    from,
                    equalMask(number, first),
                    equalMask(number, first + 1),
                    equalMask(number, first + 2),
                    equalMask(number, first + 3));
            first += MERGED;
        }
    }

    /** A loop of its own, which the compiler turns into vector instructions. */
    private static void merge(long[] entry, long[] window, int from, long mask0, long mask1, long mask2, long mask3) {
        int size = entry.length;
        for (int i = 0; i < size; i++) {
            entry[i] |= window[from + i] & mask0
                    | window[from + size + i] & mask1
                    | window[from + 2 * size + i] & mask2
                    | window[from + 3 * size + i] & mask3;
        }
    }

    /** All ones if both numbers, small and not negative, are equal, else zero. */
    public static long equalMask(int one, int other) {
        return (long) ((one ^ other) - 1) >> 63;
    }
}
