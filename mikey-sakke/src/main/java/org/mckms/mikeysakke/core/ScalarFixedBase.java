package org.mckms.mikeysakke.core;

import java.util.Arrays;
import java.util.function.Supplier;
import org.mckms.mikeysakke.curve.EdwardsMap;
import org.mckms.mikeysakke.curve.EdwardsPoint;
import org.mckms.mikeysakke.curve.FixedBaseTable;
import org.mckms.mikeysakke.curve.PointMultiples;
import org.mckms.mikeysakke.curve.SakkePoints;
import org.mckms.mikeysakke.curve.WindowDigits;
import org.mckms.mikeysakke.field.BatchInverse;
import org.mckms.mikeysakke.field.SakkeField;
import org.mckms.mikeysakke.field.ScalarSakkeField;
import org.mckms.mikeysakke.pairing.PowerTable;

/**
 * The operations of the plain Java core on points and powers that are known beforehand. Each batch ends in one inversion: of
 * (Z - Y) X for a point and of the real part for a power of g.
 */
final class ScalarFixedBase {
    private static final ScalarSakkeField FIELD = ScalarSakkeField.INSTANCE;
    private static final EdwardsMap MAP = new EdwardsMap(FIELD);

    /** Makes the factor that a chain of products starts with. */
    private final Supplier<long[]> start;

    ScalarFixedBase(Supplier<long[]> start) {
        this.start = start;
    }

    byte[][] multiplyGenerator(byte[][] k) {
        SakkeField field = FIELD.withScratch();
        EdwardsPoint[] points = newPoints(field, k.length);
        long[][] inverses = new long[k.length][FIELD.size()];
        try {
            for (int i = 0; i < k.length; i++) {
                addMultiple(points[i], GeneratorTables.P, k[i]);
                MAP.denominator(inverses[i], points[i]);
            }
            BatchInverse.invertAll(field, inverses, start);
            byte[][] encoded = new byte[k.length][];
            for (int i = 0; i < k.length; i++) {
                encoded[i] = encode(points[i], inverses[i]);
            }
            return encoded;
        } finally {
            wipe(points);
            wipe(inverses);
            field.wipeScratch();
        }
    }

    Encapsulation[] encapsulate(ScalarSenderTable z, byte[][] rb, byte[][] r) {
        int count = r.length;
        SakkeField field = FIELD.withScratch();
        EdwardsPoint[] points = newPoints(field, count);
        long[][] im = new long[count][FIELD.size()];
        // first those of the points, then those of the powers
        long[][] inverses = new long[2 * count][FIELD.size()];
        try {
            for (int i = 0; i < count; i++) {
                addMultiple(points[i], GeneratorTables.P, rb[i]);
                z.addMultiple(points[i], r[i]);
                MAP.denominator(inverses[i], points[i]);
                power(field, inverses[count + i], im[i], r[i]);
            }
            BatchInverse.invertAll(field, inverses, start);
            Encapsulation[] results = new Encapsulation[count];
            for (int i = 0; i < count; i++) {
                if (!isIdentity(points[i])) {
                    FIELD.multiply(im[i], im[i], inverses[count + i]);
                    results[i] = new Encapsulation(encode(points[i], inverses[i]), encode(im[i]));
                }
            }
            return results;
        } finally {
            wipe(points);
            wipe(im);
            wipe(inverses);
            field.wipeScratch();
        }
    }

    boolean[] isSum(ScalarSenderTable z, byte[][] rb, byte[][] r, byte[][] points) {
        SakkeField field = FIELD.withScratch();
        EdwardsPoint sum = new EdwardsPoint(field);
        long[] x = new long[FIELD.size()];
        long[] y = new long[FIELD.size()];
        long[] mask = new long[1];
        boolean[] same = new boolean[points.length];
        try {
            for (int i = 0; i < points.length; i++) {
                sum.setIdentity();
                addMultiple(sum, GeneratorTables.P, rb[i]);
                z.addMultiple(sum, r[i]);
                SakkePoints.coordinates(x, y, points[i]);
                MAP.isSame(mask, sum, x, y);
                same[i] = mask[0] != 0;
            }
            return same;
        } finally {
            sum.wipe();
            wipe(x, y);
            field.wipeScratch();
        }
    }

    /** By a table of all windows, which takes the time of some fifteen encapsulations to make. */
    ScalarSenderTable tableOf(byte[] zT) {
        FixedBaseTable table = new FixedBaseTable(SakkePoints.decode(zT));
        return (sum, r) -> addMultiple(sum, table, r);
    }

    /** By doublings, for a few encapsulations. */
    ScalarSenderTable multiplesOf(byte[] zT) {
        PointMultiples multiples = new PointMultiples(SakkePoints.decode(zT));
        return (sum, r) -> {
            EdwardsPoint multiple = new EdwardsPoint(FIELD);
            try {
                multiples.multiply(multiple, r);
                sum.add(multiple);
            } finally {
                multiple.wipe();
            }
        };
    }

    private static void addMultiple(EdwardsPoint sum, FixedBaseTable table, byte[] k) {
        WindowDigits digits = new WindowDigits(FixedBaseTable.WIDTH);
        try {
            digits.set(k);
            table.addMultiple(sum, digits);
        } finally {
            digits.wipe();
        }
    }

    private static void power(SakkeField field, long[] re, long[] im, byte[] exponent) {
        WindowDigits digits = new WindowDigits(PowerTable.WIDTH);
        try {
            digits.set(exponent);
            GeneratorTables.G.power(field, re, im, digits);
        } finally {
            digits.wipe();
        }
    }

    private static boolean isIdentity(EdwardsPoint point) {
        long[] mask = new long[1];
        point.isIdentity(mask);
        return mask[0] != 0;
    }

    private static byte[] encode(EdwardsPoint point, long[] inverse) {
        long[] x = new long[FIELD.size()];
        long[] y = new long[FIELD.size()];
        try {
            MAP.toWeierstrass(x, y, point, inverse);
            return SakkePoints.encode(x, y);
        } finally {
            wipe(x, y);
        }
    }

    private static byte[] encode(long[] element) {
        byte[] octets = new byte[SakkeField.OCTETS];
        FIELD.encode(octets, 0, element, 0);
        return octets;
    }

    private static EdwardsPoint[] newPoints(SakkeField field, int count) {
        EdwardsPoint[] points = new EdwardsPoint[count];
        Arrays.setAll(points, i -> new EdwardsPoint(field));
        return points;
    }

    private static void wipe(EdwardsPoint... points) {
        for (EdwardsPoint point : points) {
            point.wipe();
        }
    }

    private static void wipe(long[]... packs) {
        for (long[] pack : packs) {
            Arrays.fill(pack, 0);
        }
    }
}
