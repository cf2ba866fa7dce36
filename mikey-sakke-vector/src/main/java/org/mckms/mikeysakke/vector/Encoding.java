package org.mckms.mikeysakke.vector;

import java.util.Arrays;
import org.mckms.mikeysakke.field.SakkeField;

/**
 * The lanes of a pack of numbers one by one: as 43 limbs of 0 to 2^24 - 1, and as 128 big-endian octets. A limb has the bits of three
 * octets.
 */
final class Encoding {
    private static final int OCTETS_IN_LIMB = Modulus.BITS / Byte.SIZE;
    private static final long BASE = 1L << Modulus.BITS;
    private static final long[] P = Arrays.stream(Modulus.MODULUS, 0, Modulus.LIMBS)
            .mapToLong(limb -> (long) limb)
            .toArray();

    private Encoding() {}

    /** Sets a lane of the pack, in signed limbs; the others stay. */
    static void setNumber(long[] pack, int lane, long[] limbs) {
        long carry = 0;
        for (int i = 0; i < Modulus.LIMBS; i++) {
            long limb = limbs[i] + carry;
            carry = limb + BASE / 2 >> Modulus.BITS;
            pack[i * Lanes.COUNT + lane] = Double.doubleToRawLongBits((double) (limb - carry * BASE));
        }
        pack[Modulus.LIMBS * Lanes.COUNT + lane] = 0;
    }

    /** The number from 0 to p - 1 that a lane is modulo p; it holds one between -p and p. */
    static void number(long[] limbs, long[] pack, int lane) {
        for (int i = 0; i < Modulus.LIMBS; i++) {
            limbs[i] = (long) Double.longBitsToDouble(pack[i * Lanes.COUNT + lane]);
        }
        carry(limbs);
        long negative = limbs[Modulus.LIMBS - 1] >> 63;
        for (int i = 0; i < Modulus.LIMBS; i++) {
            limbs[i] += P[i] & negative;
        }
        carry(limbs);
    }

    /** Limbs from 0 to 2^24 - 1, and in the last one the sign. */
    private static void carry(long[] limbs) {
        for (int i = 0; i < Modulus.LIMBS - 1; i++) {
            limbs[i + 1] += limbs[i] >> Modulus.BITS;
            limbs[i] &= BASE - 1;
        }
    }

    static void read(long[] pack, int lane, byte[] octets, int from) {
        long[] limbs = new long[Modulus.LIMBS];
        try {
            for (int i = 0; i < SakkeField.OCTETS; i++) {
                long octet = octets[from + SakkeField.OCTETS - 1 - i] & 0xFFL;
                limbs[i / OCTETS_IN_LIMB] |= octet << Byte.SIZE * (i % OCTETS_IN_LIMB);
            }
            setNumber(pack, lane, limbs);
        } finally {
            Arrays.fill(limbs, 0);
        }
    }

    static void write(byte[] octets, int to, long[] pack, int lane) {
        long[] limbs = new long[Modulus.LIMBS];
        try {
            number(limbs, pack, lane);
            for (int i = 0; i < SakkeField.OCTETS; i++) {
                long limb = limbs[i / OCTETS_IN_LIMB];
                octets[to + SakkeField.OCTETS - 1 - i] = (byte) (limb >> Byte.SIZE * (i % OCTETS_IN_LIMB));
            }
        } finally {
            Arrays.fill(limbs, 0);
        }
    }
}
