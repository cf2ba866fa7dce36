package org.mckms.mikeysakke.pairing;

import java.util.Arrays;
import org.mckms.mikeysakke.field.SakkeField;

/**
 * A pack of elements v = re + i im of F_p^2, i^2 = -1, that a pairing multiplies up.
 *
 * <p>What counts is v modulo factors of F_p, so that each line may be scaled as suits it and no power with the exponent p - 1 is ever
 * taken.
 */
final class PairingAccumulator {
    final long[] re;
    final long[] im;
    private final SakkeField field;
    private final long[] sum;
    private final long[] difference;

    /** v = 1. */
    PairingAccumulator(SakkeField field) {
        this.field = field;
        this.re = new long[field.size()];
        this.im = new long[field.size()];
        this.sum = new long[field.size()];
        this.difference = new long[field.size()];
        field.setOne(re);
        field.setZero(im);
    }

    /** v = {@code other}. */
    void set(PairingAccumulator other) {
        System.arraycopy(other.re, 0, re, 0, re.length);
        System.arraycopy(other.im, 0, im, 0, im.length);
    }

    /** v = v^2 = (re + im)(re - im) + 2 i re im: 2M. */
    void square() {
        field.add(sum, re, im);
        field.subtract(difference, re, im);
        field.tighten(difference, difference);
        field.add(im, im, im);
        field.multiply(im, im, re);
        field.multiply(re, sum, difference);
    }

    /** v = v (l0 + i l1), both loose. */
    void multiply(long[] l0, long[] l1) {
        field.multiplyComplex(re, im, l0, l1, re, im);
    }

    /** v = v (l0 + i), {@code l0} loose: 2M. */
    void multiplyPlusI(long[] l0) {
        field.multiply(sum, l0, re);
        field.multiply(difference, l0, im);
        field.subtract(sum, sum, im);
        field.add(difference, difference, re);
        field.tighten(re, sum);
        field.tighten(im, difference);
    }

    void wipe() {
        Arrays.fill(re, 0);
        Arrays.fill(im, 0);
        Arrays.fill(sum, 0);
        Arrays.fill(difference, 0);
    }
}
