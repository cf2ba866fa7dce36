package org.mckms.mikeysakke.core;

import java.security.SecureRandom;
import org.mckms.mikeysakke.field.BatchInverse;
import org.mckms.mikeysakke.field.ScalarSakkeField;

/** The core in plain Java, one element at a time, for any processor; ready at once. */
public final class ScalarSakkeCore implements SakkeCore {
    private static final ScalarSakkeField FIELD = ScalarSakkeField.INSTANCE;

    private final ScalarFixedBase fixedBase;
    private final CorePairing pairing = new CorePairing(FIELD);

    /**
     * A core that multiplies what it inverts by a random factor, in addition to inverting in constant time.
     *
     * @param random thread safe
     */
    public ScalarSakkeCore(SecureRandom random) {
        this.fixedBase = new ScalarFixedBase(() -> BatchInverse.randomStart(FIELD, random));
    }

    /** A core without randomness, which relies on the inversion being constant in time. */
    public ScalarSakkeCore() {
        this.fixedBase = new ScalarFixedBase(ScalarSakkeCore::one);
    }

    private static long[] one() {
        long[] one = new long[FIELD.size()];
        FIELD.setOne(one);
        return one;
    }

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public byte[][] multiplyGenerator(byte[][] k) {
        return fixedBase.multiplyGenerator(k);
    }

    @Override
    public SenderTable senderTable(byte[] zT) {
        return fixedBase.tableOf(zT);
    }

    /** What serves as {@link #senderTable} for a few uses: it is ready at once, but each use takes three times as long. */
    public SenderTable smallSenderTable(byte[] zT) {
        return fixedBase.multiplesOf(zT);
    }

    @Override
    public Encapsulation[] encapsulate(SenderTable z, byte[][] rb, byte[][] r) {
        return fixedBase.encapsulate((ScalarSenderTable) z, rb, r);
    }

    @Override
    public boolean[] isSum(SenderTable z, byte[][] rb, byte[][] r, byte[][] points) {
        return fixedBase.isSum((ScalarSenderTable) z, rb, r, points);
    }

    @Override
    public byte[][] pair(byte[][] a, byte[][] b) {
        return pairing.pair(a, b);
    }

    @Override
    public LineTable lineTable(byte[] a) {
        return pairing.lineTable(a);
    }

    @Override
    public byte[][] pair(LineTable a, byte[][] b) {
        return pairing.pair(a, b);
    }
}
