package org.mckms.mikeysakke.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.curve.Integers;
import org.mckms.mikeysakke.curve.SamplePoints;
import org.mckms.mikeysakke.reference.Curve;
import org.mckms.mikeysakke.reference.PairingValue;

/** Points and powers against the reference arithmetic. */
class ScalarSakkeCoreTest {
    private static final long SEED = 6508;
    private static final BigInteger Z = BigInteger.valueOf(SEED);
    private static final ScalarSakkeCore CORE = new ScalarSakkeCore(Fixtures.seeded(SEED));
    private static final byte[] Z_T = SamplePoints.multiple(Z);

    static Stream<SenderTable> senders() {
        return Stream.of(CORE.senderTable(Z_T), CORE.smallSenderTable(Z_T));
    }

    private static BigInteger[] scalars(int count) {
        Random random = new Random(SEED);
        BigInteger[] edges = {BigInteger.ONE, Integers.Q.subtract(BigInteger.ONE), BigInteger.ONE.shiftLeft(1021)};
        return IntStream.range(0, count)
                .mapToObj(i -> i < edges.length ? edges[i] : new BigInteger(1021, random))
                .toArray(BigInteger[]::new);
    }

    private static byte[][] octets(BigInteger... scalars) {
        return Stream.of(scalars)
                .map(scalar -> Integers.octets(scalar.mod(Integers.Q)))
                .toArray(byte[][]::new);
    }

    @Test
    void multipliesTheBasePoint() {
        BigInteger[] k = scalars(7);

        byte[][] points = CORE.multiplyGenerator(octets(k));

        for (int i = 0; i < k.length; i++) {
            assertThat(points[i]).isEqualTo(SamplePoints.multiple(k[i]));
        }
        assertThat(CORE.multiplyGenerator(new byte[0][])).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("senders")
    void makesBothElementsOfAnEncapsulation(SenderTable sender) {
        BigInteger[] r = scalars(5);
        BigInteger[] rb = scalars(10);
        BigInteger[] lastRb = {rb[9], rb[8], rb[7], BigInteger.ZERO, rb[5]};

        Encapsulation[] made = CORE.encapsulate(sender, octets(lastRb), octets(r));

        for (int i = 0; i < r.length; i++) {
            BigInteger sum = lastRb[i].add(r[i].multiply(Z)).mod(Integers.Q);
            assertThat(made[i].point()).isEqualTo(SamplePoints.multiple(sum));
            assertThat(made[i].power()).isEqualTo(power(r[i]));
        }
    }

    private static byte[] power(BigInteger r) {
        return PairingValue.generatorPower(Curve.SAKKE.scalarModOrder(Integers.octets(r)))
                .encode();
    }

    @ParameterizedTest
    @MethodSource("senders")
    void leavesOutThePointAtInfinityAndKeepsTheOthers(SenderTable sender) {
        BigInteger[] r = scalars(5);
        BigInteger[] rb = {
            r[0], r[1].multiply(Z).negate(), r[2], r[3].multiply(Z).negate(), BigInteger.TEN
        };

        Encapsulation[] made = CORE.encapsulate(sender, octets(rb), octets(r));

        assertThat(made[1]).isNull();
        assertThat(made[3]).isNull();
        for (int i = 0; i < r.length; i += 2) {
            BigInteger sum = rb[i].add(r[i].multiply(Z)).mod(Integers.Q);
            assertThat(made[i].point()).isEqualTo(SamplePoints.multiple(sum));
            assertThat(made[i].power()).isEqualTo(power(r[i]));
        }
        boolean[] same = CORE.isSum(sender, octets(rb[1]), octets(r[1]), new byte[][] {Z_T});
        assertThat(same).containsExactly(false);
    }

    @ParameterizedTest
    @MethodSource("senders")
    void comparesSums(SenderTable sender) {
        BigInteger[] r = scalars(4);
        BigInteger[] rb = {BigInteger.ZERO, r[3], r[2], r[0]};
        byte[][] points = IntStream.range(0, 4)
                .mapToObj(i -> SamplePoints.multiple(rb[i].add(r[i].multiply(Z)).mod(Integers.Q)))
                .toArray(byte[][]::new);
        byte[][] negatives = IntStream.range(0, 4)
                .mapToObj(i -> SamplePoints.multiple(
                        rb[i].add(r[i].multiply(Z)).negate().mod(Integers.Q)))
                .toArray(byte[][]::new);
        byte[][] exchanged = {points[1], points[1], points[3], points[2]};

        assertThat(CORE.isSum(sender, octets(rb), octets(r), points)).containsExactly(true, true, true, true);
        assertThat(CORE.isSum(sender, octets(rb), octets(r), negatives)).containsExactly(false, false, false, false);
        assertThat(CORE.isSum(sender, octets(rb), octets(r), exchanged)).containsExactly(false, true, false, false);
    }

    @Test
    void givesTheSameWithoutRandomness() {
        byte[][] k = octets(scalars(4));

        assertThat(new ScalarSakkeCore().multiplyGenerator(k)).isDeepEqualTo(CORE.multiplyGenerator(k));
    }

    @Test
    void keepsWhatItMadeOutOfTexts() {
        Encapsulation[] made = CORE.encapsulate(CORE.senderTable(Z_T), octets(Z), octets(Z));

        assertThat(made[0]).hasToString("Encapsulation[hidden]");
        assertThat(CORE.name()).isEqualTo("scalar");
    }
}
