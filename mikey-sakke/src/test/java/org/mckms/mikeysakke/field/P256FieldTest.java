package org.mckms.mikeysakke.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.Fixtures;

class P256FieldTest {
    private static final long SEED = 256;
    private static final int RANDOM_CASES = 300;
    private static final int BITS = 54;
    private static final BigInteger P = Numbers.P256_P;
    private static final BigInteger R = BigInteger.ONE.shiftLeft(BITS * P256Field.SIZE);
    private static final List<BigInteger> NUMBERS = numbers();

    /** Edges of limbs, of the terms of p and of p itself, and random numbers. */
    private static List<BigInteger> numbers() {
        Stream<BigInteger> powers = IntStream.of(54, 96, 108, 162, 192, 216, 224, 255)
                .mapToObj(BigInteger.ONE::shiftLeft)
                .flatMap(x -> Stream.of(x, x.subtract(BigInteger.ONE), x.add(BigInteger.ONE)))
                .flatMap(x -> Stream.of(x, P.subtract(x)));
        Random random = new Random(SEED);
        Stream<BigInteger> numbers =
                Stream.generate(() -> Numbers.random(P, random)).limit(RANDOM_CASES);
        // whose Montgomery form is an edge
        List<BigInteger> edges =
                Stream.concat(Numbers.edges(P), powers).distinct().toList();
        Stream<BigInteger> residues =
                edges.stream().map(x -> x.multiply(R.modInverse(P)).mod(P));
        return Stream.of(edges.stream(), residues, numbers).flatMap(x -> x).toList();
    }

    private static long[] element(BigInteger x) {
        long[] element = P256Field.newElement();
        P256Field.decode(element, Numbers.octets(x.mod(P), P256Field.OCTETS), 0);
        return element;
    }

    private static BigInteger number(long[] element) {
        byte[] octets = new byte[P256Field.OCTETS];
        P256Field.encode(octets, 0, element);
        return Numbers.number(octets);
    }

    /** n a or -n a, summed one by one. */
    private static long[] multiple(int n, long[] a) {
        long[] sum = P256Field.newElement();
        for (int i = 0; i < Math.abs(n); i++) {
            if (n > 0) {
                P256Field.add(sum, sum, a);
            } else {
                P256Field.subtract(sum, sum, a);
            }
        }
        return sum;
    }

    private static void assertTight(long[] element) {
        assertThat(Arrays.stream(element).limit(P256Field.SIZE - 1)).allMatch(limb -> limb >= 0 && limb < 1L << BITS);
        assertThat(element[P256Field.SIZE - 1]).isBetween(-(1L << 34), (1L << 40) + (1L << 34));
    }

    private static BigInteger another(BigInteger x) {
        return NUMBERS.get(Math.floorMod(31 * NUMBERS.indexOf(x) + 17, NUMBERS.size()));
    }

    @Test
    void encodesWhatItDecodes() {
        assertThat(NUMBERS).allSatisfy(x -> {
            assertThat(number(element(x))).isEqualTo(x);
            assertTight(element(x));
        });
    }

