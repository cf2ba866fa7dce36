package org.mckms.mikeysakke.field;

import java.util.Arrays;

/**
 * A sum of products of elements, column by column, before its reduction, and the scratch of both. All of it lies in one array, since a
 * kernel with one base address keeps it in a register.
 *
 * <p><b>No carry per product.</b> For a product d of limbs and a unit u, 2^58 or 2^59, {@code high} sums h = floor(d / u), the upper word
 * of d 2^64 / u, and {@code low} sums d modulo 2^64. Their difference low - u high modulo 2^64 is the sum of the remainders d - u h, each
 * from 0 to u - 1. Words wrap; it is enough that the sum of remainders and the carry of a column lie within -2^63 to 2^63 - 1.
 *
 * <p><b>Bounds of a product.</b> Limbs of RIGHT are tight, -2^57 to 2^57 - 1, so a sum of two times 2^5 fits a word; limbs of LEFT are
 * carried, at most 2^57 + 2^6. A column has at most 9 pairs with remainders below 2^59, less a window of at most 18 remainders below
 * 2^58, plus twice one of these: from -2^62.2 to 2^62.3. The value of a column is below 18 (2^57 + 2^6) 2^57, so its carry is at most
 * 2^60.2. The sum is within 2^62.6.
 *
 * <p><b>Bounds of a reduction.</b> Columns hold at most 4 limbs of 58 bits. With 8 pairs, a window of 17, and three single products of
 * remainders below 2^58, and |m| and |N_j| at most 2^57, the sum is again within 2^62.9 and the carry within 2^60.3. The result is
 * T / 2^1044 + (1/4 + 1/2) p at most, up to a factor of 1 + 2^-56; and T, four products of a loose and a tight
 * element, adds less than p / 2^15.
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
