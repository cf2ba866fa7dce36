package org.mckms.mikeysakke.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.Octets;

class P256FixedBaseTableTest {
    private static final List<BigInteger> SCALARS = P256Samples.scalars();

    @Test
    void digitsAddUpToTheScalar() {
        assertThat(SCALARS).allSatisfy(k -> {
            P256SignedDigits digits = new P256SignedDigits(P256Samples.octets(k));
            BigInteger sum = BigInteger.ZERO;
            for (int i = P256SignedDigits.WINDOWS - 1; i >= 0; i--) {
                int odd = 2 * digits.index(i) + 1;
                assertThat(odd).isBetween(1, 63);
                sum = sum.shiftLeft(P256SignedDigits.WINDOW_BITS)
                        .add(BigInteger.valueOf(digits.sign(i) == 0 ? odd : -odd));
            }
            assertThat(digits.negative()).isIn(0L, -1L);
            BigInteger signed = digits.negative() == 0 ? sum : sum.negate();
            assertThat(signed.mod(P256Samples.Q)).isEqualTo(k);
            BigInteger inRange = sum.compareTo(P256Samples.Q) < 0 ? sum : sum.subtract(P256Samples.Q);
            assertThat(inRange).isBetween(BigInteger.ONE, BigInteger.ONE.shiftLeft(255));
        });
    }

    @Test
    void wipesDigits() {
        P256SignedDigits digits = new P256SignedDigits(P256Samples.octets(BigInteger.TEN));
        digits.wipe();
        assertThat(digits.negative()).isZero();
        assertThat(digits.index(42)).isEqualTo(31);
    }

    @Test
    void multipliesTheBasePoint() {
        assertThat(SCALARS)
                .allSatisfy(k -> assertThat(P256Samples.encoded(P256Generator.TABLE.multiply(P256Samples.octets(k))))
                        .as("%x, seed %d", k, P256Samples.SEED)
                        .isEqualTo(P256Samples.multiple(k)));
    }

    /** With digits that add up to k itself, the sum of the windows below would meet the entry of the last, 15 2^252. */
    @Test
    void multipliesByTheScalarWhoseWindowsWouldMeet() {
        BigInteger k = BigInteger.valueOf(30).shiftLeft(252).subtract(P256Samples.Q);

        assertThat(k.testBit(0)).isTrue();
        assertThat(new P256SignedDigits(P256Samples.octets(k)).index(42)).isNotEqualTo(7);
        assertThat(P256Samples.encoded(P256Generator.TABLE.multiply(P256Samples.octets(k))))
                .isEqualTo(P256Samples.multiple(k));
    }

    /** Multiples of G from the list of test vectors for the NIST curves at point-at-infinity.org. */
    @ParameterizedTest
    @CsvSource({
        "1, 6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296",
        "2, 7CF27B188D034F7E8A52380304B51AC3C08969E277F21B35A60B48FC47669978",
        "112233445566778899, 339150844EC15234807FE862A86BE77977DBFB3AE3D96F4C22795513AEAAB82F"
    })
    void reproducesPublishedMultiples(BigInteger k, String x) {
        P256Point point = P256Generator.TABLE.multiply(P256Samples.octets(k));
        point.normalise();

        assertThat(Octets.copyOf(point.encodeX()).toHex()).isEqualTo(x);
    }

    @Test
    void multipliesAnotherPoint() {
        P256FixedBaseTable table = new P256FixedBaseTable(P256Samples.point(5));
        assertThat(SCALARS.stream().limit(30))
                .allSatisfy(k -> assertThat(P256Samples.encoded(table.multiply(P256Samples.octets(k))))
                        .isEqualTo(P256Samples.multiple(k.multiply(BigInteger.valueOf(5)))));
    }

    @Test
    void multipliesManyAtOnce() {
        for (int count : new int[] {0, 1, 2, 50}) {
            List<BigInteger> scalars = SCALARS.subList(0, count);
            P256Point[] points = P256Generator.TABLE.multiplyAll(
                    scalars.stream().map(P256Samples::octets).toArray(byte[][]::new), Fixtures.seeded(1));

            assertThat(points).hasSize(count);
            for (int i = 0; i < count; i++) {
                assertThat(points[i].encode()).isEqualTo(P256Samples.multiple(scalars.get(i)));
            }
        }
    }

    @Test
    void selectsWhatIsAtAnIndex() {
        P256OddMultiples multiples = P256OddMultiples.of(P256Samples.point(1), 32);
        for (int i = 0; i < 32; i++) {
            long[] x = new long[5];
            long[] y = new long[5];
            long[] publicX = new long[5];
            long[] publicY = new long[5];
            multiples.select(x, y, i);
            multiples.get(publicX, publicY, i);
            P256Point point = new P256Point();
            point.setAffine(x, y);

            assertThat(point.encode()).isEqualTo(P256Samples.multiple(BigInteger.valueOf(2 * i + 1)));
            assertThat(publicX).isEqualTo(x);
            assertThat(publicY).isEqualTo(y);
        }
    }

    @Test
    void startsOddMultiplesFromAnyZ() {
        P256Point point = P256Samples.point(1);
        point.twice();
        point.addComplete(P256Samples.point(4));
        P256OddMultiples multiples = P256OddMultiples.of(point, 4);
        long[] x = new long[5];
        long[] y = new long[5];
        multiples.get(x, y, 3);
        P256Point last = new P256Point();
        last.setAffine(x, y);

        assertThat(last.encode()).isEqualTo(P256Samples.multiple(BigInteger.valueOf(42)));
    }
}
