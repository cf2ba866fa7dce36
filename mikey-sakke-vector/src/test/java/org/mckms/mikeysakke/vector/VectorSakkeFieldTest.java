package org.mckms.mikeysakke.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.mikeysakke.vector.Elements.lanes;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.field.SakkeField;

/** The operations of the field against java.math.BigInteger, all lanes different, edges first. */
class VectorSakkeFieldTest {
    private static final BigInteger P = Modulus.P;
    private static final int LANES = Lanes.COUNT;

    private final VectorSakkeField field = new VectorSakkeField();
    private final Elements elements = new Elements(field, 20261121);

    @Test
    void decodesAndEncodes() {
        for (int n = 0; n < Cases.COUNT; n++) {
            BigInteger[] x = elements.next();
            assertThat(elements.values(elements.pack(x))).as(elements.seed()).containsExactly(x);
        }
    }

    @Test
    void decodesToAllLanes() {
        for (int n = 0; n < Cases.COUNT; n++) {
            BigInteger[] x = elements.next();
            BigInteger[] same = new BigInteger[field.lanes()];
            Arrays.fill(same, x[0]);
            long[] pack = elements.pack(x);
            field.decodeToAll(pack, Elements.octets(x[0]), 5);
            assertThat(elements.values(pack)).as(elements.seed()).containsExactly(same);
        }
    }

    @Test
    void multiplies() {
        long[] r = new long[field.size()];
        for (int n = 0; n < Cases.COUNT; n++) {
            BigInteger[] a = elements.next();
            BigInteger[] b = elements.next();
            field.multiply(r, elements.pack(a), elements.pack(b));
            assertThat(elements.values(r)).as(elements.seed()).containsExactly(lanes(i -> a[i].multiply(b[i])
                    .mod(P)));
            elements.assertTight(r);
        }
    }

    @Test
    void squares() {
        long[] r = new long[field.size()];
        for (int n = 0; n < Cases.COUNT; n++) {
            BigInteger[] a = elements.next();
            field.square(r, elements.pack(a));
            assertThat(elements.values(r)).as(elements.seed()).containsExactly(lanes(i -> a[i].multiply(a[i])
                    .mod(P)));
            elements.assertTight(r);
        }
    }

    @Test
    void multipliesPairsAndComplexNumbers() {
        long[] r = new long[field.size()];
        for (int n = 0; n < Cases.COUNT; n++) {
            BigInteger[] a = elements.next();
            BigInteger[] b = elements.next();
            BigInteger[] c = elements.next();
            BigInteger[] d = elements.next();
            BigInteger[] sum =
                    lanes(i -> a[i].multiply(b[i]).add(c[i].multiply(d[i])).mod(P));
            BigInteger[] difference =
                    lanes(i -> a[i].multiply(b[i]).subtract(c[i].multiply(d[i])).mod(P));
            field.multiplyAdd(r, elements.pack(a), elements.pack(b), elements.pack(c), elements.pack(d));
            assertThat(elements.values(r)).as(elements.seed()).containsExactly(sum);
            field.multiplySubtract(r, elements.pack(a), elements.pack(b), elements.pack(c), elements.pack(d));
            assertThat(elements.values(r)).as(elements.seed()).containsExactly(difference);
            // (a + i c)(b + i d), into its own operands
            long[] re = elements.pack(a);
            long[] im = elements.pack(c);
            field.multiplyComplex(re, im, re, im, elements.pack(b), elements.pack(d));
            assertThat(elements.values(re)).as(elements.seed()).containsExactly(difference);
            BigInteger[] imaginary =
                    lanes(i -> a[i].multiply(d[i]).add(b[i].multiply(c[i])).mod(P));
            assertThat(elements.values(im)).as(elements.seed()).containsExactly(imaginary);
        }
    }

    @Test
    void addsUpToTheBoundOfLoosePacks() {
        for (int n = 0; n < Cases.COUNT; n++) {
            BigInteger[] a = elements.next();
            BigInteger[] b = elements.next();
            long[] tight = elements.pack(a);
            long[] other = elements.pack(b);
            long[] sum = tight.clone();
            BigInteger[] expected = a.clone();
            for (int k = 1; k < SakkeField.LOOSE; k++) {
                boolean minus = n % 2 == 1;
                if (minus) {
                    field.subtract(sum, sum, other);
                } else {
                    field.add(sum, sum, other);
                }
                expected = addedOrSubtracted(expected, b, minus);
            }
            BigInteger[] loose = expected;
            assertThat(elements.values(sum)).as(elements.seed()).containsExactly(loose);
            long[] product = new long[field.size()];
            field.multiply(product, sum, other);
            assertThat(elements.values(product)).as(elements.seed()).containsExactly(lanes(i -> loose[i].multiply(b[i])
                    .mod(P)));
            elements.assertTight(product);
            field.multiplySubtract(product, sum, tight, sum, other);
            assertThat(elements.values(product)).as(elements.seed()).containsExactly(lanes(i -> a[i].subtract(b[i])
                    .multiply(loose[i])
                    .mod(P)));
            field.tighten(sum, sum);
            assertThat(elements.values(sum)).as(elements.seed()).containsExactly(loose);
            elements.assertTight(sum);
        }
    }

