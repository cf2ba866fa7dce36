package org.mckms.mikeysakke.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.mikeysakke.DegenerateScalarException;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.InvalidKeyMaterialException;

class CurveTest {
    private static final SecureRandom RANDOM = Fixtures.seeded(186);

    static Stream<Curve> curves() {
        return Stream.of(Curve.P256, Curve.SAKKE);
    }

    static Stream<Scalar> scalars() {
        return curves().flatMap(curve -> {
            Scalar one = scalar(curve, BigInteger.ONE);
            return Stream.concat(
                    Stream.of(
                            scalar(curve, BigInteger.ZERO),
                            one,
                            scalar(curve, BigInteger.TWO),
                            scalar(curve, BigInteger.valueOf(16)),
                            scalar(curve, BigInteger.valueOf(17)),
                            scalar(curve, BigInteger.valueOf(31)),
                            scalar(curve, BigInteger.ONE.shiftLeft(250)),
                            scalar(curve, BigInteger.ONE.shiftLeft(250).subtract(BigInteger.ONE)),
                            one.negate(),
                            one.plus(one).negate()),
                    Stream.generate(() -> curve.scalarModOrder(Fixtures.bytes(RANDOM, curve.coordinateOctets())))
                            .limit(20));
        });
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void multipliesByTableAsByDoublingAndAdding(Scalar k) {
        Point generator = k.curve().generator();
        Point expected = Point.infinity(k.curve());
        for (int i = k.value().bitLength() - 1; i >= 0; i--) {
            expected = expected.twice();
            expected = k.value().testBit(i) ? expected.plus(generator) : expected;
        }

        assertThat(k.curve().multiplyGenerator(k).sameAs(expected)).isTrue();
        assertThat(generator.multiply(k).sameAs(expected)).isTrue();
    }

    @Test
    void agreesWithTheKeyPairsOfTheJdk() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        for (int i = 0; i < 20; i++) {
            KeyPair pair = generator.generateKeyPair();
            ECPoint w = ((ECPublicKey) pair.getPublic()).getW();
            Point point = Curve.P256.multiplyGenerator(scalar(Curve.P256, ((ECPrivateKey) pair.getPrivate()).getS()));

            assertThat(point.encode()).isEqualTo(encoded(Curve.P256, w.getAffineX(), w.getAffineY()));
        }
    }

