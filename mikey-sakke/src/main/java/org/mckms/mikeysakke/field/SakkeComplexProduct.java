package org.mckms.mikeysakke.field;

import java.util.Arrays;

/** A product in F_p^2 = F_p(i), i^2 = -1, by Karatsuba's formula; its scratch serves single products too. */
final class SakkeComplexProduct {
    private final SakkeColumns real = new SakkeColumns();
    private final SakkeColumns imaginary = new SakkeColumns();
    private final SakkeColumns mixed = new SakkeColumns();
    private final long[] a = new long[SakkeLimbs.COUNT];
    private final long[] b = new long[SakkeLimbs.COUNT];

    /** Empty columns for a sum of products of F_p. */
    SakkeColumns columns() {
        real.clear();
        return real;
    }

    /** r0 + i r1 = (a0 + i a1)(b0 + i b1), with r1 = (a0 + a1)(b0 + b1) - a0 b0 - a1 b1. */
    void multiply(long[] r0, long[] r1, long[] a0, long[] a1, long[] b0, long[] b1) {
        for (int i = 0; i < SakkeLimbs.COUNT; i++) {
            a[i] = a0[i] + a1[i];
            b[i] = b0[i] + b1[i];
        }
        SakkeLimbs.carry(b);
        real.clear();
        imaginary.clear();
        mixed.clear();
        real.add(a0, b0);
        imaginary.add(a1, b1);
        mixed.add(a, b);
        mixed.subtract(real);
        mixed.subtract(imaginary);
        real.subtract(imaginary);
        real.reduce(r0);
        mixed.reduce(r1);
    }

    void wipe() {
        real.wipe();
        imaginary.wipe();
        mixed.wipe();
        Arrays.fill(a, 0);
        Arrays.fill(b, 0);
    }
}
