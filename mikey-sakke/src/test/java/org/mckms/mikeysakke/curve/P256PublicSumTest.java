package org.mckms.mikeysakke.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class P256PublicSumTest {
    private static final P256OddMultiples OF_5 = P256OddMultiples.of(P256Samples.point(5), 8);
    private static final BigInteger FIVE = BigInteger.valueOf(5);

    private static void assertIs(P256PublicSum sum, BigInteger k) {
        P256Point point = sum.value();
        if (k.mod(P256Samples.Q).signum() == 0) {
            assertThat(point.isInfinity()).isTrue();
        } else {
            assertThat(P256Samples.encoded(point)).isEqualTo(P256Samples.multiple(k));
        }
    }

    @Test
    void multipliesOnePoint() {
        assertThat(P256Samples.scalars()).allSatisfy(k -> {
            assertIs(new P256PublicSum().add(P256Generator.MULTIPLES, P256Samples.octets(k)), k);
            assertIs(new P256PublicSum().add(P256Generator.TABLE, P256Samples.octets(k)), k);
            assertIs(new P256PublicSum().add(OF_5, P256Samples.octets(k)), k.multiply(FIVE));
        });
    }

    @Test
    void addsMultiplesOfSeveralPoints() {
        List<BigInteger> scalars = P256Samples.scalars();
        Random random = new Random(P256Samples.SEED);
        for (int i = 0; i < scalars.size(); i++) {
            BigInteger a = scalars.get(i);
            BigInteger b = scalars.get(random.nextInt(scalars.size()));
            BigInteger c = scalars.get(random.nextInt(scalars.size()));
            assertIs(sum(a, b, c), a.add(b.multiply(FIVE)).add(c));
        }
    }

    private static P256PublicSum sum(BigInteger a, BigInteger b, BigInteger c) {
        return new P256PublicSum()
                .add(P256Generator.MULTIPLES, P256Samples.octets(a))
                .add(OF_5, P256Samples.octets(b))
                .add(P256Generator.TABLE, P256Samples.octets(c));
    }

    /** Equal and opposite points meet in the fast additions; zero meets nothing. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 5, 10, 31, 1L << 40})
    void isRightInExceptionalCases(long small) {
        BigInteger zero = BigInteger.ZERO;
        BigInteger k = BigInteger.valueOf(small);
        BigInteger minus = k.negate().mod(P256Samples.Q);
        BigInteger five = k.multiply(FIVE).mod(P256Samples.Q);
        BigInteger minusFive = five.negate().mod(P256Samples.Q);

        assertIs(sum(k, zero, minus), zero);
        assertIs(sum(k, zero, k), k.add(k));
        assertIs(sum(five, k, zero), five.add(five));
        assertIs(sum(minusFive, k, zero), zero);
        assertIs(sum(minusFive, k, k), k);
        assertIs(sum(zero, k, minusFive), zero);
        assertIs(sum(zero, zero, k), k);
    }

    @Test
    void isAtInfinityWhenEmpty() {
        assertThat(new P256PublicSum().value().isInfinity()).isTrue();
    }

    @Test
    void recodesTheTopCarry() {
        byte[] ones = new byte[32];
        Arrays.fill(ones, (byte) 0xFF);
        byte[] digits = P256NonAdjacentForm.digits(ones, 5);

        assertThat(digits[0]).isEqualTo((byte) -1);
        assertThat(digits[256]).isEqualTo((byte) 1);
    }
}
