package org.mckms.mikeysakke.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScalarSakkeFieldTest {
    private static final BigInteger P = new BigInteger(
            "997ABB1F0A563FDA65C61198DAD0657A416C0CE19CB48261BE9AE358B3E01A2E"
                    + "F40AAB27E2FC0F1B228730D531A59CB0E791B39FF7C88A19356D27F4A666A6D0"
                    + "E26C6487326B4CD4512AC5CD65681CE1B6AFF4A831852A82A7CF3C521C3C09AA"
                    + "9F94D6AF56971F1FFCE3E82389857DB080C5DF10AC7ACE87666D807AFEA85FEB",
            16);
    private static final BigInteger R = BigInteger.ONE.shiftLeft(1044);
    private static final int SIZE = SakkeLimbs.COUNT;
    private static final int RANDOM_CASES = 20;
    private static final long SEED = 0x5ACCE;

    private final Random random = new Random(SEED);
    private final SakkeField field = field();

    SakkeField field() {
        return ScalarSakkeField.INSTANCE;
    }

    @Test
    void writesWhatItReads() {
        for (BigInteger x : values()) {
            assertThat(value(pack(x))).as("seed %x", SEED).isEqualTo(x);
        }
    }

    @Test
    void readsAndWritesInTheMiddleOfAnArray() {
        byte[] octets = new byte[140];
        System.arraycopy(octets(BigInteger.TEN), 0, octets, 5, 128);
        long[] a = newPack();
        field.decode(a, 0, octets, 5);
        byte[] written = new byte[140];
        field.encode(written, 7, a, 0);
        assertThat(written).startsWith(new byte[7]).endsWith(new byte[5]);
        assertThat(new BigInteger(1, written).shiftRight(40)).isEqualTo(BigInteger.TEN);
    }

    @Test
    void multipliesAndSquares() {
        for (BigInteger x : values()) {
            for (BigInteger y : values()) {
                long[] r = newPack();
                field.multiply(r, pack(x), pack(y));
                assertTight(r, x.multiply(y));
            }
            long[] r = newPack();
            field.square(r, pack(x));
            assertTight(r, x.multiply(x));
        }
    }

    @Test
    void multipliesTwoPairsWithOneReduction() {
        List<BigInteger> values = values();
        for (BigInteger x : values) {
            for (BigInteger y : values) {
                BigInteger z = values.get(random.nextInt(values.size()));
                BigInteger w = values.get(random.nextInt(values.size()));
                long[] r = newPack();
                field.multiplyAdd(r, pack(x), pack(y), pack(z), pack(w));
                assertTight(r, x.multiply(y).add(z.multiply(w)));
                field.multiplySubtract(r, pack(x), pack(y), pack(z), pack(w));
                assertTight(r, x.multiply(y).subtract(z.multiply(w)));
                long[] i = newPack();
                field.multiplyComplex(r, i, pack(x), pack(y), pack(z), pack(w));
                assertTight(r, x.multiply(z).subtract(y.multiply(w)));
                assertTight(i, x.multiply(w).add(y.multiply(z)));
            }
        }
    }

    @Test
    void addsAndSubtracts() {
        for (BigInteger x : values()) {
            for (BigInteger y : values()) {
                long[] r = newPack();
                field.add(r, pack(x), pack(y));
                assertThat(value(tight(r))).isEqualTo(x.add(y).mod(P));
                field.subtract(r, pack(x), pack(y));
                assertThat(value(tight(r))).isEqualTo(x.subtract(y).mod(P));
            }
        }
    }

    /** Limbs at the ends of their ranges, in every operation that takes loose packs, with both signs. */
    @Test
    void takesLooseOperandsAtTheBound() {
        List<long[]> extremes = extremes();
        for (long[] x : extremes) {
            for (long[] y : extremes) {
                for (int times : new int[] {SakkeField.LOOSE, -SakkeField.LOOSE}) {
                    checkLoose(scaled(x, times), y, scaled(y, times), x);
                    checkLoose(scaled(x, times), y, scaled(x, times), y);
                    checkLoose(scaled(x, times), y, scaled(x, -times), y);
                }
            }
        }
    }

    private void checkLoose(long[] a, long[] b, long[] c, long[] d) {
        BigInteger x = raw(a);
        BigInteger y = raw(b);
        BigInteger z = raw(c);
        BigInteger w = raw(d);
        long[] r = newPack();
        field.multiply(r, a, b);
        assertReduced(r, x.multiply(y));
        field.multiplyAdd(r, a, b, c, d);
        assertReduced(r, x.multiply(y).add(z.multiply(w)));
        field.multiplySubtract(r, a, b, c, d);
        assertReduced(r, x.multiply(y).subtract(z.multiply(w)));
        long[] i = newPack();
        field.multiplyComplex(r, i, a, c, b, d);
        assertReduced(r, x.multiply(y).subtract(z.multiply(w)));
        assertReduced(i, x.multiply(w).add(z.multiply(y)));
        checkSums(r, new long[][] {d, a, c, a, c}, new long[][] {b, d, d, b});
        field.square(r, b);
        assertReduced(r, y.multiply(y));
        field.tighten(r, a);
        assertReduced(r, x.multiply(R));
    }

    private void checkSums(long[] r, long[][] a, long[][] b) {
        BigInteger sum = raw(a[1]).multiply(raw(b[0]));
        for (int terms = 2; terms <= 4; terms++) {
            sum = sum.add(raw(a[terms]).multiply(raw(b[terms - 1])));
            field.multiplySum(r, a, 1, b, terms);
            assertReduced(r, sum);
        }
    }

    @Test
    void writesTheResultOverAnyOperand() {
        BigInteger x = new BigInteger(1020, random);
        BigInteger y = new BigInteger(1020, random);
        long[] a = pack(x);
        field.multiply(a, a, pack(y));
        assertTight(a, x.multiply(y));
        a = pack(x);
        field.multiply(a, pack(y), a);
        assertTight(a, x.multiply(y));
        a = pack(x);
        field.multiply(a, a, a);
        assertTight(a, x.multiply(x));
        a = pack(x);
        field.square(a, a);
        assertTight(a, x.multiply(x));
        a = pack(x);
        field.multiplyAdd(a, a, pack(y), a, a);
        assertTight(a, x.multiply(y).add(x.multiply(x)));
        a = pack(x);
        field.multiplySubtract(a, pack(y), a, pack(y), pack(y));
        assertTight(a, x.multiply(y).subtract(y.multiply(y)));
        a = pack(x);
        long[] b = pack(y);
        field.multiplyComplex(a, b, a, b, a, b);
        assertTight(a, x.multiply(x).subtract(y.multiply(y)));
        assertTight(b, x.multiply(y).shiftLeft(1));
        a = pack(x);
        b = pack(y);
        field.multiplyComplex(b, a, a, b, pack(y), pack(x));
        assertTight(b, BigInteger.ZERO);
        assertTight(a, x.multiply(x).add(y.multiply(y)));
    }

    @Test
    void negatesByMask() {
        for (BigInteger x : values()) {
            long[] r = newPack();
            field.negateIf(r, pack(x), new long[] {-1});
            assertTight(r, x.negate());
            field.negateIf(r, pack(x), new long[] {0});
            assertTight(r, x);
        }
        for (long[] extreme : extremes()) {
            long[] r = newPack();
            field.negateIf(r, extreme, new long[] {-1});
            assertThat(raw(r)).isEqualTo(raw(extreme).negate());
            assertTightLimbs(r);
        }
    }

    @Test
    void copiesByMask() {
        long[] r = pack(BigInteger.ONE);
        field.copyIf(r, pack(BigInteger.TWO), new long[] {0});
        assertThat(value(r)).isEqualTo(BigInteger.ONE);
        field.copyIf(r, pack(BigInteger.TWO), new long[] {-1});
        assertThat(value(r)).isEqualTo(BigInteger.TWO);
    }

    @Test
    void findsZeroInEveryForm() {
        long[] modulus = limbs(P);
        long[] zero = newPack();
        assertThat(isZero(zero)).isEqualTo(-1);
        for (int n = -12; n <= 12; n++) {
            long[] multiple = scaled(modulus, n);
            assertThat(isZero(multiple)).as("%d p", n).isEqualTo(-1);
            multiple[0]++;
            assertThat(isZero(multiple)).as("%d p + 1", n).isZero();
            multiple[0] -= 2;
            assertThat(isZero(multiple)).as("%d p - 1", n).isZero();
            multiple[0]++;
            multiple[17]++;
            assertThat(isZero(multiple)).as("%d p + 2^986", n).isZero();
        }
        for (BigInteger x : values()) {
            assertThat(isZero(pack(x))).isEqualTo(x.signum() == 0 ? -1 : 0);
        }
    }

    @Test
    void setsZeroAndOne() {
        long[] r = pack(BigInteger.TEN);
        field.setZero(r);
        assertThat(value(r)).isZero();
        field.setOne(r);
        assertTight(r, BigInteger.ONE);
        assertThat(field.lanes()).isOne();
    }

    @Test
    void invertsAllButZero() {
        List<BigInteger> values = values().subList(0, 14);
        for (BigInteger x : values) {
            long[] r = pack(x);
            field.invert(r, r);
            assertTight(r, x.signum() == 0 ? BigInteger.ZERO : x.modInverse(P));
        }
    }

    /** Edge values, then random ones. */
    private List<BigInteger> values() {
        List<BigInteger> values = new ArrayList<>(List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                BigInteger.TWO,
                P.subtract(BigInteger.ONE),
                P.subtract(BigInteger.TWO),
                P.shiftRight(1),
                P.shiftRight(1).add(BigInteger.ONE),
                R.mod(P),
                R.modInverse(P),
                BigInteger.ONE.shiftLeft(986),
                BigInteger.ONE.shiftLeft(1023).subtract(BigInteger.ONE),
                BigInteger.ONE.shiftLeft(57)));
        for (int i = 0; i < RANDOM_CASES; i++) {
            values.add(new BigInteger(1100, random).mod(P));
        }
        return values;
    }

    /** Tight packs whose limbs are at the ends of their ranges. */
    private static List<long[]> extremes() {
        List<long[]> extremes = new ArrayList<>();
        BigInteger most = P.multiply(BigInteger.valueOf(76)).divide(BigInteger.valueOf(100));
        long top = most.shiftRight(986).longValueExact() - 1;
        for (long last : new long[] {top, 0, -top}) {
            for (long limb : new long[] {-(1L << 57), (1L << 57) - 1, 0, 1, -1}) {
                long[] x = newPack();
                Arrays.fill(x, limb);
                x[17] = last;
                extremes.add(x);
            }
        }
        extremes.addAll(slopes());
        return extremes;
    }

    /** Small limbs of which all pairs of differences, and all products, have the same sign: the remainders are all great or all small. */
    private static List<long[]> slopes() {
        List<long[]> slopes = new ArrayList<>();
        for (long sign : new long[] {1, -1}) {
            for (long offset : new long[] {1, -100}) {
                long[] x = newPack();
                Arrays.setAll(x, i -> sign * (i + offset));
                slopes.add(x);
            }
        }
        return slopes;
    }

    private static long[] newPack() {
        return new long[SIZE];
    }

    private static long[] scaled(long[] a, int n) {
        long[] r = newPack();
        for (int i = 0; i < SIZE; i++) {
            r[i] = n * a[i];
        }
        return r;
    }

    private long[] tight(long[] a) {
        long[] r = newPack();
        field.tighten(r, a);
        assertTightLimbs(r);
        return r;
    }

    private long isZero(long[] a) {
        long[] masks = {7};
        field.isZero(masks, a);
        return masks[0];
    }

    private static byte[] octets(BigInteger x) {
        byte[] octets = new byte[128];
        for (int i = 0; i < 128; i++) {
            octets[i] = x.shiftRight(8 * (127 - i)).byteValue();
        }
        return octets;
    }

    private long[] pack(BigInteger x) {
        long[] r = newPack();
        field.decode(r, 0, octets(x), 0);
        return r;
    }

    /** The limbs of the number itself, not in Montgomery form. */
    private static long[] limbs(BigInteger x) {
        long[] r = newPack();
        for (int i = 0; i < SIZE; i++) {
            r[i] = x.shiftRight(58 * i).longValue() & SakkeLimbs.MASK;
        }
        return r;
    }

    private BigInteger value(long[] a) {
        byte[] octets = new byte[128];
        field.encode(octets, 0, a, 0);
        BigInteger value = new BigInteger(1, octets);
        assertThat(value).isLessThan(P);
        return value;
    }

    /** The number the limbs stand for. */
    private static BigInteger raw(long[] a) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < SIZE; i++) {
            sum = sum.add(BigInteger.valueOf(a[i]).shiftLeft(58 * i));
        }
        return sum;
    }

    private void assertTight(long[] a, BigInteger expected) {
        assertTightLimbs(a);
        assertThat(value(a)).as("seed %x", SEED).isEqualTo(expected.mod(P));
    }

    /** r = t / 2^1044 as numbers modulo p. */
    private void assertReduced(long[] r, BigInteger t) {
        assertTightLimbs(r);
        assertThat(raw(r).multiply(R).mod(P)).isEqualTo(t.mod(P));
    }

    private static void assertTightLimbs(long[] a) {
        for (int i = 0; i < SIZE - 1; i++) {
            assertThat(a[i]).isBetween(-(1L << 57), (1L << 57) - 1);
        }
        BigInteger hundredfold = raw(a).abs().multiply(BigInteger.valueOf(100));
        assertThat(hundredfold).isLessThanOrEqualTo(P.multiply(BigInteger.valueOf(76)));
    }
}
