package org.mckms.mikeysakke.vector;

import java.util.Arrays;
import org.mckms.mikeysakke.field.BatchInverse;
import org.mckms.mikeysakke.field.SakkeField;
import org.mckms.mikeysakke.field.ScalarSakkeField;
import org.mckms.mikeysakke.pairing.PowerTable;

/**
 * The powers g^(j 2^(5 i)), j = 1 to 16, of the generator g of the pairing's group for each window i of an exponent. An entry is the t of
 * 1 + i t, as in {@link PowerTable}. Public data, immutable, thread safe.
 */
final class LanePowerTable {
    /** The sums are tightened every so many steps, so that they have at most nine tight terms. */
    private static final int TIGHTEN = 8;

    private final VectorSakkeField field;
    private final LaneTable table = new LaneTable(1);

    LanePowerTable(VectorSakkeField field) {
        this.field = field;
        ScalarSakkeField scalar = ScalarSakkeField.INSTANCE;
        long[] re = new long[scalar.size()];
        long[] im = new long[scalar.size()];
        scalar.setOne(re);
        scalar.decode(im, 0, PowerTable.generator(), 0);
        for (int step = 0; step < LaneDigits.SPREAD; step++) {
            fill(step, re, im);
        }
    }

    private void fill(int step, long[] unitRe, long[] unitIm) {
        long[][] re = new long[TableScan.ENTRIES][field.size()];
        long[][] im = new long[TableScan.ENTRIES][field.size()];
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            copy(re[0], lane, unitRe);
            copy(im[0], lane, unitIm);
            for (int i = 0; i < LaneDigits.WIDTH; i++) {
                ScalarSakkeField.INSTANCE.multiplyComplex(
                        unitRe, unitIm, unitRe, unitIm, unitRe.clone(), unitIm.clone());
            }
        }
        for (int i = 1; i < re.length; i++) {
            field.multiplyComplex(re[i], im[i], re[i - 1], im[i - 1], re[0], im[0]);
        }
        long[] one = new long[field.size()];
        field.setOne(one);
        BatchInverse.invertAll(field, re, one);
        for (int i = 0; i < re.length; i++) {
            field.multiply(im[i], im[i], re[i]);
            table.put(step, i, 0, im[i]);
        }
    }

    private void copy(long[] pack, int lane, long[] scalar) {
        byte[] octets = new byte[SakkeField.OCTETS];
        ScalarSakkeField.INSTANCE.encode(octets, 0, scalar, 0);
        field.decode(pack, lane, octets, 0);
    }

    /** re + i im = a number of the class g^k: in each lane for one scalar spread over the lanes, or for the scalar of the lane. */
    void power(long[] re, long[] im, LaneDigits k) {
        int[] entry = table.newEntry();
        long[] t = new long[field.size()];
        long[] product = new long[field.size()];
        try {
            field.setOne(re);
            field.setZero(im);
            for (int step = 0; step < k.steps(); step++) {
                k.set(step);
                table.read(entry, step, k);
                convert(t, entry, k.signs);
                field.multiply(product, im, t);
                field.multiply(t, re, t);
                field.subtract(re, re, product);
                field.add(im, im, t);
                if (step % TIGHTEN == 0) {
                    field.tighten(re, re);
                    field.tighten(im, im);
                }
            }
            field.tighten(re, re);
            field.tighten(im, im);
            if (k.isSpread()) {
                multiplyLanes(re, im, t, product);
            }
        } finally {
            Arrays.fill(entry, 0);
            Arrays.fill(t, 0);
            Arrays.fill(product, 0);
        }
    }

    /** The entries as packs, negated where the sign is all ones. */
    private static void convert(long[] t, int[] entry, int[] signs) {
        for (int i = 0; i < t.length; i += Lanes.COUNT) {
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                int sign = signs[lane];
                t[i + lane] = Double.doubleToRawLongBits((double) ((entry[i + lane] ^ sign) - sign));
            }
        }
    }

    /** In each lane the product of all lanes. */
    private void multiplyLanes(long[] re, long[] im, long[] otherRe, long[] otherIm) {
        for (int distance = Lanes.COUNT / 2; distance > 0; distance /= 2) {
            LaneRotation.rotate(otherRe, re, distance);
            LaneRotation.rotate(otherIm, im, distance);
            field.multiplyComplex(re, im, re, im, otherRe, otherIm);
        }
    }
}
