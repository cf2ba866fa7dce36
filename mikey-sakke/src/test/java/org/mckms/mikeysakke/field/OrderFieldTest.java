package org.mckms.mikeysakke.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderFieldTest {
    private static final long SEED = 20260116;
    private static final int RANDOM_CASES = 500;

    enum Order {
        SAKKE(OrderField.SAKKE, Numbers.SAKKE_Q),
        P256(OrderField.P256, Numbers.P256_Q);

        final OrderField field;
        final BigInteger q;

        Order(OrderField field, BigInteger q) {
            this.field = field;
            this.q = q;
        }

        long[] element(BigInteger x) {
            long[] element = field.newElement();
            field.decode(element, Numbers.octets(x, field.octets()));
            return element;
        }

        BigInteger number(long[] element) {
            byte[] octets = new byte[field.octets()];
            field.encode(octets, element);
            return Numbers.number(octets);
        }

        /** Edge values and random ones. */
        List<BigInteger> numbers() {
            Random random = new Random(SEED);
            return Stream.concat(
                            Numbers.edges(q),
                            Stream.generate(() -> Numbers.random(q, random)).limit(RANDOM_CASES))
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void encodesWhatItDecodes(Order order) {
        assertThat(order.numbers())
                .allSatisfy(x -> assertThat(order.number(order.element(x))).isEqualTo(x));
    }

    @ParameterizedTest
    @EnumSource
    void decodesShortOctets(Order order) {
        long[] element = order.field.newElement();
        order.field.decode(element, new byte[] {1, 0});
        assertThat(order.number(element)).isEqualTo(256);
        order.field.decode(element, new byte[0]);
        assertThat(order.number(element)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void calculatesLikeIntegersModuloQ(Order order) {
        List<BigInteger> numbers = order.numbers();
        OrderField field = order.field;
        Random random = new Random(SEED);
        for (BigInteger x : numbers) {
            BigInteger y = numbers.get(random.nextInt(numbers.size()));
            long[] a = order.element(x);
            long[] b = order.element(y);
            long[] r = field.newElement();
            field.add(r, a, b);
            assertThat(order.number(r)).as("%x + %x", x, y).isEqualTo(x.add(y).mod(order.q));
            field.subtract(r, a, b);
            assertThat(order.number(r))
                    .as("%x - %x", x, y)
                    .isEqualTo(x.subtract(y).mod(order.q));
            field.multiply(r, a, b);
            assertThat(order.number(r))
                    .as("%x * %x", x, y)
                    .isEqualTo(x.multiply(y).mod(order.q));
            field.negate(r, a);
            assertThat(order.number(r)).as("-%x", x).isEqualTo(x.negate().mod(order.q));
        }
    }

    @ParameterizedTest
    @EnumSource
    void multipliesEachPairOfEdges(Order order) {
        long[] r = order.field.newElement();
        List<BigInteger> edges = Numbers.edges(order.q).toList();
        for (BigInteger x : edges) {
            for (BigInteger y : edges) {
                order.field.multiply(r, order.element(x), order.element(y));
                assertThat(order.number(r))
                        .as("%x * %x", x, y)
                        .isEqualTo(x.multiply(y).mod(order.q));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void writesOverItsOperands(Order order) {
        BigInteger x = order.q.subtract(BigInteger.TWO);
        OrderField field = order.field;
        long[] a = order.element(x);
        field.multiply(a, a, a);
        assertThat(order.number(a)).isEqualTo(4);
        field.add(a, a, a);
        assertThat(order.number(a)).isEqualTo(8);
        field.negate(a, a);
        assertThat(order.number(a)).isEqualTo(order.q.subtract(BigInteger.valueOf(8)));
        field.invert(a, a);
        assertThat(order.number(a)).isEqualTo(BigInteger.valueOf(-8).modInverse(order.q));
        field.subtract(a, a, a);
        assertThat(order.number(a)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void inverts(Order order) {
        long[] r = order.field.newElement();
        for (BigInteger x : order.numbers()) {
            order.field.invert(r, order.element(x));
            assertThat(order.number(r)).as("%x", x).isEqualTo(inverse(x, order.q));
        }
    }

    @ParameterizedTest
    @EnumSource
    void invertsManyWithZerosAmongThem(Order order) {
        List<BigInteger> numbers = order.numbers();
        assertThat(numbers).contains(BigInteger.ZERO);
        long[][] elements = numbers.stream().map(order::element).toArray(long[][]::new);
        order.field.invertAll(elements, new SecureRandom());
        for (int i = 0; i < elements.length; i++) {
            assertThat(order.number(elements[i])).isEqualTo(inverse(numbers.get(i), order.q));
        }
    }

    @ParameterizedTest
    @EnumSource
    void invertsNoneAndZerosOnly(Order order) {
        order.field.invertAll(new long[0][], new SecureRandom());
        long[][] zeros = {order.field.newElement(), order.field.newElement()};
        order.field.invertAll(zeros, new SecureRandom());
        assertThat(order.number(zeros[0])).isZero();
        assertThat(order.number(zeros[1])).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void reducesOctetsOfAnyLength(Order order) {
        Random random = new Random(SEED);
        long[] r = order.field.newElement();
        for (int length = 0; length < 3 * order.field.octets(); length++) {
            byte[] octets = new byte[length];
            random.nextBytes(octets);
            order.field.reduce(r, octets);
            assertThat(order.number(r))
                    .as("%d octets", length)
                    .isEqualTo(Numbers.number(octets).mod(order.q));
            Arrays.fill(octets, (byte) 0xFF);
            order.field.reduce(r, octets);
            assertThat(order.number(r))
                    .as("%d octets", length)
                    .isEqualTo(Numbers.number(octets).mod(order.q));
        }
    }

    @ParameterizedTest
    @EnumSource
    void reducesMultiplesOfQAndTheirNeighbours(Order order) {
        long[] r = order.field.newElement();
        for (int multiple = 0; multiple < 7; multiple++) {
            for (int difference = -1; difference <= 1; difference++) {
                BigInteger x = order.q.multiply(BigInteger.valueOf(multiple)).add(BigInteger.valueOf(difference));
                if (x.signum() >= 0) {
                    order.field.reduce(r, Numbers.octets(x, order.field.octets() + 1));
                    assertThat(order.number(r)).isEqualTo(x.mod(order.q));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void knowsWhatIsBelowQ(Order order) {
        int octets = order.field.octets();
        BigInteger last = order.q.subtract(BigInteger.ONE);
        assertThat(order.field.isBelow(Numbers.octets(last, octets))).isTrue();
        assertThat(order.field.isBelow(Numbers.octets(last, octets + 3))).isTrue();
        assertThat(order.field.isBelow(Numbers.octets(order.q, octets))).isFalse();
        assertThat(order.field.isBelow(Numbers.octets(order.q.add(BigInteger.ONE), octets + 1)))
                .isFalse();
        assertThat(order.field.isBelow(Numbers.octets(BigInteger.ONE.shiftLeft(8 * octets), octets + 1)))
                .isFalse();
        assertThat(order.field.isBelow(new byte[0])).isTrue();
        assertThat(order.field.isBelow(new byte[] {(byte) 0xFF})).isTrue();
        assertThat(order.numbers()).allSatisfy(x -> assertThat(order.field.isBelow(Numbers.octets(x, octets)))
                .isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void answersInMasks(Order order) {
        OrderField field = order.field;
        long[] zero = field.newElement();
        long[] one = field.newElement();
        field.setOne(one);
        long[] high = order.element(order.q.subtract(BigInteger.ONE));
        assertThat(order.number(one)).isOne();
        assertThat(field.isZero(zero)).isEqualTo(-1);
        assertThat(field.isZero(one)).isZero();
        assertThat(field.isZero(high)).isZero();
        assertThat(field.isEqual(high, high.clone())).isEqualTo(-1);
        assertThat(field.isEqual(high, one)).isZero();
        long[] r = one.clone();
        field.copyIf(r, high, 0);
        assertThat(r).isEqualTo(one);
        field.copyIf(r, high, -1);
        assertThat(r).isEqualTo(high);
    }

    private static BigInteger inverse(BigInteger x, BigInteger q) {
        return x.signum() == 0 ? x : x.modInverse(q);
    }
}
