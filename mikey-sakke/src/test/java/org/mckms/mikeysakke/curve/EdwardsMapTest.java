package org.mckms.mikeysakke.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.mikeysakke.field.ScalarSakkeField;

/** Against the equations of both curves in integers of any size. */
class EdwardsMapTest {
    private static final ScalarSakkeField FIELD = ScalarSakkeField.INSTANCE;
    private static final BigInteger P = Integers.P;
    private static final BigInteger C = BigInteger.valueOf(-3).modPow(Integers.Q, P);
    private static final BigInteger K =
            C.pow(3).multiply(BigInteger.valueOf(-2)).modPow(Integers.Q, P);

    private final EdwardsMap map = new EdwardsMap(FIELD);

    static Stream<byte[]> points() {
        return SamplePoints.ofAnyOrder();
    }

    @Test
    void findsTheSquareRootsThatTheMapNeeds() {
        assertThat(P).isEqualTo(Integers.Q.shiftLeft(2).subtract(BigInteger.ONE));
        assertThat(C.multiply(C).add(BigInteger.valueOf(3)).mod(P)).isZero();
        assertThat(K.multiply(K).add(C.pow(3).multiply(BigInteger.TWO)).mod(P)).isZero();
    }

    @ParameterizedTest
    @MethodSource("points")
    void mapsToTheEdwardsCurveAsItsDocumentationSays(byte[] point) {
        BigInteger u = Integers.x(point).multiply(C.modInverse(P)).mod(P);
        BigInteger w = Integers.y(point).multiply(K.modInverse(P)).mod(P);
        BigInteger[] mapped = mapped(point);

        assertThat(mapped[0]
                        .multiply(mapped[1])
                        .subtract(mapped[2].multiply(mapped[3]))
                        .mod(P))
                .isZero();
        // x_e w = u and y_e (u + 1) = u - 1, times Z
        assertThat(mapped[0].multiply(w).subtract(mapped[2].multiply(u)).mod(P)).isZero();
        assertThat(mapped[1]
                        .multiply(u.add(BigInteger.ONE))
                        .subtract(mapped[2].multiply(u.subtract(BigInteger.ONE)))
                        .mod(P))
                .isZero();
        // -X^2 + Y^2 = Z^2 + T^2
        assertThat(mapped[1]
                        .pow(2)
                        .subtract(mapped[0].pow(2))
                        .subtract(mapped[2].pow(2))
                        .subtract(mapped[3].pow(2))
                        .mod(P))
                .isZero();
        assertThat(Stream.of(mapped).allMatch(BigInteger.ZERO::equals)).isFalse();
    }

    private static BigInteger[] mapped(byte[] point) {
        EdwardsPoint mapped = SakkePoints.decode(point);
        return Stream.of(mapped.x(), mapped.y(), mapped.z(), mapped.t())
                .map(EdwardsMapTest::integer)
                .toArray(BigInteger[]::new);
    }

    private static BigInteger integer(long[] element) {
        byte[] octets = new byte[128];
        FIELD.encode(octets, 0, element, 0);
        return new BigInteger(1, octets);
    }

    @Test
    void mapsBackWhatItMapped() {
        SamplePoints.ofOrderQ().forEach(point -> {
            EdwardsPoint mapped = SakkePoints.decode(point);

            assertThat(SamplePoints.encode(mapped)).isEqualTo(point);
        });
    }

    @Test
    void givesZerosForTheIdentity() {
        EdwardsPoint identity = new EdwardsPoint(FIELD);
        long[] denominator = new long[FIELD.size()];
        long[] mask = new long[1];

        map.denominator(denominator, identity);
        FIELD.isZero(mask, denominator);

        assertThat(mask).containsExactly(-1);
    }

    @Test
    void comparesAPointWithoutAnInversion() {
        byte[] generator = SakkePoints.generator();
        byte[] other = SamplePoints.multiple(BigInteger.TWO);
        byte[] negative = SamplePoints.multiple(Integers.Q.subtract(BigInteger.ONE));

        assertThat(isSame(SakkePoints.decode(generator), generator)).isTrue();
        assertThat(isSame(SakkePoints.decode(other), other)).isTrue();
        assertThat(isSame(SakkePoints.decode(generator), other)).isFalse();
        assertThat(isSame(SakkePoints.decode(generator), negative)).isFalse();
        assertThat(isSame(new EdwardsPoint(FIELD), generator)).isFalse();
        SamplePoints.ofAnyOrder().forEach(point -> assertThat(isSame(new EdwardsPoint(FIELD), point))
                .isFalse());
    }

    private boolean isSame(EdwardsPoint point, byte[] octets) {
        long[] x = new long[FIELD.size()];
        long[] y = new long[FIELD.size()];
        long[] mask = new long[1];
        SakkePoints.coordinates(x, y, octets);
        map.isSame(mask, point, x, y);
        return mask[0] != 0;
    }
}
