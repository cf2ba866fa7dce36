package org.mckms.mikeysakke.pairing;

import org.mckms.mikeysakke.field.SakkeField;

/** A field of several lanes, made of one of a single lane, to test formulas over packs without a vector processor. */
final class LanesField implements SakkeField {
    private final SakkeField field;
    private final int lanes;

    LanesField(SakkeField field, int lanes) {
        this.field = field;
        this.lanes = lanes;
    }

    private interface Operation {
        void on(long[][] elements, long[] masks);
    }

    /** Does an operation in each lane, the first pack being its result or only operand. */
    private void each(Operation operation, long[] masks, long[]... packs) {
        int size = field.size();
        long[][] elements = new long[packs.length][size];
        long[] mask = new long[1];
        for (int lane = 0; lane < lanes; lane++) {
            mask[0] = masks.length == 0 ? 0 : masks[lane];
            for (int i = 0; i < packs.length; i++) {
                System.arraycopy(packs[i], lane * size, elements[i], 0, size);
            }
            operation.on(elements, mask);
            System.arraycopy(elements[0], 0, packs[0], lane * size, size);
            if (masks.length > 0) {
                masks[lane] = mask[0];
            }
        }
    }

    @Override
    public int lanes() {
        return lanes;
    }

    @Override
    public int size() {
        return lanes * field.size();
    }

    @Override
    public void setZero(long[] r) {
        each((e, mask) -> field.setZero(e[0]), new long[0], r);
    }

    @Override
    public void setOne(long[] r) {
        each((e, mask) -> field.setOne(e[0]), new long[0], r);
    }

    @Override
    public void multiply(long[] r, long[] a, long[] b) {
        each((e, mask) -> field.multiply(e[0], e[1], e[2]), new long[0], r, a, b);
    }

    @Override
    public void square(long[] r, long[] a) {
        each((e, mask) -> field.square(e[0], e[1]), new long[0], r, a);
    }

    @Override
    public void multiplyAdd(long[] r, long[] a, long[] b, long[] c, long[] d) {
        each((e, mask) -> field.multiplyAdd(e[0], e[1], e[2], e[3], e[4]), new long[0], r, a, b, c, d);
    }

    @Override
    public void multiplySubtract(long[] r, long[] a, long[] b, long[] c, long[] d) {
        each((e, mask) -> field.multiplySubtract(e[0], e[1], e[2], e[3], e[4]), new long[0], r, a, b, c, d);
    }

    @Override
    public void add(long[] r, long[] a, long[] b) {
        each((e, mask) -> field.add(e[0], e[1], e[2]), new long[0], r, a, b);
    }

    @Override
    public void subtract(long[] r, long[] a, long[] b) {
        each((e, mask) -> field.subtract(e[0], e[1], e[2]), new long[0], r, a, b);
    }

    @Override
    public void tighten(long[] r, long[] a) {
        each((e, mask) -> field.tighten(e[0], e[1]), new long[0], r, a);
    }

    @Override
    public void negateIf(long[] r, long[] a, long[] masks) {
        each((e, mask) -> field.negateIf(e[0], e[1], mask), masks, r, a);
    }

    @Override
    public void copyIf(long[] r, long[] a, long[] masks) {
        each((e, mask) -> field.copyIf(e[0], e[1], mask), masks, r, a);
    }

    @Override
    public void isZero(long[] masks, long[] a) {
        each((e, mask) -> field.isZero(mask, e[0]), masks, a);
    }

    @Override
    public void invert(long[] r, long[] a) {
        each((e, mask) -> field.invert(e[0], e[1]), new long[0], r, a);
    }

    @Override
    public void decode(long[] r, int lane, byte[] octets, int from) {
        long[] element = new long[field.size()];
        field.decode(element, 0, octets, from);
        System.arraycopy(element, 0, r, lane * field.size(), field.size());
    }

    @Override
    public void encode(byte[] octets, int to, long[] a, int lane) {
        long[] element = new long[field.size()];
        System.arraycopy(a, lane * field.size(), element, 0, field.size());
        field.encode(octets, to, element, 0);
    }
}
