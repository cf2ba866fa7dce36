package org.mckms.mikeysakke.vector;

import java.util.Arrays;
import org.mckms.mikeysakke.curve.EdwardsPoint;
import org.mckms.mikeysakke.curve.SakkePoints;
import org.mckms.mikeysakke.field.BatchInverse;
import org.mckms.mikeysakke.field.SakkeField;
import org.mckms.mikeysakke.field.ScalarSakkeField;

/**
 * The multiples j 2^(5 i) B, j = 1 to 16, of a public point B of order q for each window i of a scalar, with the same entries as {@link
 * org.mckms.mikeysakke.curve.FixedBaseTable}. Public data, immutable, thread safe.
 */
final class LanePointTable {
    private final VectorSakkeField field;
    private final LaneTable table = new LaneTable(3);

    /** @param point 257 octets, of order q */
    LanePointTable(VectorSakkeField field, byte[] point) {
        this.field = field;
        EdwardsPoint unit = SakkePoints.decode(point);
        for (int step = 0; step < LaneDigits.SPREAD; step++) {
            fill(step, units(unit));
        }
    }

    /** 2^(5 l) times the point in lane l; the point becomes 2^40 times itself. */
    private EdwardsPoint units(EdwardsPoint unit) {
        long[][] packs = new long[4][field.size()];
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            long[][] coordinates = {unit.x(), unit.y(), unit.z(), unit.t()};
            for (int k = 0; k < packs.length; k++) {
                copy(packs[k], lane, coordinates[k]);
            }
            unit.twice(LaneDigits.WIDTH);
        }
        EdwardsPoint units = new EdwardsPoint(field);
        units.set(packs[0], packs[1], packs[2], packs[3]);
        return units;
    }

    private void copy(long[] pack, int lane, long[] scalar) {
        byte[] octets = new byte[SakkeField.OCTETS];
        ScalarSakkeField.INSTANCE.encode(octets, 0, scalar, 0);
        field.decode(pack, lane, octets, 0);
    }

    private void fill(int step, EdwardsPoint units) {
        EdwardsPoint[] multiples = new EdwardsPoint[TableScan.ENTRIES];
        long[][] inverses = new long[TableScan.ENTRIES][];
        for (int i = 0; i < multiples.length; i++) {
            multiples[i] = new EdwardsPoint(field);
            multiples[i].set(i == 0 ? units : multiples[i - 1]);
            if (i > 0) {
                multiples[i].add(units);
            }
            inverses[i] = multiples[i].z().clone();
        }
        long[] x = new long[field.size()];
        long[] y = new long[field.size()];
        long[] value = new long[field.size()];
        field.setOne(value);
        BatchInverse.invertAll(field, inverses, value);
        for (int i = 0; i < multiples.length; i++) {
            field.multiply(x, multiples[i].x(), inverses[i]);
            field.multiply(y, multiples[i].y(), inverses[i]);
            field.add(value, y, x);
            field.tighten(value, value);
            table.put(step, i, 0, value);
            field.subtract(value, y, x);
            field.tighten(value, value);
            table.put(step, i, 1, value);
            field.add(x, x, x);
            field.multiply(value, x, y);
            table.put(step, i, 2, value);
        }
    }

    /** sum = sum + [k]B of one scalar spread over the lanes, or of the scalar of each lane. */
    void addMultiple(EdwardsPoint sum, LaneDigits k) {
        int[] entry = table.newEntry();
        long[][] packs = new long[3][field.size()];
        try {
            for (int step = 0; step < k.steps(); step++) {
                k.set(step);
                table.read(entry, step, k);
                PointEntry.split(packs[0], packs[1], packs[2], entry, k.signs, k.zeros);
                sum.addAffine(packs[0], packs[1], packs[2]);
            }
        } finally {
            Arrays.fill(entry, 0);
            for (long[] pack : packs) {
                Arrays.fill(pack, 0);
            }
        }
    }
}
