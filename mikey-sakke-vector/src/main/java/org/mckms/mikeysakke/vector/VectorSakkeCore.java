package org.mckms.mikeysakke.vector;

import java.security.SecureRandom;
import org.mckms.mikeysakke.core.CorePairing;
import org.mckms.mikeysakke.core.Encapsulation;
import org.mckms.mikeysakke.core.LineTable;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.core.SenderTable;
import org.mckms.mikeysakke.field.ScalarSakkeField;

/**
 * The core for processors with vectors of 512 bits: batches in groups of eight, one in each lane, and what is left one by one with each
 * spread over the lanes. It has to warm up: before its methods are compiled it is slower than the scalar core by far.
 */
public final class VectorSakkeCore implements SakkeCore {
    private final VectorFixedBase fixedBase;
    private final CorePairing pairing;
    private final CorePairing scalarPairing = new CorePairing(ScalarSakkeField.INSTANCE);

    /** @param random for the factors that inversions start from; thread safe */
    public VectorSakkeCore(SecureRandom random) {
        VectorSakkeField field = new VectorSakkeField();
        this.fixedBase = new VectorFixedBase(field, random);
        this.pairing = new CorePairing(field);
    }

    @Override
    public String name() {
        return "vector of " + Lanes.COUNT + " lanes, JDK " + Runtime.version().feature();
    }

    @Override
    public byte[][] multiplyGenerator(byte[][] k) {
        byte[][] multiples = new byte[k.length][];
        Groups.forEach(
                k.length, Groups.FIXED_BASE, group -> group.put(multiples, fixedBase.multiplyGenerator(group.of(k))));
        return multiples;
    }

    @Override
    public SenderTable senderTable(byte[] zT) {
        return fixedBase.senderTable(zT);
    }

    @Override
    public Encapsulation[] encapsulate(SenderTable z, byte[][] rb, byte[][] r) {
        VectorFixedBase.Sender sender = (VectorFixedBase.Sender) z;
        Encapsulation[] results = new Encapsulation[r.length];
        Groups.forEach(
                r.length,
                Groups.FIXED_BASE,
                group -> group.put(results, fixedBase.encapsulate(sender, group.of(rb), group.of(r))));
        return results;
    }

    @Override
    public boolean[] isSum(SenderTable z, byte[][] rb, byte[][] r, byte[][] points) {
        VectorFixedBase.Sender sender = (VectorFixedBase.Sender) z;
        boolean[] results = new boolean[r.length];
        Groups.forEach(r.length, Groups.FIXED_BASE, group -> {
            boolean[] same = fixedBase.isSum(sender, group.of(rb), group.of(r), group.of(points));
            System.arraycopy(same, 0, results, group.first(), group.count());
        });
        return results;
    }

    @Override
    public byte[][] pair(byte[][] a, byte[][] b) {
        byte[][] values = new byte[b.length][];
        Groups.forEach(b.length, Groups.PAIRING, group -> {
            CorePairing by = group.isSingle() ? scalarPairing : pairing;
            group.put(values, by.pair(group.of(a), group.of(b)));
        });
        return values;
    }

    @Override
    public LineTable lineTable(byte[] a) {
        LineTable one = scalarPairing.lineTable(a);
        return new Lines(one, pairing.lineTable(a));
    }

    @Override
    public byte[][] pair(LineTable a, byte[][] b) {
        Lines lines = (Lines) a;
        byte[][] values = new byte[b.length][];
        Groups.forEach(b.length, Groups.PAIRING, group -> {
            byte[][] points = group.of(b);
            group.put(
                    values,
                    group.isSingle() ? scalarPairing.pair(lines.one, points) : pairing.pair(lines.eight, points));
        });
        return values;
    }

    /** The lines for one point at a time and for eight. */
    private static final class Lines implements LineTable {
        private final LineTable one;
        private final LineTable eight;

        Lines(LineTable one, LineTable eight) {
            this.one = one;
            this.eight = eight;
        }

        @Override
        public void close() {
            one.close();
            eight.close();
        }
    }
}
