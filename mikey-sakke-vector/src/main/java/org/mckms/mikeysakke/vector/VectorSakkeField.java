package org.mckms.mikeysakke.vector;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.mckms.mikeysakke.field.SakkeField;

/**
 * F_p of SAKKE parameter set 1, eight elements at a time, on vectors of 512 bits.
 *
 * <p>An element x is held as x R modulo p, R = 2^1152, in 43 signed limbs of 24 bits that are doubles: a product of two limbs and the sum
 * of all products of a column are below 2^53, so that a multiplication costs one fused multiply-add for each product of limbs and nothing
 * is rounded ({@link Reduction} has the bounds). Limbs are at most 2^23 + 2^6 in every pack; a tight element is below 0.8 p in magnitude,
 * so that the last limb is below 2^15, and in a loose one below 2^19.
 *
 * <p>Each thread keeps its working space, zeroed after each operation.
 */
public final class VectorSakkeField implements SakkeField {
    private static final long SIGN = Long.MIN_VALUE;

    private static final long[] ONE = pack(Modulus.R.mod(Modulus.P));
    private static final long[] PLAIN_ONE = pack(BigInteger.ONE);
    private static final long[] R_SQUARED = pack(Modulus.R.pow(2).mod(Modulus.P));

    /** Nothing but arrays, so that a thread that outlives this module does not hold its classes. */
    private final ThreadLocal<double[][]> columns =
            ThreadLocal.withInitial(() -> new double[2][Reduction.COLUMNS * Lanes.COUNT]);

    private final ThreadLocal<long[]> spare = ThreadLocal.withInitial(() -> new long[size()]);

    private static long[] pack(BigInteger x) {
        long[] pack = new long[Modulus.SIZE * Lanes.COUNT];
        double[] limbs = Modulus.limbs(x, Modulus.SIZE);
        for (int i = 0; i < pack.length; i++) {
            pack[i] = Double.doubleToRawLongBits(limbs[i / Lanes.COUNT]);
        }
        return pack;
    }

    @Override
    public int lanes() {
        return Lanes.COUNT;
    }

    @Override
    public int size() {
        return Modulus.SIZE * Lanes.COUNT;
    }

    @Override
    public void setZero(long[] r) {
        Arrays.fill(r, 0);
    }

    @Override
    public void setOne(long[] r) {
        System.arraycopy(ONE, 0, r, 0, ONE.length);
    }

    @Override
    public void multiply(long[] r, long[] a, long[] b) {
        double[] sums = columns.get()[0];
        Product.set(sums, a, b);
        Reduction.reduce(r, sums);
        Arrays.fill(sums, 0);
    }

    @Override
    public void square(long[] r, long[] a) {
        double[] sums = columns.get()[0];
        long[] doubled = spare.get();
        Product.setSquare(sums, a, doubled);
        Reduction.reduce(r, sums);
        Arrays.fill(sums, 0);
        Arrays.fill(doubled, 0);
    }

    @Override
    public void multiplyAdd(long[] r, long[] a, long[] b, long[] c, long[] d) {
        double[] sums = columns.get()[0];
        Product.set(sums, a, b);
        Product.add(sums, c, d);
        Reduction.reduce(r, sums);
        Arrays.fill(sums, 0);
    }

    @Override
    public void multiplySubtract(long[] r, long[] a, long[] b, long[] c, long[] d) {
        double[] sums = columns.get()[0];
        long[] negated = spare.get();
        negate(negated, d);
        Product.set(sums, a, b);
        Product.add(sums, c, negated);
        Reduction.reduce(r, sums);
        Arrays.fill(sums, 0);
        Arrays.fill(negated, 0);
    }

    @Override
    public void multiplyComplex(long[] r0, long[] r1, long[] a0, long[] a1, long[] b0, long[] b1) {
        double[][] sums = columns.get();
        long[] negated = spare.get();
        negate(negated, b1);
        Product.set(sums[0], a0, b0);
        Product.add(sums[0], a1, negated);
        Product.set(sums[1], a0, b1);
        Product.add(sums[1], a1, b0);
        Reduction.reduce(r0, sums[0]);
        Reduction.reduce(r1, sums[1]);
        Arrays.fill(sums[0], 0);
        Arrays.fill(sums[1], 0);
        Arrays.fill(negated, 0);
    }

