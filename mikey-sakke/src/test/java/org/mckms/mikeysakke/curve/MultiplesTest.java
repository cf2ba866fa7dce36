package org.mckms.mikeysakke.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.field.ScalarSakkeField;
import org.mckms.mikeysakke.reference.Curve;
import org.mckms.mikeysakke.reference.Point;
import org.mckms.mikeysakke.vectors.VectorFile;

/** Multiples by tables, and the digits they are made with. */
class MultiplesTest {
    private static final long SEED = 6509;
    private static final ScalarSakkeField FIELD = ScalarSakkeField.INSTANCE;

    private static Stream<BigInteger> scalars() {
        Random random = new Random(SEED);
        BigInteger alternating = new BigInteger("0F".repeat(128), 16).mod(Integers.Q);
        return Stream.concat(
                Stream.of(
                        BigInteger.ONE,
                        BigInteger.TWO,
                        BigInteger.valueOf(15),
                        BigInteger.valueOf(16),
                        BigInteger.valueOf(17),
                        BigInteger.valueOf(31),
                        BigInteger.valueOf(32),
                        BigInteger.ONE.shiftLeft(1021),
                        BigInteger.ONE.shiftLeft(1021).subtract(BigInteger.ONE),
                        alternating,
                        Integers.Q.subtract(BigInteger.TWO),
                        Integers.Q.subtract(BigInteger.ONE)),
                Stream.generate(() -> new BigInteger(1021, random)).limit(8));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6})
    void writesAScalarInSignedDigits(int width) {
        WindowDigits digits = new WindowDigits(width);
        BigInteger radix = BigInteger.ONE.shiftLeft(width);
        Stream.concat(Stream.of(BigInteger.ZERO), scalars()).forEach(scalar -> {
            digits.set(Integers.octets(scalar));
            BigInteger value = BigInteger.ZERO;
            for (int i = digits.count() - 1; i >= 0; i--) {
                assertThat(digits.magnitude(i)).isBetween(0, 1 << width - 1);
                BigInteger digit = BigInteger.valueOf(digits.magnitude(i));
                value = value.multiply(radix).add(digits.sign(i) == 0 ? digit : digit.negate());
            }
            assertThat(value).isEqualTo(scalar);
        });
        digits.wipe();
        assertThat(digits.magnitude(3)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 4, 7, 8, 9})
    void refusesWindowsOfOtherWidths(int width) {
        assertThatThrownBy(() -> new WindowDigits(width)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WindowDigits.count(width)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void comparesDigitsByMasks() {
        for (int i = 0; i <= 128; i++) {
            for (int j = 0; j <= 128; j++) {
                assertThat(TableScan.equalMask(i, j)).isEqualTo(i == j ? -1 : 0);
            }
        }
    }

    @Test
    void readsEachEntryOfAWindow() {
        long[] window = new Random(SEED).longs(5 * 8).toArray();
        for (int number = 0; number <= 8; number++) {
            long[] entry = {1, 2, 3, 4, 5};
            TableScan.select(entry, window, number);
            long[] expected = number == 0 ? new long[5] : Arrays.copyOfRange(window, 5 * number - 5, 5 * number);
            assertThat(entry).isEqualTo(expected);
        }
    }

    @Test
    void sumsMultiplesOfAFixedPoint() {
        FixedBaseTable table = new FixedBaseTable(SakkePoints.decode(SakkePoints.generator()));
        WindowDigits digits = new WindowDigits(FixedBaseTable.WIDTH);
        EdwardsPoint sum = new EdwardsPoint(FIELD);
        scalars().forEach(scalar -> {
            sum.setIdentity();
            digits.set(Integers.octets(scalar));
            table.addMultiple(sum, digits);
            assertThat(SamplePoints.encode(sum)).as("%x", scalar).isEqualTo(SamplePoints.multiple(scalar));
        });
        sum.setIdentity();
        digits.set(Integers.octets(BigInteger.ONE));
        table.addMultiple(sum, digits);
        assertThat(SamplePoints.encode(sum)).isEqualTo(SakkePoints.generator());
        digits.set(new byte[128]);
        table.addMultiple(sum, digits);
        assertThat(SamplePoints.encode(sum)).isEqualTo(SakkePoints.generator());
    }

    @Test
    void multipliesAnyPoint() {
        byte[] base = SamplePoints.multiple(BigInteger.valueOf(3));
        PointMultiples multiples = new PointMultiples(SakkePoints.decode(base));
        EdwardsPoint result = new EdwardsPoint(FIELD);
        scalars().forEach(scalar -> {
            multiples.multiply(result, Integers.octets(scalar));
            byte[] expected =
                    SamplePoints.multiple(scalar.multiply(BigInteger.valueOf(3)).mod(Integers.Q));
            assertThat(SamplePoints.encode(result)).as("%x", scalar).isEqualTo(expected);
        });
    }

    @Test
    void multipliesPointsOfAnyOrder() {
        BigInteger[] scalars = {BigInteger.ZERO, BigInteger.TWO, new BigInteger(1021, new Random(SEED))};
        SamplePoints.ofAnyOrder().skip(6).forEach(point -> {
            PointMultiples multiples = new PointMultiples(SakkePoints.decode(point));
            for (BigInteger scalar : scalars) {
                EdwardsPoint difference = new EdwardsPoint(FIELD);
                multiples.multiply(difference, Integers.octets(scalar));
                Point expected = Curve.SAKKE.decode(point).multiply(Curve.SAKKE.scalar(Integers.octets(scalar)));
                if (!expected.isInfinity()) {
                    EdwardsPoint negative = SakkePoints.decode(expected.encode());
                    negative.negateIf(new long[] {-1});
                    difference.add(negative);
                }
                long[] mask = new long[1];
                difference.isIdentity(mask);
                assertThat(mask).as("%x", scalar).containsExactly(-1);
            }
        });
    }

    @Test
    void knowsTheOrderOfAPoint() {
        List<byte[]> right = SamplePoints.ofOrderQ().toList();
        List<byte[]> wrong = VectorFile.load("field/wrong-order-selfmade.json").cases().stream()
                .map(row -> row.bytes("point"))
                .toList();

        right.forEach(SakkePoints::requireOrderQ);
        assertThat(wrong).hasSize(5);
        wrong.forEach(SakkePoints::requireOnCurve);
        wrong.forEach(point -> assertThatThrownBy(() -> SakkePoints.requireOrderQ(point))
                .isInstanceOf(InvalidKeyMaterialException.class));
    }

    @Test
    void refusesCoordinatesThatAreNotBelowP() {
        byte[] point = SakkePoints.generator();
        BigInteger[] tooBig = {
            Integers.P,
            Integers.P.add(BigInteger.ONE),
            BigInteger.ONE.shiftLeft(1024).subtract(BigInteger.ONE)
        };
        for (BigInteger coordinate : tooBig) {
            for (int from : new int[] {1, 129}) {
                byte[] changed = point.clone();
                System.arraycopy(Integers.octets(coordinate), 0, changed, from, 128);
                assertThatThrownBy(() -> SakkePoints.requireOnCurve(changed))
                        .isInstanceOf(InvalidKeyMaterialException.class)
                        .hasMessageContaining("below p");
            }
        }
    }
}
