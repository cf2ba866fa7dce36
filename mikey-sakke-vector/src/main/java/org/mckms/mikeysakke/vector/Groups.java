package org.mckms.mikeysakke.vector;

import java.util.Arrays;
import java.util.function.Consumer;

/** Divides a batch into groups of eight and what is left into single ones, or into one more group if it is worth that. */
final class Groups {
    /** From how many on a group of eight that is not full costs less than as many single operations. */
    static final int FIXED_BASE = 6;

    static final int PAIRING = 4;

    private Groups() {}

    static void forEach(int size, int worthAGroup, Consumer<Group> action) {
        int first = 0;
        while (first < size) {
            int left = size - first;
            int count = left >= Lanes.COUNT ? Lanes.COUNT : left >= worthAGroup ? left : 1;
            action.accept(new Group(first, count, count == 1 ? 1 : Lanes.COUNT));
            first += count;
        }
    }

    /** Elements {@code first} to {@code first + count - 1} of the batch, in one lane or in eight. */
    record Group(int first, int count, int lanes) {
        boolean isSingle() {
            return lanes == 1;
        }

        /** As many as there are lanes; the last one fills up. */
        byte[][] of(byte[][] batch) {
            byte[][] group = new byte[lanes][];
            Arrays.setAll(group, i -> batch[first + Math.min(i, count - 1)]);
            return group;
        }

        /** Puts the results in their place in the batch. */
        <T> void put(T[] batch, T[] results) {
            System.arraycopy(results, 0, batch, first, count);
        }
    }
}
