package org.mckms.mikeysakke.vector;

import java.security.SecureRandom;
import java.util.Arrays;
import org.mckms.mikeysakke.core.Encapsulation;
import org.mckms.mikeysakke.core.SenderTable;
import org.mckms.mikeysakke.curve.EdwardsMap;
import org.mckms.mikeysakke.curve.EdwardsPoint;
import org.mckms.mikeysakke.curve.SakkePoints;
import org.mckms.mikeysakke.field.BatchInverse;
import org.mckms.mikeysakke.field.SakkeField;

/**
 * The operations on points and powers that are known beforehand, for one scalar over all lanes or for eight, one in each lane. An
 * operation ends in one inversion, which starts from a random factor. Thread safe.
 */
final class VectorFixedBase {
    private final VectorSakkeField field;
    private final EdwardsMap map;
    private final SecureRandom random;
    private final LanePointTable generator;
    private final LanePowerTable powers;

    VectorFixedBase(VectorSakkeField field, SecureRandom random) {
        this.field = field;
        this.map = new EdwardsMap(field);
        this.random = random;
        this.generator = new LanePointTable(field, SakkePoints.generator());
        this.powers = new LanePowerTable(field);
    }

    /** The table of Z_T. */
    static final class Sender implements SenderTable {
        private final LanePointTable z;

        private Sender(LanePointTable z) {
            this.z = z;
        }
    }

    Sender senderTable(byte[] zT) {
        return new Sender(new LanePointTable(field, zT));
    }

    /** The multiples of P by one or eight scalars. */
    byte[][] multiplyGenerator(byte[][] k) {
        EdwardsPoint points = new EdwardsPoint(field);
        long[][] inverse = new long[1][field.size()];
        try {
            addMultiple(points, generator, k);
            map.denominator(inverse[0], points);
            BatchInverse.invertAll(field, inverse, () -> field.randomFactor(random));
            return encode(points, inverse[0], k.length);
        } finally {
            points.wipe();
            Arrays.fill(inverse[0], 0);
        }
    }

    /** One or eight encapsulations. */
    Encapsulation[] encapsulate(Sender z, byte[][] rb, byte[][] r) {
        EdwardsPoint points = new EdwardsPoint(field);
        long[] im = new long[field.size()];
        // of the points, and of the powers
        long[][] inverses = new long[2][field.size()];
        long[] missing = new long[Lanes.COUNT];
        try {
            addSum(points, z, rb, r);
            points.isIdentity(missing);
            map.denominator(inverses[0], points);
            power(inverses[1], im, r);
            BatchInverse.invertAll(field, inverses, () -> field.randomFactor(random));
            field.multiply(im, im, inverses[1]);
            byte[][] power = new byte[r.length][SakkeField.OCTETS];
            field.encodeAll(power, 0, im);
            byte[][] point = encode(points, inverses[0], r.length);
            Encapsulation[] results = new Encapsulation[r.length];
            for (int lane = 0; lane < r.length; lane++) {
                results[lane] = missing[lane] == 0 ? new Encapsulation(point[lane], power[lane]) : null;
            }
            return results;
        } finally {
            points.wipe();
            Arrays.fill(im, 0);
            Arrays.fill(inverses[0], 0);
            Arrays.fill(inverses[1], 0);
        }
    }

    /** One or eight comparisons. */
    boolean[] isSum(Sender z, byte[][] rb, byte[][] r, byte[][] points) {
        EdwardsPoint sums = new EdwardsPoint(field);
        long[] x = new long[field.size()];
        long[] y = new long[field.size()];
        long[] masks = new long[Lanes.COUNT];
        try {
            addSum(sums, z, rb, r);
            for (int lane = 0; lane < points.length; lane++) {
                field.decode(x, lane, points[lane], 1);
                field.decode(y, lane, points[lane], 1 + SakkeField.OCTETS);
            }
            map.isSame(masks, sums, x, y);
            boolean[] same = new boolean[points.length];
            for (int lane = 0; lane < same.length; lane++) {
                same[lane] = masks[lane] != 0;
            }
            return same;
        } finally {
            sums.wipe();
            Arrays.fill(x, 0);
            Arrays.fill(y, 0);
        }
    }

    private void addSum(EdwardsPoint sum, Sender z, byte[][] rb, byte[][] r) {
        addLanewise(sum, generator, rb);
        addMultiple(sum, z.z, r);
    }

    /** sum = sum + [k]B; with one scalar the sum of the lanes follows, so that it comes last. */
    private void addMultiple(EdwardsPoint sum, LanePointTable table, byte[][] k) {
        addLanewise(sum, table, k);
        if (k.length == 1) {
            LaneRotation.addLanes(field, sum);
        }
    }

    private static void addLanewise(EdwardsPoint sum, LanePointTable table, byte[][] k) {
        LaneDigits digits = new LaneDigits(k);
        try {
            table.addMultiple(sum, digits);
        } finally {
            digits.wipe();
        }
    }

    private void power(long[] re, long[] im, byte[][] exponents) {
        LaneDigits digits = new LaneDigits(exponents);
        try {
            powers.power(re, im, digits);
        } finally {
            digits.wipe();
        }
    }

    /** The points of the first lanes, 257 octets each. */
    private byte[][] encode(EdwardsPoint points, long[] inverse, int count) {
        long[] x = new long[field.size()];
        long[] y = new long[field.size()];
        try {
            map.toWeierstrass(x, y, points, inverse);
            byte[][] encoded = new byte[count][SakkePoints.OCTETS];
            for (byte[] point : encoded) {
                point[0] = 4;
            }
            field.encodeAll(encoded, 1, x);
            field.encodeAll(encoded, 1 + SakkeField.OCTETS, y);
            return encoded;
        } finally {
            Arrays.fill(x, 0);
            Arrays.fill(y, 0);
        }
    }
}
