package org.mckms.mikeysakke.vector;

/** Products of packs, added to the sums of the columns, which {@link Reduction} reduces. */
final class Product {
    private static final int BLOCK = 8;
    /** Where the last rows begin, three and one of zeros. */
    private static final int REST = Modulus.SIZE - 4;

    private static final long EXPONENT_UNIT = 1L << 52;

    private Product() {}

    /** sums = a * b; the sums are zeros before. */
    static void set(double[] sums, long[] a, long[] b) {
        ProductRows.setEight(sums, a, b);
        addRows(sums, a, b, BLOCK);
    }

    /** sums = sums + a * b. */
    static void add(double[] sums, long[] a, long[] b) {
        addRows(sums, a, b, 0);
    }

    private static void addRows(double[] sums, long[] a, long[] b, int first) {
        for (int i = first; i < REST; i += BLOCK) {
            ProductRows.addEight(sums, a, i, b, 0, Modulus.LIMBS);
        }
        ProductRows.addFour(sums, a, REST, b, 0, Modulus.SIZE);
    }

    /**
     * sums = a^2; the sums are zeros before. A product of two limbs of different blocks occurs twice in a square: it is taken once, with one limb doubled.
     *
     * @param mixed becomes 2a, and block for block a instead
     */
    static void setSquare(double[] sums, long[] a, long[] mixed) {
        setDoubled(mixed, a);
        System.arraycopy(a, 0, mixed, 0, BLOCK * Lanes.COUNT);
        ProductRows.setEight(sums, a, mixed);
        for (int i = BLOCK; i < REST; i += BLOCK) {
            System.arraycopy(a, i * Lanes.COUNT, mixed, i * Lanes.COUNT, BLOCK * Lanes.COUNT);
            ProductRows.addEight(sums, a, i, mixed, i, Modulus.LIMBS);
        }
        ProductRows.addFour(sums, a, REST, a, REST, Modulus.SIZE);
    }

    /** r = 2a without carry: one more in the exponents of the doubles that are not zero. Plain Java, which HotSpot turns into vectors. */
    private static void setDoubled(long[] r, long[] a) {
        for (int i = 0; i < r.length; i++) {
            long magnitude = a[i] << 1;
            r[i] = a[i] + ((magnitude | -magnitude) >> 63 & EXPONENT_UNIT);
        }
    }
}