    @ParameterizedTest
    @MethodSource("curves")
    void addsInAllCases(Curve curve) {
        Point g = curve.generator();
        Point infinity = Point.infinity(curve);
        Point five = g.twice().twice().plus(g);

        assertThat(g.plus(g).sameAs(g.twice())).isTrue();
        assertThat(five.plus(five).sameAs(five.twice())).isTrue();
        assertThat(five.plus(five.normalised()).sameAs(five.twice())).isTrue();
        assertThat(g.plus(g.negate()).isInfinity()).isTrue();
        assertThat(five.plus(five.negate().normalised()).isInfinity()).isTrue();
        assertThat(five.plus(infinity).sameAs(five)).isTrue();
        assertThat(infinity.plus(five).sameAs(five)).isTrue();
        assertThat(infinity.twice().isInfinity()).isTrue();
        assertThat(infinity.plus(infinity).isInfinity()).isTrue();
        assertThat(infinity.sameAs(infinity)).isTrue();
        assertThat(infinity.sameAs(five)).isFalse();
        assertThat(five.sameAs(g)).isFalse();
        assertThat(g.multiply(curve.order()).isInfinity()).isTrue();
        assertThat(infinity.multiply(curve.order()).isInfinity()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("curves")
    void normalisesPointsAtInfinityToThemselves(Curve curve) {
        Point two = curve.generator().twice();
        List<Point> normalised = Point.normalise(List.of(two, Point.infinity(curve), two.twice()));

        assertThat(normalised.get(0).z().isOne()).isTrue();
        assertThat(normalised.get(0).sameAs(two)).isTrue();
        assertThat(normalised.get(1).isInfinity()).isTrue();
        assertThat(normalised.get(2).sameAs(two.twice())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("curves")
    void hasNoEncodingOfInfinity(Curve curve) {
        assertThatThrownBy(() -> Point.infinity(curve).encode()).isInstanceOf(IllegalStateException.class);
        assertInvalid(curve, new byte[] {0});
        assertInvalid(curve, new byte[curve.pointOctets()]);
    }

    @ParameterizedTest
    @MethodSource("curves")
    void decodesWhatItEncodes(Curve curve) {
        byte[] encoded = curve.generator().twice().encode();

        assertThat(curve.decodeInSubgroup(encoded).encode()).isEqualTo(encoded);
    }

    @ParameterizedTest
    @MethodSource("curves")
    void rejectsWrongLengths(Curve curve) {
        byte[] encoded = curve.generator().encode();

        assertInvalid(curve, new byte[0]);
        assertInvalid(curve, Arrays.copyOf(encoded, encoded.length - 1));
        assertInvalid(curve, Arrays.copyOf(encoded, encoded.length + 1));
        assertInvalid(curve, Arrays.copyOf(encoded, 1 + curve.coordinateOctets()));
    }

    @ParameterizedTest
    @MethodSource("curves")
    void rejectsWrongPrefixes(Curve curve) {
        for (byte prefix : new byte[] {0, 2, 3, 5, 6, 7, (byte) 0x84}) {
            byte[] encoded = curve.generator().encode();
            encoded[0] = prefix;

            assertInvalid(curve, encoded);
        }
    }

    @ParameterizedTest
    @MethodSource("curves")
    void rejectsPointsOffTheCurve(Curve curve) {
        for (int octet :
                new int[] {1, curve.coordinateOctets(), curve.coordinateOctets() + 1, curve.pointOctets() - 1}) {
            byte[] encoded = curve.generator().encode();
            encoded[octet] ^= 1;

            assertInvalid(curve, encoded);
        }
    }

    @Test
    void rejectsCoordinatesThatAreNotReduced() {
        Point p = Curve.SAKKE.generator();
        BigInteger modulus = Curve.SAKKE.field().modulus();
        BigInteger x = new BigInteger(1, p.x().encode());
        BigInteger y = new BigInteger(1, p.y().encode());

        // the same point but for the multiple of p
        assertInvalid(Curve.SAKKE, encoded(Curve.SAKKE, x.add(modulus), y));
        assertInvalid(Curve.SAKKE, encoded(Curve.SAKKE, x, y.add(modulus)));
        assertInvalid(Curve.SAKKE, encoded(Curve.SAKKE, modulus, BigInteger.ZERO));
        BigInteger p256 = Curve.P256.field().modulus();
        // x = 0 has a point on P-256, since b is a square there
        BigInteger root = b256().modPow(p256.add(BigInteger.ONE).shiftRight(2), p256);
        assertThat(Curve.P256.decode(encoded(Curve.P256, BigInteger.ZERO, root)).isInfinity())
                .isFalse();
        assertInvalid(Curve.P256, encoded(Curve.P256, p256, root));
    }

    @ParameterizedTest
    @MethodSource("curves")
    void takesScalarsBelowTheOrderOnly(Curve curve) {
        int width = curve.coordinateOctets();
        BigInteger order = curve.order();

        assertThat(scalar(curve, order.subtract(BigInteger.ONE)).isZero()).isFalse();
        assertThat(curve.scalar(new byte[width]).isZero()).isTrue();
        assertThat(curve.scalar(new byte[0]).isZero()).isTrue();
        assertThatThrownBy(() -> scalar(curve, order)).isInstanceOf(InvalidKeyMaterialException.class);
        assertThatThrownBy(() -> scalar(curve, order.add(BigInteger.ONE)))
                .isInstanceOf(InvalidKeyMaterialException.class);
        assertThat(curve.isScalar(FixedWidth.encode(order, width))).isFalse();
        assertThat(curve.scalarModOrder(FixedWidth.encode(order, width)).isZero())
                .isTrue();
        assertThat(curve.scalarModOrder(FixedWidth.encode(order.add(BigInteger.ONE), width))
                        .isOne())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void calculatesWithScalars(Scalar k) {
        assertThat(k.plus(k.negate()).isZero()).isTrue();
        assertThat(k.encode()).hasSize(k.curve().coordinateOctets());
        assertThat(k.curve().scalar(k.encode()).plus(k.negate()).isZero()).isTrue();
        if (k.isZero()) {
            assertThatThrownBy(k::inverse).isInstanceOf(DegenerateScalarException.class);
        } else {
            assertThat(k.times(k.inverse()).isOne()).isTrue();
        }
    }

    private static BigInteger b256() {
        return new BigInteger("5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B", 16);
    }

    private static Scalar scalar(Curve curve, BigInteger value) {
        return curve.scalar(FixedWidth.encode(value, curve.coordinateOctets()));
    }

    private static byte[] encoded(Curve curve, BigInteger x, BigInteger y) {
        int width = curve.coordinateOctets();
        byte[] octets = new byte[curve.pointOctets()];
        octets[0] = 4;
        System.arraycopy(FixedWidth.encode(x, width), 0, octets, 1, width);
        System.arraycopy(FixedWidth.encode(y, width), 0, octets, 1 + width, width);
        return octets;
    }

    private static void assertInvalid(Curve curve, byte[] octets) {
        assertThatThrownBy(() -> curve.decode(octets)).isInstanceOf(InvalidKeyMaterialException.class);
    }
}
