package org.mckms.mikeysakke.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.core.Encapsulation;
import org.mckms.mikeysakke.core.LineTable;
import org.mckms.mikeysakke.core.ScalarSakkeCore;
import org.mckms.mikeysakke.core.SenderTable;

/** The vector core gives the results of the scalar core, in batches of all sizes and for scalars at the ends of their range. */
class VectorSakkeCoreTest {
    private static final long SEED = 65090;
    private static final int OCTETS = 128;
    private static final BigInteger Q = Modulus.P.add(BigInteger.ONE).shiftRight(2);
    private static final BigInteger[] EDGES = {
        BigInteger.ONE,
        BigInteger.TWO,
        BigInteger.valueOf(15),
        BigInteger.valueOf(16),
        BigInteger.valueOf(17),
        BigInteger.ONE.shiftLeft(40),
        BigInteger.ONE.shiftLeft(1021).subtract(BigInteger.ONE),
        Q.shiftRight(1),
        Q.subtract(BigInteger.TWO),
        Q.subtract(BigInteger.ONE),
    };

    private static ScalarSakkeCore scalar;
    private static VectorSakkeCore vector;
    private static SenderTable scalarTable;
    private static SenderTable vectorTable;
    private final Random random = new Random(SEED);

    @BeforeAll
    static void makeTables() {
        SecureRandom blinding = new SecureRandom();
        scalar = new ScalarSakkeCore(blinding);
        vector = new VectorSakkeCore(blinding);
        byte[] zT = scalar.multiplyGenerator(new byte[][] {octets(Q.shiftRight(3))})[0];
        scalarTable = scalar.senderTable(zT);
        vectorTable = vector.senderTable(zT);
    }

    @Test
    void multipliesTheGenerator() {
        forBatches(size -> {
            byte[][] k = scalars(size);
            assertThat(vector.multiplyGenerator(k)).as(k(k)).isDeepEqualTo(scalar.multiplyGenerator(k));
        });
    }

    @Test
    void encapsulates() {
        forBatches(size -> {
            byte[][] rb = scalars(size);
            byte[][] r = scalars(size);
            Encapsulation[] expected = scalar.encapsulate(scalarTable, rb, r);
            Encapsulation[] actual = vector.encapsulate(vectorTable, rb, r);
            for (int i = 0; i < size; i++) {
                assertThat(actual[i].point()).as(k(r)).isEqualTo(expected[i].point());
                assertThat(actual[i].power()).as(k(r)).isEqualTo(expected[i].power());
            }
        });
    }

    @Test
    void hasNoEncapsulationWhereThePointIsInfinity() {
        // Z_T = [q/8]P, so [q - q/8]P + [1]Z_T is infinity
        byte[][] rb = scalars(9);
        byte[][] r = scalars(9);
        for (int i : new int[] {3, 8}) {
            rb[i] = octets(Q.subtract(Q.shiftRight(3)));
            r[i] = octets(BigInteger.ONE);
        }
        Encapsulation[] made = vector.encapsulate(vectorTable, rb, r);
        for (int i = 0; i < made.length; i++) {
            assertThat(made[i] == null).isEqualTo(i == 3 || i == 8);
        }
    }

    @Test
    void knowsSums() {
        forBatches(size -> {
            byte[][] rb = scalars(size);
            byte[][] r = scalars(size);
            byte[][] points = Arrays.stream(scalar.encapsulate(scalarTable, rb, r))
                    .map(Encapsulation::point)
                    .toArray(byte[][]::new);
            boolean[] expected = new boolean[size];
            for (int i = 0; i < size; i++) {
                expected[i] = random.nextBoolean();
                if (!expected[i]) {
                    points[i] = falsified(points[i]);
                }
            }
            assertThat(vector.isSum(vectorTable, rb, r, points)).as(k(r)).isEqualTo(expected);
        });
    }

    /** Another point: the negative of this one, or of another x. */
    private byte[] falsified(byte[] point) {
        if (random.nextBoolean()) {
            return scalar.multiplyGenerator(scalars(1))[0];
        }
        byte[] negative = point.clone();
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + OCTETS, point.length));
        System.arraycopy(octets(Modulus.P.subtract(y)), 0, negative, 1 + OCTETS, OCTETS);
        return negative;
    }

    @Test
    void pairs() {
        forBatches(size -> {
            byte[][] a = scalar.multiplyGenerator(scalars(size));
            byte[][] b = scalar.multiplyGenerator(scalars(size));
            assertThat(vector.pair(a, b)).isDeepEqualTo(scalar.pair(a, b));
        });
    }

    @Test
    void pairsWithLineTables() {
        byte[] a = scalar.multiplyGenerator(scalars(1))[0];
        try (LineTable expected = scalar.lineTable(a);
                LineTable lines = vector.lineTable(a)) {
            forBatches(size -> {
                byte[][] b = scalar.multiplyGenerator(scalars(size));
                assertThat(vector.pair(lines, b)).isDeepEqualTo(scalar.pair(expected, b));
            });
        }
    }

    private interface Batch {
        void run(int size);
    }

    private void forBatches(Batch batch) {
        int left = Cases.COUNT;
        for (int size = 1; left > 0; size = 1 + random.nextInt(20)) {
            batch.run(size);
            left -= size;
        }
    }

    private byte[][] scalars(int count) {
        byte[][] scalars = new byte[count][];
        Arrays.setAll(
                scalars,
                i -> octets(
                        random.nextInt(8) == 0
                                ? EDGES[random.nextInt(EDGES.length)]
                                : new BigInteger(1021, random).add(BigInteger.ONE)));
        return scalars;
    }

    private static byte[] octets(BigInteger x) {
        byte[] signed = x.toByteArray();
        byte[] octets = new byte[OCTETS];
        int length = Math.min(signed.length, OCTETS);
        System.arraycopy(signed, signed.length - length, octets, OCTETS - length, length);
        return octets;
    }

    private static String k(byte[][] scalars) {
        return "seed " + SEED + ", batch of " + scalars.length;
    }
}
