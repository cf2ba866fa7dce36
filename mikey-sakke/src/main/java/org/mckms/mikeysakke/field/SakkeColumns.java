package org.mckms.mikeysakke.field;

import java.util.Arrays;

/**
 * A sum of products of elements, column by column, before its reduction, and the scratch of both. All of it lies in one array, since a
 * kernel with one base address keeps it in a register.
 *
 * <p><b>No carry per product.</b> For a product d of limbs and a unit u, 2^58 or 2^59, {@code high} sums h = floor(d / u), the upper word
 * of d 2^64 / u, and {@code low} sums d modulo 2^64. Their difference low - u high modulo 2^64 is the sum of the remainders d - u h, each
 * from 0 to u - 1. Words wrap; it is enough that the sum of the remainders of a column and of its carry is a signed word.
 *
 * <p><b>Bounds of a product.</b> Limbs of RIGHT are tight, -2^57 to 2^57 - 1, so the difference of two times 2^5 is a word; limbs of LEFT
 * are carried, at most 2^57 + 2^6. A column has at most 9 pairs with remainders below 2^59 and a window of at most 18 remainders below
 * 2^58, from which 18 times 2^58 are moved to the high word beforehand: -18 to 18 times 2^58 in all, which is below 2^62.2. The value of
 * a column is below 18 (2^57 + 2^6) 2^57, so its carry is below 2^60.2, and the sum of both below 2^62.5. A square has 9 products doubled
 * and one more, remainders below 2^58: 0 to 19 times 2^58.
 *
 * <p><b>Bounds of a reduction.</b> Limbs of m and N are at most 2^57. A column has at most 8 pairs and 2 single products with remainders
 * below 2^59 and a window of 17 below 2^58, from which 20 times 2^58 are moved, and -2 to 4 limbs of 58 bits from the columns: -22 to 21
 * times 2^58 in all. With a carry below 2^60.2, since 18 products make a column, the sum is below 2^62.8.
 *
 * <p><b>The result</b> is at most (1/4 + 1/2) p + T / 2^1044, up to a factor of 1 + 2^-56, where T, four products of a loose and a tight
 * element, adds less than p / 2^15: below 0.76 p.
 */
final class SakkeColumns {
    /** 36 columns; in the reduction multipliers take the place of the first 18. */
    static final int COLUMNS = 0;

    /** 18 limbs of the left factor. */
    static final int LEFT = 36;

    /** 18 limbs of the right factor. */
    static final int RIGHT = 54;

    /** Remainders modulo 2^58 of the products with equal indices. */
    static final int LOW = 72;

    /** Products with equal indices over 2^58, rounded down. */
    static final int HIGH = 90;

    private static final int COUNT = SakkeLimbs.COUNT;

    private final long[] s = new long[108];

    /** Adds a b; {@code a} loose, {@code b} tight. */
    void add(long[] a, long[] b) {
        SakkeLimbs.carryOnce(s, LEFT, a, 0);
        System.arraycopy(b, 0, s, RIGHT, COUNT);
        SakkeProduct.add(s);
    }

    /** Subtracts a b; {@code a} loose, {@code b} tight. */
    void subtract(long[] a, long[] b) {
        SakkeLimbs.carryOnce(s, LEFT, a, -1);
        System.arraycopy(b, 0, s, RIGHT, COUNT);
        SakkeProduct.add(s);
    }

    /** Adds a^2; {@code a} tight. */
    void addSquare(long[] a) {
        for (int i = 0; i < COUNT; i++) {
            s[LEFT + i] = a[i];
            s[RIGHT + i] = a[i] << (64 - SakkeLimbs.BITS);
        }
        SakkeSquare.add(s);
    }

    /** The element itself; {@code a} loose. */
    void set(long[] a) {
        SakkeLimbs.carryOnce(s, COLUMNS, a, 0);
    }

    /** Subtracts the columns of another sum; not those of a difference again. */
    void subtract(SakkeColumns other) {
        for (int i = 0; i < 2 * COUNT; i++) {
            s[COLUMNS + i] -= other.s[COLUMNS + i];
        }
    }

    /** r = columns / 2^1044 modulo p, tight; the columns are used up. */
    void reduce(long[] r) {
        SakkeReduction.reduce(s);
        System.arraycopy(s, COLUMNS + COUNT, r, 0, COUNT);
    }

    /** Empties the columns. */
    void clear() {
        Arrays.fill(s, COLUMNS, COLUMNS + 2 * COUNT, 0);
    }

    void wipe() {
        Arrays.fill(s, 0);
    }
}
