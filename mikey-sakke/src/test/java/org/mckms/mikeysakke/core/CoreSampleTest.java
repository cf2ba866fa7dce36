package org.mckms.mikeysakke.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.curve.Integers;
import org.mckms.mikeysakke.curve.SamplePoints;
import org.mckms.mikeysakke.reference.Curve;
import org.mckms.mikeysakke.reference.Point;

class CoreSampleTest {
    private static final BigInteger TOP = BigInteger.ONE.shiftLeft(1021);
    private static final List<BigInteger> EDGES =
            List.of(Integers.Q.subtract(BigInteger.ONE), TOP, TOP.subtract(BigInteger.ONE));

    private final SecureRandom random = Fixtures.seeded(1021);

    private static BigInteger integer(byte[] scalar) {
        assertThat(scalar).hasSize(128);
        return new BigInteger(1, scalar);
    }

    @Test
    void drawsScalarsOfFullLength() {
        assertThat(Stream.generate(() -> integer(CoreScalars.even(random))).limit(100))
                .allSatisfy(scalar -> assertThat(scalar).isBetween(BigInteger.ONE, EDGES.get(0)))
                .anySatisfy(scalar -> assertThat(scalar.bitLength()).isEqualTo(1022))
                .anySatisfy(scalar -> assertThat(scalar.bitLength()).isEqualTo(1021));
    }

    @Test
    void drawsEdgesAndSmallScalarsNowAndThen() {
        List<BigInteger> scalars = Stream.generate(() -> integer(CoreScalars.any(random)))
                .limit(400)
                .toList();
        assertThat(scalars)
                .containsAll(EDGES)
                .allSatisfy(scalar -> assertThat(scalar).isBetween(BigInteger.ONE, EDGES.get(0)))
                .anySatisfy(scalar -> assertThat(scalar.bitLength()).isLessThan(17))
                .anySatisfy(scalar -> assertThat(scalar.bitLength()).isEqualTo(1022));
    }

    @Test
    void startsWithEveryEdgeInEveryPlace() {
        ScalarSakkeCore core = new ScalarSakkeCore();
        SenderTable z = core.smallSenderTable(SamplePoints.multiple(BigInteger.valueOf(7)));
        List<CoreSample> samples = Stream.of(0, 1, 2)
                .map(number -> new CoreSample(core, z, number, random))
                .toList();
        assertThat(samples).map(sample -> integer(sample.k)).containsExactlyInAnyOrderElementsOf(EDGES);
        assertThat(samples).map(sample -> integer(sample.rb)).containsExactlyInAnyOrderElementsOf(EDGES);
        assertThat(samples).map(sample -> integer(sample.r)).containsExactlyInAnyOrderElementsOf(EDGES);
    }

    @Test
    void claimsPointsThatAreAlmostRight() {
        Point r = Curve.SAKKE.decode(SamplePoints.multiple(BigInteger.valueOf(11)));
        byte[] ofOrderTwo = new byte[257];
        ofOrderTwo[0] = 4;
        assertThat(FalseClaims.negative(r.encode())).isEqualTo(r.negate().encode());
        assertThat(FalseClaims.plusOrderTwo(r.encode()))
                .isEqualTo(r.plus(Curve.SAKKE.decode(ofOrderTwo)).encode());
    }
}
