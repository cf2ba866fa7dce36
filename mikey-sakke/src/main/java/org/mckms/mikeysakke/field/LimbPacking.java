package org.mckms.mikeysakke.field;

import java.util.Arrays;

/**
 * Moves a non-negative integer between arrays of limbs of different widths and big-endian octets.
 *
 * <p>A limb array is little-endian; each limb has the stated number of significant bits and zeros above them. The sequence of
 * operations depends on the lengths and widths only.
 */
final class LimbPacking {
    private static final int OCTET = 8;
    private static final int MAX_BITS = 64;

    private LimbPacking() {}

    /** The lowest {@code bits} bits set, {@code bits} from 1 to 64. */
    static long mask(int bits) {
        return -1L >>> (MAX_BITS - bits);
    }

    /** to = from in limbs of another width; bits beyond the end of {@code to} are dropped, missing ones are zero. */
    static void repack(long[] to, int toBits, long[] from, int fromBits) {
        int limb = 0;
        int used = 0;
        for (int i = 0; i < to.length; i++) {
            long gathered = 0;
            int filled = 0;
            while (filled < toBits && limb < from.length) {
                int bits = Math.min(fromBits - used, toBits - filled);
                gathered |= (from[limb] >>> used & mask(bits)) << filled;
                filled += bits;
                used += bits;
                if (used == fromBits) {
                    used = 0;
                    limb++;
                }
            }
            to[i] = gathered;
        }
    }

    /** to = the value of {@code length} big-endian octets from index {@code start}; bits beyond the end of {@code to} are dropped. */
    static void fromOctets(long[] to, int bits, byte[] octets, int start, int length) {
        Arrays.fill(to, 0);
        int limb = 0;
        int shift = 0;
        for (int i = start + length - 1; i >= start && limb < to.length; i--) {
            long octet = octets[i] & 0xFFL;
            to[limb] |= octet << shift & mask(bits);
            shift += OCTET;
            if (shift >= bits) {
                shift -= bits;
                limb++;
                if (limb < to.length) {
                    to[limb] = octet >>> (OCTET - shift);
                }
            }
        }
    }

    /** Writes the lowest 8 {@code length} bits of {@code from} as big-endian octets from index {@code start}. */
    static void toOctets(byte[] octets, int start, int length, long[] from, int bits) {
        int limb = 0;
        int used = 0;
        for (int i = start + length - 1; i >= start; i--) {
            long octet = limb < from.length ? from[limb] >>> used : 0;
            used += OCTET;
            if (used >= bits) {
                used -= bits;
                limb++;
                if (limb < from.length) {
                    octet |= from[limb] << (OCTET - used);
                }
            }
            octets[i] = (byte) octet;
        }
    }
}
