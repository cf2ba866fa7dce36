package org.mckms.mikeysakke.curve;

import java.util.Arrays;
import org.mckms.mikeysakke.field.SakkeField;
import org.mckms.mikeysakke.field.ScalarSakkeField;

/**
 * The multiples 0 to 16 of one point A of the curve, of whatever order: for [k]A where a {@link FixedBaseTable} would cost more than it
 * saves, and where the order of A is not known. Additions and doublings have no exceptional case and all multiples are read for each
 * window, so both A and k may be secret. Whoever makes it wipes it.
 */
public final class PointMultiples {
    private static final int WIDTH = 5;
    private static final int LARGEST = 1 << WIDTH - 1;

    private final EdwardsPoint[] multiples = new EdwardsPoint[LARGEST + 1];

    /** The multiples of {@code a}, which is copied. */
    public PointMultiples(EdwardsPoint a) {
        SakkeField field = ScalarSakkeField.INSTANCE.withScratch();
        Arrays.setAll(multiples, i -> new EdwardsPoint(field));
        try {
            for (int i = 1; i <= LARGEST; i++) {
                multiples[i].set(multiples[i - 1]);
                multiples[i].add(a);
            }
        } finally {
            field.wipeScratch();
        }
    }

    /** result = [k]A for a scalar of 128 octets, big-endian, below 2^1022. */
    public void multiply(EdwardsPoint result, byte[] k) {
        SakkeField field = ScalarSakkeField.INSTANCE.withScratch();
        WindowDigits digits = new WindowDigits(WIDTH);
        EdwardsPoint sum = new EdwardsPoint(field);
        EdwardsPoint multiple = new EdwardsPoint(field);
        long[] mask = new long[1];
        try {
            digits.set(k);
            for (int i = digits.count() - 1; i >= 0; i--) {
                sum.twice(WIDTH);
                select(multiple, mask, digits.magnitude(i), digits.sign(i));
                sum.add(multiple);
            }
            result.set(sum);
        } finally {
            digits.wipe();
            sum.wipe();
            multiple.wipe();
            mask[0] = 0;
            field.wipeScratch();
        }
    }

    /** Leaves the sign in the mask. */
    private void select(EdwardsPoint multiple, long[] mask, int magnitude, long sign) {
        multiple.setIdentity();
        for (int i = 1; i <= LARGEST; i++) {
            mask[0] = TableScan.equalMask(magnitude, i);
            multiple.copyIf(multiples[i], mask);
        }
        mask[0] = sign;
        multiple.negateIf(mask);
    }

    /** Zeroes the multiples. */
    public void wipe() {
        for (EdwardsPoint multiple : multiples) {
            multiple.wipe();
        }
    }
}
