package org.mckms.mikeysakke.field;

import java.util.Arrays;

/**
 * F_p of SAKKE parameter set 1, one element at a time, in plain Java for any processor.
 *
 * <p>An element x is held as x 2^1044 mod p in 18 signed limbs of 58 bits. In a tight pack limbs 0 to 16 lie in -2^57 to 2^57 - 1 and
 * the value between -0.76 p and 0.76 p, so limb 17 is below 2^38. Signed limbs let sums and differences go without any reduction, and
 * the 20 bits between p and 2^1044 let products go without a final subtraction.
 */
public final class ScalarSakkeField implements SakkeField {
    /** The instance without scratch; it has no state. */
    public static final ScalarSakkeField INSTANCE = new ScalarSakkeField(null);

    private static final ModularInverse INVERSE = new ModularInverse(SakkeLimbs.modulus());

    /** Scratch, or null. */
    private final SakkeComplexProduct kept;

    private ScalarSakkeField(SakkeComplexProduct kept) {
        this.kept = kept;
    }

    @Override
    public SakkeField withScratch() {
        return new ScalarSakkeField(new SakkeComplexProduct());
    }

    @Override
    public void wipeScratch() {
        if (kept != null) {
            kept.wipe();
        }
    }

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public int size() {
        return SakkeLimbs.COUNT;
    }

    @Override
    public void setZero(long[] r) {
        Arrays.fill(r, 0, SakkeLimbs.COUNT, 0);
    }

    @Override
    public void setOne(long[] r) {
        System.arraycopy(SakkeLimbs.one(), 0, r, 0, SakkeLimbs.COUNT);
    }

    @Override
    public void multiply(long[] r, long[] a, long[] b) {
        SakkeColumns columns = columns();
        try {
            columns.add(a, b);
            columns.reduce(r);
        } finally {
            release(columns);
        }
    }

    @Override
    public void square(long[] r, long[] a) {
        SakkeColumns columns = columns();
        try {
            columns.addSquare(a);
            columns.reduce(r);
        } finally {
            release(columns);
        }
    }

    @Override
    public void multiplyAdd(long[] r, long[] a, long[] b, long[] c, long[] d) {
        SakkeColumns columns = columns();
        try {
            columns.add(a, b);
            columns.add(c, d);
            columns.reduce(r);
        } finally {
            release(columns);
        }
    }

    @Override
    public void multiplySubtract(long[] r, long[] a, long[] b, long[] c, long[] d) {
        SakkeColumns columns = columns();
        try {
            columns.add(a, b);
            columns.subtract(c, d);
            columns.reduce(r);
        } finally {
            release(columns);
        }
    }

    /** Without scratch four products cost less than the scratch of Karatsuba's three. */
    @Override
    public void multiplyComplex(long[] r0, long[] r1, long[] a0, long[] a1, long[] b0, long[] b1) {
        if (kept == null) {
            SakkeField.super.multiplyComplex(r0, r1, a0, a1, b0, b1);
        } else {
            kept.multiply(r0, r1, a0, a1, b0, b1);
        }
    }

    /** Empty columns: those kept, or new ones. */
    private SakkeColumns columns() {
        return kept == null ? new SakkeColumns() : kept.columns();
    }

    private void release(SakkeColumns columns) {
        if (kept == null) {
            columns.wipe();
        }
    }

    @Override
    public void multiplySum(long[] r, long[][] a, int from, long[][] b, int terms) {
        SakkeColumns columns = columns();
        try {
            for (int i = 0; i < terms; i++) {
                columns.add(a[from + i], b[i]);
            }
            columns.reduce(r);
        } finally {
            release(columns);
        }
    }

    @Override
    public void add(long[] r, long[] a, long[] b) {
        for (int i = 0; i < SakkeLimbs.COUNT; i++) {
            r[i] = a[i] + b[i];
        }
    }

    @Override
    public void subtract(long[] r, long[] a, long[] b) {
        for (int i = 0; i < SakkeLimbs.COUNT; i++) {
            r[i] = a[i] - b[i];
        }
    }

    @Override
    public void tighten(long[] r, long[] a) {
        SakkeLimbs.tighten(r, a);
    }

    @Override
    public void negateIf(long[] r, long[] a, long[] masks) {
        long mask = masks[0];
        for (int i = 0; i < SakkeLimbs.COUNT; i++) {
            r[i] = (a[i] ^ mask) - mask;
        }
        SakkeLimbs.carry(r);
    }

    @Override
    public void copyIf(long[] r, long[] a, long[] masks) {
        long mask = masks[0];
        for (int i = 0; i < SakkeLimbs.COUNT; i++) {
            r[i] ^= (r[i] ^ a[i]) & mask;
        }
    }

    @Override
    public void isZero(long[] masks, long[] a) {
        long[] t = new long[SakkeLimbs.COUNT];
        try {
            SakkeLimbs.tighten(t, a);
            long bits = 0;
            for (long limb : t) {
                bits |= limb;
            }
            masks[0] = ~((bits | -bits) >> 63);
        } finally {
            Arrays.fill(t, 0);
        }
    }

    @Override
    public void invert(long[] r, long[] a) {
        long[] t = new long[SakkeLimbs.COUNT];
        try {
            System.arraycopy(a, 0, t, 0, SakkeLimbs.COUNT);
            SakkeLimbs.normalise(t);
            INVERSE.invert(t, SakkeLimbs.BITS);
            SakkeLimbs.carry(t);
            multiply(r, t, SakkeLimbs.montgomeryCubed());
        } finally {
            Arrays.fill(t, 0);
        }
    }

    @Override
    public void decode(long[] r, int lane, byte[] octets, int from) {
        long[] t = new long[SakkeLimbs.COUNT];
        try {
            SakkeLimbs.read(t, octets, from);
            multiply(r, t, SakkeLimbs.montgomerySquared());
        } finally {
            Arrays.fill(t, 0);
        }
    }

    @Override
    public void encode(byte[] octets, int to, long[] a, int lane) {
        long[] t = new long[SakkeLimbs.COUNT];
        SakkeColumns columns = columns();
        try {
            columns.set(a);
            columns.reduce(t);
            SakkeLimbs.normalise(t);
            SakkeLimbs.write(octets, to, t);
        } finally {
            release(columns);
            Arrays.fill(t, 0);
        }
    }
}
