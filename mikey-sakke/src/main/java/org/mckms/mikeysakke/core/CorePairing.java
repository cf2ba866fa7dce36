package org.mckms.mikeysakke.core;

import org.mckms.mikeysakke.field.SakkeField;
import org.mckms.mikeysakke.pairing.FixedPointPairing;
import org.mckms.mikeysakke.pairing.Pairing;

/** The pairings of a {@link SakkeCore} that calculates with a given field. Thread safe. */
public final class CorePairing {
    private final SakkeField field;
    private final Pairing pairing;

    /** Pairings of as many points at once as the field has lanes. */
    public CorePairing(SakkeField field) {
        this.field = field;
        this.pairing = new Pairing(field);
    }

    /** As {@link SakkeCore#pair(byte[][], byte[][])}. */
    public byte[][] pair(byte[][] a, byte[][] b) {
        return pairing.pair(a, b);
    }

    /** As {@link SakkeCore#lineTable}. */
    public LineTable lineTable(byte[] a) {
        return new Table(new FixedPointPairing(field, a));
    }

    /** As {@link SakkeCore#pair(LineTable, byte[][])}; the table comes from {@link #lineTable}. */
    public byte[][] pair(LineTable a, byte[][] b) {
        return ((Table) a).pairing.pair(b);
    }

    private static final class Table implements LineTable {
        private final FixedPointPairing pairing;

        Table(FixedPointPairing pairing) {
            this.pairing = pairing;
        }

        @Override
        public void close() {
            pairing.close();
        }
    }
}