    private static BigInteger[] addedOrSubtracted(BigInteger[] a, BigInteger[] b, boolean minus) {
        return lanes(i -> (minus ? a[i].subtract(b[i]) : a[i].add(b[i])).mod(P));
    }

    /** The largest columns: every limb at the end of its range. */
    @Test
    void multipliesTheLargestLimbs() {
        for (double limb : new double[] {0x1p23 + 64, -0x1p23 - 64}) {
            long[] a = new long[field.size()];
            Arrays.fill(a, 0, (Modulus.LIMBS - 1) * LANES, Double.doubleToRawLongBits(limb));
            long[] b = new long[field.size()];
            Arrays.fill(b, 0, (Modulus.LIMBS - 1) * LANES, Double.doubleToRawLongBits(0x1p23 + 64));
            BigInteger[] x = elements.values(a);
            BigInteger[] y = elements.values(b);
            long[] r = new long[field.size()];
            field.multiplyAdd(r, a, b, a, b);
            assertThat(elements.values(r))
                    .containsExactly(lanes(i -> x[i].multiply(y[i]).shiftLeft(1).mod(P)));
            field.square(r, a);
            assertThat(elements.values(r))
                    .containsExactly(lanes(i -> x[i].multiply(x[i]).mod(P)));
        }
    }

    @Test
    void negatesAndCopiesByMasks() {
        for (int n = 0; n < Cases.COUNT; n++) {
            BigInteger[] a = elements.next();
            BigInteger[] b = elements.next();
            long[] masks = elements.masks();
            long[] r = elements.pack(a);
            field.negateIf(r, r, masks);
            assertThat(elements.values(r))
                    .containsExactly(
                            lanes(i -> masks[i] == 0 ? a[i] : a[i].negate().mod(P)));
            field.copyIf(r, elements.pack(b), masks);
            assertThat(elements.values(r)).containsExactly(lanes(i -> masks[i] == 0 ? a[i] : b[i]));
        }
    }

    @Test
    void knowsZeroInEveryForm() {
        long[] masks = new long[LANES];
        long[] p = Arrays.copyOf(elements.pack(elements.next()), field.size());
        for (int i = 0; i < p.length; i++) {
            p[i] = Double.doubleToRawLongBits(Modulus.MODULUS[i / LANES]);
        }
        long[] multiple = new long[field.size()];
        for (int k = 0; k < 12; k++) {
            field.isZero(masks, multiple);
            assertThat(masks).containsOnly(-1L);
            field.add(multiple, multiple, p);
        }
        for (int n = 0; n < Cases.COUNT; n++) {
            BigInteger[] a = elements.next();
            long[] difference = elements.pack(a);
            field.isZero(masks, difference);
            for (int lane = 0; lane < LANES; lane++) {
                assertThat(masks[lane]).isEqualTo(a[lane].signum() == 0 ? -1 : 0);
            }
            field.subtract(difference, difference, elements.pack(a));
            field.isZero(masks, difference);
            assertThat(masks).containsOnly(-1L);
        }
    }

    @Test
    void invertsEachLaneAndLeavesZero() {
        for (int n = 0; n < Math.min(Cases.COUNT, 200); n++) {
            BigInteger[] a = elements.next();
            long[] r = elements.pack(a);
            field.invert(r, r);
            assertThat(elements.values(r)).containsExactly(lanes(i -> a[i].signum() == 0 ? a[i] : a[i].modInverse(P)));
            elements.assertTight(r);
        }
    }

    @Test
    void multipliesAlikeInTwoThreads() throws InterruptedException {
        long[] a = elements.pack(elements.next());
        long[] b = elements.pack(elements.next());
        long[][] results = {a.clone(), a.clone()};
        Thread[] threads = new Thread[2];
        for (int k = 0; k < threads.length; k++) {
            long[] r = results[k];
            threads[k] = new Thread(() -> {
                for (int i = 0; i < 2000; i++) {
                    field.multiply(r, r, b);
                }
            });
            threads[k].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(results[0]).containsExactly(results[1]);
    }
}
