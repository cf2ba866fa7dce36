package org.mckms.mikeysakke.pairing;

import org.mckms.mikeysakke.field.SakkeField;

/**
 * Counts what a calculation costs, in multiplications of the scalar field: a product of limbs is 0.44 of one, a square of limbs 0.34 and
 * a reduction 0.56.
 */
final class CountingField implements SakkeField {
    private final SakkeField field;
    private int products;
    private int squares;
    private int reductions;
    private int inversions;

    CountingField(SakkeField field) {
        this.field = field;
    }

    double multiplications() {
        return 0.44 * products + 0.34 * squares + 0.56 * reductions;
    }

    int inversions() {
        return inversions;
    }

    @Override
    public int lanes() {
        return field.lanes();
    }

    @Override
    public int size() {
        return field.size();
    }

    @Override
    public void setZero(long[] r) {
        field.setZero(r);
    }

    @Override
    public void setOne(long[] r) {
        field.setOne(r);
    }

    @Override
    public void multiply(long[] r, long[] a, long[] b) {
        products++;
        reductions++;
        field.multiply(r, a, b);
    }

    @Override
    public void square(long[] r, long[] a) {
        squares++;
        reductions++;
        field.square(r, a);
    }

    @Override
    public void multiplyAdd(long[] r, long[] a, long[] b, long[] c, long[] d) {
        products += 2;
        reductions++;
        field.multiplyAdd(r, a, b, c, d);
    }

    @Override
    public void multiplySubtract(long[] r, long[] a, long[] b, long[] c, long[] d) {
        products += 2;
        reductions++;
        field.multiplySubtract(r, a, b, c, d);
    }

    @Override
    public void multiplySum(long[] r, long[][] a, int from, long[][] b, int terms) {
        products += terms;
        reductions++;
        field.multiplySum(r, a, from, b, terms);
    }

    @Override
    public void multiplyComplex(long[] r0, long[] r1, long[] a0, long[] a1, long[] b0, long[] b1) {
        products += 3;
        reductions += 2;
        field.multiplyComplex(r0, r1, a0, a1, b0, b1);
    }

    @Override
    public void add(long[] r, long[] a, long[] b) {
        field.add(r, a, b);
    }

    @Override
    public void subtract(long[] r, long[] a, long[] b) {
        field.subtract(r, a, b);
    }

    @Override
    public void tighten(long[] r, long[] a) {
        field.tighten(r, a);
    }

    @Override
    public void negateIf(long[] r, long[] a, long[] masks) {
        field.negateIf(r, a, masks);
    }

    @Override
    public void copyIf(long[] r, long[] a, long[] masks) {
        field.copyIf(r, a, masks);
    }

    @Override
    public void isZero(long[] masks, long[] a) {
        field.isZero(masks, a);
    }

    @Override
    public void invert(long[] r, long[] a) {
        inversions++;
        field.invert(r, a);
    }

    @Override
    public void decode(long[] r, int lane, byte[] octets, int from) {
        field.decode(r, lane, octets, from);
    }

    @Override
    public void encode(byte[] octets, int to, long[] a, int lane) {
        field.encode(octets, to, a, lane);
    }
}
