package org.mckms.mikeysakke.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.field.P256Field;

class P256PointTest {
    /** [k]G with a Z that is not 1. */
    private static P256Point projective(long k) {
        P256Point point = P256Samples.point(k - 1);
        P256Point generator = P256Samples.point(1);
        point.addComplete(generator);
        return point;
    }

    private static void assertIs(P256Point point, long k) {
        if (k == 0) {
            assertThat(point.isInfinity()).isTrue();
        } else {
            assertThat(point.isInfinity()).isFalse();
            assertThat(P256Samples.encoded(point)).isEqualTo(P256Samples.multiple(BigInteger.valueOf(k)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 7, 1000, -1, -5})
    void doubles(long k) {
        P256Point affine = P256Samples.point(k);
        P256Point projective = projective(k);
        affine.twice();
        projective.twice();

        assertIs(affine, 2 * k);
        assertIs(projective, 2 * k);
    }

    @ParameterizedTest
    @CsvSource({"1,2", "2,1", "5,-3", "100,-1", "-7,2"})
    void addsDifferentPoints(long a, long b) {
        P256Point fast = projective(a);
        P256Point other = P256Samples.point(b);
        fast.addAffine(other.x(), other.y());

        assertIs(fast, a + b);
    }

    @ParameterizedTest
    @CsvSource({"1,2", "0,1", "0,-9", "4,4", "-3,-3", "1,1", "4,-4", "-1,1", "5,-4"})
    void addsAnyPointsCompletely(long a, long b) {
        P256Point affine = P256Samples.point(a);
        affine.addComplete(P256Samples.point(b));
        assertIs(affine, a + b);

        if (a != 0) {
            P256Point projective = projective(a);
            projective.addComplete(P256Samples.point(b));
            assertIs(projective, a + b);
        }
    }

    /** So that a sum with another Z has met no exceptional case. */
    @ParameterizedTest
    @CsvSource({"4,4", "4,-4", "0,4"})
    void staysAtInfinityAfterAnExceptionalFastAddition(long a, long b) {
        P256Point sum = a == 0 ? new P256Point() : projective(a);
        P256Point other = P256Samples.point(b);
        P256Point next = P256Samples.point(3);
        sum.addAffine(other.x(), other.y());
        assertThat(sum.isInfinity()).isTrue();
        for (int i = 0; i < 5; i++) {
            sum.addAffine(next.x(), next.y());
            sum.twice();
        }
        assertThat(sum.isInfinity()).isTrue();
    }

    @Test
    void compares() {
        P256Point infinity = new P256Point();

        assertThat(projective(9).isEqualTo(P256Samples.point(9))).isTrue();
        assertThat(projective(9).isEqualTo(P256Samples.point(-9))).isFalse();
        assertThat(projective(9).isEqualTo(P256Samples.point(8))).isFalse();
        assertThat(infinity.isEqualTo(P256Samples.point(8))).isFalse();
        assertThat(projective(9).isEqualTo(infinity)).isFalse();
        assertThat(infinity.isEqualTo(infinity)).isFalse();
    }

    @Test
    void comparesX() {
        byte[] x = P256Samples.point(9).encodeX();
        byte[] other = x.clone();
        other[31] ^= 1;

        assertThat(projective(9).hasX(x)).isTrue();
        assertThat(projective(-9).hasX(x)).isTrue();
        assertThat(projective(9).hasX(other)).isFalse();
        assertThat(projective(8).hasX(x)).isFalse();
        assertThat(new P256Point().hasX(new byte[32])).isFalse();
    }

    @Test
    void negatesByMask() {
        P256Point point = projective(6);
        point.negateIf(0);
        assertIs(point, 6);
        point.negateIf(-1);
        assertIs(point, -6);
    }

    static Stream<Octets> notPoints() {
        Octets g = P256Generator.OCTETS;
        Octets p = Octets.fromHex("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF");
        return Stream.of(
                Octets.fromHex(""),
                Octets.fromHex("00"),
                g.slice(0, 64),
                g.concat(Octets.fromHex("00")),
                Octets.fromHex("02").concat(g.slice(1, 65)),
                Octets.copyOf(new byte[65]),
                Octets.fromHex("04").concat(Octets.copyOf(new byte[64])),
                Octets.fromHex("04").concat(p, g.slice(33, 65)),
                g.slice(0, 33).concat(p),
                g.slice(0, 33).concat(g.slice(1, 33)));
    }

    @ParameterizedTest
    @MethodSource("notPoints")
    void refusesWhatIsNoPoint(Octets octets) {
        assertThatThrownBy(() -> P256Point.decode(octets.toByteArray()))
                .isInstanceOf(InvalidKeyMaterialException.class);
    }

    @Test
    void infinityHasNoEncodingAndStaysWhenNormalised() {
        P256Point infinity = new P256Point();
        infinity.normalise();

        assertThat(infinity.isInfinity()).isTrue();
        assertThatThrownBy(infinity::encode).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void wipesItsCoordinates() {
        P256Point point = projective(6);
        point.wipe();

        assertThat(point.x()).containsOnly(0);
        assertThat(point.y()).containsOnly(0);
        assertThat(point.z()).containsOnly(0);
        assertThat(point.isInfinity()).isTrue();
        assertThat(P256Field.isZero(point.x())).isEqualTo(-1);
    }
}
