package org.mckms.mikeysakke.pairing;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.mckms.mikeysakke.Sha256;
import org.mckms.mikeysakke.curve.TableScan;
import org.mckms.mikeysakke.curve.WindowDigits;
import org.mckms.mikeysakke.field.BatchInverse;
import org.mckms.mikeysakke.field.SakkeField;
import org.mckms.mikeysakke.field.ScalarSakkeField;

/**
 * The powers g^(j 2^(w i)), j = 1 to 2^(w-1), for each window i of an exponent, of the generator g of the group that the pairing maps to:
 * a power of g is then a product of one entry per window.
 *
 * <p>An element of that group is a class of F_p^2 modulo F_p (RFC 6508 clause 3.2), so an entry is the one element t of 1 + i t, a
 * product with it takes two multiplications, and 1 - i t is its inverse. Reading goes through all entries of a window, so that no
 * address depends on the exponent. Public data, immutable, thread safe.
 */
public final class PowerTable {
    /** Bits of a window. */
    public static final int WIDTH = 6;

    /** g = pairing(P, P) of parameter set 1 (RFC 6509 appendix A). */
    private static final byte[] GENERATOR = HexFormat.of()
            .parseHex("66FC2A432B6EA392148F15867D623068C6A87BD1FB94C41E27FABE658E015A87"
                    + "371E94744C96FEDA449AE9563F8BC446CBFDA85D5D00EF577072DA8F541721BE"
                    + "EE0FAED1828EAB90B99DFB0138C7843355DF0460B4A9FD74B4F1A32BCAFA1FFA"
                    + "D682C033A7942BCCE3720F20B9B7B0403C8CAE87B7A0042ACDE0FAB36461EA46");

    private static final ScalarSakkeField FIELD = ScalarSakkeField.INSTANCE;
    private static final int ENTRIES = 1 << WIDTH - 1;
    private static final int LIMBS = FIELD.size();

    /** A mask for the windows before which the sums are tightened: every eighth, so that they have at most nine tight terms. */
    private static final int TIGHTEN = 7;

    /** For each window its entries one after the other. */
    private final long[][] windows;

    /** The table of g. */
    public PowerTable() {
        windows = new long[WindowDigits.count(WIDTH)][ENTRIES * LIMBS];
        SakkeField field = FIELD.withScratch();
        long[] unit = new long[LIMBS];
        FIELD.decode(unit, 0, GENERATOR, 0);
        for (long[] window : windows) {
            unit = write(field, window, unit);
        }
    }

    /** g, 128 octets. */
    public static byte[] generator() {
        return GENERATOR.clone();
    }

    /** Fills a window with u = 1 + i {@code unit} and its powers; the result is that of u^(2^w). */
    private static long[] write(SakkeField field, long[] window, long[] unit) {
        long[][] re = new long[ENTRIES + 1][LIMBS];
        long[][] im = new long[ENTRIES + 1][LIMBS];
        field.setOne(re[0]);
        System.arraycopy(unit, 0, im[0], 0, LIMBS);
        for (int i = 1; i < ENTRIES; i++) {
            field.multiplyComplex(re[i], im[i], re[i - 1], im[i - 1], re[0], im[0]);
        }
        long[] lastRe = re[ENTRIES - 1];
        long[] lastIm = im[ENTRIES - 1];
        field.multiplyComplex(re[ENTRIES], im[ENTRIES], lastRe, lastIm, lastRe, lastIm);
        long[] one = new long[LIMBS];
        field.setOne(one);
        BatchInverse.invertAll(field, re, one);
        for (int i = 0; i <= ENTRIES; i++) {
            field.multiply(im[i], im[i], re[i]);
        }
        for (int i = 0; i < ENTRIES; i++) {
            System.arraycopy(im[i], 0, window, i * LIMBS, LIMBS);
        }
        return im[ENTRIES];
    }

    /**
     * re + i im = a number of the class g^exponent, both tight; the class is im/re.
     *
     * @param field the scalar field, with scratch or without
     */
    public void power(SakkeField field, long[] re, long[] im, WindowDigits exponent) {
        long[] t = new long[LIMBS];
        long[] product = new long[LIMBS];
        long[] mask = new long[1];
        try {
            field.setOne(re);
            field.setZero(im);
            for (int i = 0; i < windows.length; i++) {
                if ((i & TIGHTEN) == 0) {
                    field.tighten(re, re);
                    field.tighten(im, im);
                }
                // zero, for the class of 1, where the digit is zero
                TableScan.select(t, windows[i], exponent.magnitude(i));
                mask[0] = exponent.sign(i);
                field.negateIf(t, t, mask);
                field.multiply(product, im, t);
                field.multiply(t, re, t);
                field.subtract(re, re, product);
                field.add(im, im, t);
            }
            field.tighten(re, re);
            field.tighten(im, im);
        } finally {
            Arrays.fill(t, 0);
            Arrays.fill(product, 0);
        }
    }

    /** SHA-256 over the encodings of all entries, the same however the field holds them. */
    public byte[] digest() {
        MessageDigest digest = Sha256.digest();
        byte[] octets = new byte[SakkeField.OCTETS];
        long[] element = new long[LIMBS];
        for (long[] window : windows) {
            for (int i = 0; i < window.length; i += LIMBS) {
                System.arraycopy(window, i, element, 0, LIMBS);
                FIELD.encode(octets, 0, element, 0);
                digest.update(octets);
            }
        }
        return digest.digest();
    }
}
