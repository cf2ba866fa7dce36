package org.mckms.mikeysakke.field;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Inverses of many packs by one inversion and three products each (P. Montgomery, "Speeding the Pollard and elliptic curve methods of
 * factorization", 1987). Constant in time.
 *
 * <p>A batch of secrets that belong to several owners starts from a random factor, so that what is inverted does not depend on the
 * secrets alone. Where there is no source of randomness at hand, 1 will do if the table is public, or if all elements come from one
 * operation for one owner: the steps of a pairing, a single multiple of P. Such an inversion relies on {@link ModularInverse}, whose
 * steps are the same for all values.
 */
public final class BatchInverse {
    private BatchInverse() {}

    /**
     * Replaces each element by its inverse. Zero stays zero and does not affect the others.
     *
     * @param packs tight, distinct arrays; tight afterwards
     * @param start the factor that the chain of products starts with, tight, zero in no lane: with a random one no inverted value
     *     depends on the secrets alone
     */
    public static void invertAll(SakkeField field, long[][] packs, long[] start) {
        int size = field.size();
        long[][] before = new long[packs.length][size];
        long[][] factors = new long[packs.length][size];
        long[] product = start.clone();
        long[] zero = new long[size];
        long[] one = new long[size];
        field.setZero(zero);
        long[] masks = new long[field.lanes()];
        field.setOne(one);
        try {
            for (int i = 0; i < packs.length; i++) {
                System.arraycopy(packs[i], 0, factors[i], 0, size);
                field.isZero(masks, packs[i]);
                field.copyIf(factors[i], one, masks);
                System.arraycopy(product, 0, before[i], 0, size);
                field.multiply(product, product, factors[i]);
            }
            field.invert(product, product);
            for (int i = packs.length - 1; i >= 0; i--) {
                field.multiply(before[i], before[i], product);
                field.multiply(product, product, factors[i]);
                field.isZero(masks, packs[i]);
                field.copyIf(before[i], zero, masks);
                System.arraycopy(before[i], 0, packs[i], 0, size);
            }
        } finally {
            Arrays.fill(product, 0);
            wipe(before);
            wipe(factors);
        }
    }

    /** As {@link #invertAll(SakkeField, long[][], long[])} with a factor made for this batch, which is wiped. */
    public static void invertAll(SakkeField field, long[][] packs, Supplier<long[]> start) {
        long[] factor = start.get();
        try {
            invertAll(field, packs, factor);
        } finally {
            Arrays.fill(factor, 0);
        }
    }

    private static void wipe(long[][] packs) {
        for (long[] pack : packs) {
            Arrays.fill(pack, 0);
        }
    }

    /** A random factor to start with, tight and zero in no lane. */
    public static long[] randomStart(SakkeField field, SecureRandom random) {
        long[] start = new long[field.size()];
        byte[] octets = new byte[SakkeField.OCTETS];
        for (int lane = 0; lane < field.lanes(); lane++) {
            random.nextBytes(octets);
            // 2^1023 < p, and odd is not zero
            octets[0] &= 0x7F;
            octets[SakkeField.OCTETS - 1] |= 1;
            field.decode(start, lane, octets, 0);
        }
        Arrays.fill(octets, (byte) 0);
        return start;
    }
}