    private static void negate(long[] r, long[] a) {
        for (int i = 0; i < r.length; i++) {
            r[i] = a[i] ^ SIGN;
        }
    }

    @Override
    public void add(long[] r, long[] a, long[] b) {
        CarriedSum.set(r, a, b, 1);
    }

    @Override
    public void subtract(long[] r, long[] a, long[] b) {
        CarriedSum.set(r, a, b, -1);
    }

    @Override
    public void tighten(long[] r, long[] a) {
        Tightening.set(r, a);
    }

    @Override
    public void negateIf(long[] r, long[] a, long[] masks) {
        for (int i = 0; i < r.length; i += Lanes.COUNT) {
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                r[i + lane] = a[i + lane] ^ masks[lane] & SIGN;
            }
        }
    }

    @Override
    public void copyIf(long[] r, long[] a, long[] masks) {
        for (int i = 0; i < r.length; i += Lanes.COUNT) {
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                r[i + lane] ^= (r[i + lane] ^ a[i + lane]) & masks[lane];
            }
        }
    }

    /** A tight element is zero modulo p if it is zero, and then all its limbs are: none of them reaches 2^24. */
    @Override
    public void isZero(long[] masks, long[] a) {
        long[] tight = new long[size()];
        try {
            Tightening.set(tight, a);
            Arrays.fill(masks, 0, Lanes.COUNT, 0);
            for (int i = 0; i < tight.length; i++) {
                masks[i % Lanes.COUNT] |= tight[i] << 1;
            }
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                masks[lane] = ~((masks[lane] | -masks[lane]) >> 63);
            }
        } finally {
            Arrays.fill(tight, 0);
        }
    }

    @Override
    public void invert(long[] r, long[] a) {
        LaneInversion.invert(this, r, a);
    }

    @Override
    public void decode(long[] r, int lane, byte[] octets, int from) {
        long[] read = new long[size()];
        try {
            Encoding.read(read, lane, octets, from);
            fromNumbers(read, read);
            for (int i = lane; i < read.length; i += Lanes.COUNT) {
                r[i] = read[i];
            }
        } finally {
            Arrays.fill(read, 0);
        }
    }

    @Override
    public void decodeToAll(long[] r, byte[] octets, int from) {
        for (int lane = 0; lane < lanes(); lane++) {
            Encoding.read(r, lane, octets, from);
        }
        fromNumbers(r, r);
    }

    @Override
    public void encode(byte[] octets, int to, long[] a, int lane) {
        long[] plain = new long[size()];
        try {
            toNumbers(plain, a);
            Encoding.write(octets, to, plain, lane);
        } finally {
            Arrays.fill(plain, 0);
        }
    }

    /** Writes the elements of the first lanes, one into each array from index {@code to}, as {@link #encode}. */
    void encodeAll(byte[][] octets, int to, long[] a) {
        long[] plain = new long[size()];
        try {
            toNumbers(plain, a);
            for (int lane = 0; lane < octets.length; lane++) {
                Encoding.write(octets[lane], to, plain, lane);
            }
        } finally {
            Arrays.fill(plain, 0);
        }
    }

    /** A random element, the same in each lane, that is not zero. */
    long[] randomFactor(SecureRandom random) {
        long[] factor = new long[size()];
        byte[] octets = new byte[OCTETS];
        random.nextBytes(octets);
        // 2^1023 < p, and odd is not zero; what number the element is does not matter
        octets[0] &= 0x7F;
        octets[OCTETS - 1] |= 1;
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            Encoding.read(factor, lane, octets, 0);
        }
        Arrays.fill(octets, (byte) 0);
        return factor;
    }

    /** r = the elements of which the packs of numbers a are. */
    void fromNumbers(long[] r, long[] a) {
        multiply(r, a, R_SQUARED);
    }

    /** r = numbers between -p and p that the elements a are modulo p. */
    void toNumbers(long[] r, long[] a) {
        multiply(r, a, PLAIN_ONE);
    }
}
