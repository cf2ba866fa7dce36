package org.mckms.mikeysakke.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.mikeysakke.Fixtures;

class FieldArithmeticTest {
    static Stream<PrimeField> fields() {
        return Stream.of(Curve.P256.field(), Curve.SAKKE.field());
    }

    @ParameterizedTest
    @MethodSource("fields")
    void calculatesAsBigIntegerDoes(PrimeField field) {
        BigInteger p = field.modulus();
        List<BigInteger> values = values(p);
        for (BigInteger a : values) {
            FieldElement x = field.element(a);
            assertValue(x.square(), a.multiply(a).mod(p));
            assertValue(x.twice(), a.shiftLeft(1).mod(p));
            assertValue(x.thrice(), a.multiply(BigInteger.valueOf(3)).mod(p));
            assertValue(x.negate(), a.negate().mod(p));
            for (BigInteger b : values) {
                FieldElement y = field.element(b);
                assertValue(x.times(y), a.multiply(b).mod(p));
                assertValue(x.plus(y), a.add(b).mod(p));
                assertValue(x.minus(y), a.subtract(b).mod(p));
                assertThat(x.sameAs(y)).isEqualTo(a.equals(b));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void invertsOneAndMany(PrimeField field) {
        List<FieldElement> elements = values(field.modulus()).stream()
                .filter(value -> value.signum() != 0)
                .map(field::element)
                .toList();
        List<FieldElement> inverses = field.inverses(elements);
        for (int i = 0; i < elements.size(); i++) {
            assertThat(elements.get(i).times(inverses.get(i)).isOne()).isTrue();
            assertThat(elements.get(i).inverse().sameAs(inverses.get(i))).isTrue();
        }
        assertThatThrownBy(() -> field.zero().inverse()).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void takesReducedValuesOnly(PrimeField field) {
        assertThatThrownBy(() -> field.element(field.modulus())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> field.element(BigInteger.ONE.negate())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void encodesInFixedWidth() {
        assertThat(FixedWidth.encode(BigInteger.ZERO, 2)).containsExactly(0, 0);
        assertThat(FixedWidth.encode(BigInteger.ONE, 2)).containsExactly(0, 1);
        assertThat(FixedWidth.encode(BigInteger.valueOf(0x80), 1)).isEqualTo(new byte[] {(byte) 0x80});
        assertThat(FixedWidth.encode(BigInteger.valueOf(0xFFFF), 2)).isEqualTo(new byte[] {-1, -1});
        assertThat(FixedWidth.encode(BigInteger.valueOf(0xFFFF), 3)).isEqualTo(new byte[] {0, -1, -1});
        assertThatThrownBy(() -> FixedWidth.encode(BigInteger.valueOf(0x10000), 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FixedWidth.encode(BigInteger.ONE.negate(), 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void splitsScalarsIntoSignedWindows() {
        BigInteger q = Curve.SAKKE.order();
        int count = SignedWindows.count(q);
        for (BigInteger value : values(q)) {
            BigInteger sum = BigInteger.ZERO;
            int[] digits = SignedWindows.digits(value, count);
            for (int i = count - 1; i >= 0; i--) {
                assertThat(digits[i]).isBetween(-15, 16);
                sum = sum.shiftLeft(5).add(BigInteger.valueOf(digits[i]));
            }
            assertThat(sum).isEqualTo(value);
        }
    }

    @Test
    void raisesTheGeneratorAsThePairingOfMultiplesDoes() {
        SecureRandom random = Fixtures.seeded(3);
        Point p = Curve.SAKKE.generator();
        Scalar a = Curve.SAKKE.scalarModOrder(Fixtures.bytes(random, 128));
        Scalar b = Curve.SAKKE.scalarModOrder(Fixtures.bytes(random, 128));
        PairingValue paired = Pairing.of(p.multiply(a), p.multiply(b)).orElseThrow();

        assertThat(paired.sameAs(PairingValue.generatorPower(a.times(b)))).isTrue();
        assertThat(paired.sameAs(PairingValue.generatorPower(a.times(b).negate())))
                .isFalse();
        assertThat(paired.sameAs(PairingValue.generator())).isFalse();
    }

    @Test
    void pairsTheGeneratorWithItselfToG() {
        Point p = Curve.SAKKE.generator();

        assertThat(Pairing.of(p, p).orElseThrow().sameAs(PairingValue.generator()))
                .isTrue();
    }

    private static List<BigInteger> values(BigInteger modulus) {
        SecureRandom random = Fixtures.seeded(modulus.bitLength());
        List<BigInteger> values = new ArrayList<>(List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                BigInteger.TWO,
                modulus.subtract(BigInteger.ONE),
                modulus.subtract(BigInteger.TWO),
                modulus.shiftRight(1),
                BigInteger.ONE.shiftLeft(modulus.bitLength() - 1).subtract(BigInteger.ONE),
                BigInteger.ONE.shiftLeft(64)));
        for (int i = 0; i < 30; i++) {
            values.add(new BigInteger(modulus.bitLength() + 64, random).mod(modulus));
        }
        return values;
    }

    private static void assertValue(FieldElement element, BigInteger expected) {
        assertThat(new BigInteger(1, element.encode())).isEqualTo(expected);
    }
}