    @Test
    void reducesWhatIsNotBelowTheModulus() {
        BigInteger top = BigInteger.ONE.shiftLeft(256);
        assertThat(Stream.of(P, P.add(BigInteger.ONE), top.subtract(BigInteger.TWO), top.subtract(BigInteger.ONE)))
                .allSatisfy(x -> {
                    long[] element = P256Field.newElement();
                    P256Field.decode(element, Numbers.octets(x, P256Field.OCTETS), 0);
                    assertThat(number(element)).isEqualTo(x.mod(P));
                    assertThat(P256Field.isBelowModulus(Numbers.octets(x, P256Field.OCTETS), 0))
                            .isFalse();
                });
        assertThat(NUMBERS).allMatch(x -> P256Field.isBelowModulus(Numbers.octets(x, P256Field.OCTETS), 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, -1, -8})
    void multipliesSumsOfUpToEight(int n) {
        BigInteger sign = BigInteger.valueOf(n);
        assertThat(NUMBERS).allSatisfy(x -> {
            BigInteger y = another(x);
            long[] r = P256Field.newElement();

            P256Field.multiply(r, multiple(n, element(x)), multiple(6, element(y)));
            BigInteger expected =
                    x.multiply(y).multiply(BigInteger.valueOf(6L * n)).mod(P);
            assertThat(number(r)).isEqualTo(expected);
            P256Field.multiply(r, multiple(6, element(y)), multiple(n, element(x)));
            assertThat(number(r)).isEqualTo(expected);
            assertTight(r);

            P256Field.square(r, multiple(n, element(x)));
            assertThat(number(r)).isEqualTo(x.multiply(x).multiply(sign.pow(2)).mod(P));
            assertTight(r);
        });
    }

    /** Limbs at the ends of what the operations allow, signs mixed. */
    @Test
    void multipliesLimbsAtTheBound() {
        Random random = new Random(SEED);
        for (int i = 0; i < RANDOM_CASES; i++) {
            long[] a = atBound(random, i % 2 == 0 ? 8 : 6);
            long[] b = atBound(random, i % 2 == 0 ? 6 : 8);
            long[] r = P256Field.newElement();

            P256Field.multiply(r, a, b);
            assertThat(montgomery(r)).as("seed %d", SEED).isEqualTo(product(a, b));
            P256Field.square(r, a);
            assertThat(montgomery(r)).as("seed %d", SEED).isEqualTo(product(a, a));
        }
    }

    @Test
    void subtractsProductsOfLimbsAtTheBound() {
        Random random = new Random(SEED);
        for (int i = 0; i < RANDOM_CASES; i++) {
            long[] a = atBound(random, 4);
            long[] b = atBound(random, 4 + 4 * (i % 2));
            long[] c = atBound(random, 4);
            long[] d = atBound(random, 4 - 4 * (i % 2));
            long[] r = P256Field.newElement();

            P256Field.multiplySubtract(r, a, b, c, d);
            assertThat(montgomery(r))
                    .as("seed %d", SEED)
                    .isEqualTo(product(a, b).subtract(product(c, d)).mod(P));
        }
    }

    @Test
    void multipliesAndSubtracts() {
        assertThat(NUMBERS).allSatisfy(x -> {
            BigInteger y = another(x);
            BigInteger z = another(y);
            long[] r = element(z);
            P256Field.multiplySubtract(r, element(x), multiple(8, element(y)), multiple(-2, r), element(x));

            assertThat(number(r))
                    .isEqualTo(x.multiply(y)
                            .shiftLeft(3)
                            .add(z.multiply(x).shiftLeft(1))
                            .mod(P));
            assertTight(r);
        });
    }

    /** Each limb at the bound, at its negative or zero; in a quarter of the cases all with one sign. */
    private static long[] atBound(Random random, int fold) {
        long bound = fold * ((1L << BITS) - 1);
        int first = random.nextInt(3) - 1;
        boolean uniform = random.nextInt(4) == 0;
        return random.ints(P256Field.SIZE, -1, 2)
                .mapToLong(sign -> (uniform ? first : sign) * bound)
                .toArray();
    }

    private static BigInteger value(long[] limbs) {
        BigInteger value = BigInteger.ZERO;
        for (int i = P256Field.SIZE - 1; i >= 0; i--) {
            value = value.shiftLeft(BITS).add(BigInteger.valueOf(limbs[i]));
        }
        return value;
    }

    private static BigInteger montgomery(long[] limbs) {
        return value(limbs).mod(P);
    }

    private static BigInteger product(long[] a, long[] b) {
        return value(a).multiply(value(b)).multiply(R.modInverse(P)).mod(P);
    }

    @Test
    void writesOverAnOperand() {
        BigInteger x = NUMBERS.get(7);
        BigInteger y = another(x);
        long[] a = element(x);
        long[] b = element(y);
        P256Field.multiply(a, a, b);
        P256Field.multiply(b, a, b);
        P256Field.square(a, a);
        P256Field.invert(b, b);

        assertThat(number(a)).isEqualTo(x.multiply(y).pow(2).mod(P));
        assertThat(number(b)).isEqualTo(x.multiply(y).multiply(y).modInverse(P));
    }

    @Test
    void invertsAndLeavesZero() {
        assertThat(NUMBERS).allSatisfy(x -> {
            long[] r = P256Field.newElement();
            P256Field.invert(r, multiple(-8, element(x)));
            BigInteger expected = x.signum() == 0
                    ? BigInteger.ZERO
                    : x.multiply(BigInteger.valueOf(-8)).modInverse(P);
            assertThat(number(r)).isEqualTo(expected);
        });
    }

    @Test
    void invertsManyAtOnce() {
        List<BigInteger> numbers = NUMBERS.stream().filter(x -> x.signum() != 0).toList();
        long[] start = P256Field.newElement();
        P256Field.setRandom(start, Fixtures.seeded(SEED));
        for (int count : new int[] {0, 1, 2, numbers.size()}) {
            long[][] elements =
                    numbers.stream().limit(count).map(P256FieldTest::element).toArray(long[][]::new);
            P256Field.invertAll(elements, start);
            assertThat(Stream.of(elements).map(P256FieldTest::number))
                    .isEqualTo(numbers.stream()
                            .limit(count)
                            .map(x -> x.modInverse(P))
                            .toList());
        }
    }

    @Test
    void knowsZeroInAnyForm() {
        long[] zero = P256Field.newElement();
        assertThat(NUMBERS).allSatisfy(x -> {
            long[] difference = multiple(4, element(x));
            long[] negative = multiple(-4, element(x));
            P256Field.add(difference, difference, negative);
            assertThat(P256Field.isZero(difference)).isEqualTo(-1);
            // x + (p - x) is p or so
            P256Field.add(difference, element(x), element(P.subtract(x)));
            assertThat(P256Field.isZero(difference)).isEqualTo(-1);
            assertThat(P256Field.isZero(multiple(8, element(x)))).isEqualTo(x.signum() == 0 ? -1 : 0);
        });
        assertThat(P256Field.isZero(zero)).isEqualTo(-1);
    }

    @Test
    void packsTheResidue() {
        assertThat(NUMBERS).allSatisfy(x -> {
            long[] words = new long[P256Field.WORDS + 1];
            long[] r = P256Field.newElement();
            P256Field.pack(words, 1, multiple(-8, element(x)));
            P256Field.unpack(r, words, 1);
            BigInteger expected = x.multiply(BigInteger.valueOf(-8)).mod(P);

            assertThat(number(r)).isEqualTo(expected);
            assertThat(Numbers.number(LongStream.of(words).skip(1).toArray(), Long.SIZE))
                    .isEqualTo(expected.multiply(R).mod(P));
        });
    }

    @Test
    void selectsByMask() {
        BigInteger x = NUMBERS.get(20);
        BigInteger y = another(x);
        long[] r = element(x);

        P256Field.copyIf(r, element(y), 0);
        assertThat(number(r)).isEqualTo(x);
        P256Field.negateIf(r, r, 0);
        assertThat(number(r)).isEqualTo(x);
        P256Field.negateIf(r, r, -1);
        assertThat(number(r)).isEqualTo(P.subtract(x));
        P256Field.copyIf(r, element(y), -1);
        assertThat(number(r)).isEqualTo(y);
        P256Field.setOne(r);
        assertThat(number(r)).isOne();
    }

    @Test
    void drawsElementsThatAreNotZero() {
        long[] first = P256Field.newElement();
        long[] second = P256Field.newElement();
        P256Field.setRandom(first, Fixtures.seeded(1));
        P256Field.setRandom(second, Fixtures.seeded(2));

        assertThat(number(first)).isNotZero().isNotEqualTo(number(second));
    }
}
