package org.mckms.kms.domain;

import java.util.Arrays;
import org.mckms.mikeysakke.Octets;

/**
 * Reduces a secret integer modulo a public one. The sequence of operations and addresses depends on the two lengths only,
 * never on the secret.
 */
final class ScalarReduction {

    /** Order of P-256 (FIPS 186-4 clause D.1.2.3), 32 octets. */
    static final Octets ECCSI_ORDER =
            Octets.fromHex("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    /** Order q of SAKKE parameter set 1 (RFC 6509 appendix A), 128 octets. */
    static final Octets SAKKE_ORDER = Octets.fromHex("265EAEC7C2958FF69971846636B4195E905B0338672D20986FA6B8D62CF8068B"
            + "BD02AAC9F8BF03C6C8A1CC354C69672C39E46CE7FDF222864D5B49FD2999A9B4"
            + "389B1921CC9AD335144AB173595A07386DABFD2A0C614AA0A9F3CF14870F026A"
            + "A7E535ABD5A5C7C7FF38FA08E2615F6C203177C42B1EB3A1D99B601EBFAA17FB");

    private static final int LIMB_OCTETS = 4;
    private static final int LIMB_BITS = 32;
    private static final long LIMB_MASK = 0xFFFFFFFFL;

    private ScalarReduction() {}

    /**
     * @param value   big-endian, any length; not changed
     * @param modulus big-endian, a multiple of 4 octets, greater than 1
     * @return {@code value mod modulus} in as many octets as the modulus has; the caller wipes it
     */
    static byte[] reduce(byte[] value, Octets modulus) {
        long[] m = limbs(modulus.toByteArray());
        long[] rest = new long[m.length];
        long[] difference = new long[m.length];
        for (byte octet : value) {
            for (int bit = Byte.SIZE - 1; bit >= 0; bit--) {
                shiftIn(rest, (octet >>> bit) & 1L);
                subtractIfNotLess(rest, m, difference);
            }
        }
        byte[] reduced = octets(rest, modulus.size());
        Arrays.fill(rest, 0L);
        Arrays.fill(difference, 0L);
        return reduced;
    }

    /** rest = 2 rest + bit. */
    private static void shiftIn(long[] rest, long bit) {
        long carry = bit;
        for (int i = 0; i < rest.length; i++) {
            long doubled = (rest[i] << 1) | carry;
            rest[i] = doubled & LIMB_MASK;
            carry = doubled >>> LIMB_BITS;
        }
    }

    private static void subtractIfNotLess(long[] rest, long[] m, long[] difference) {
        long borrow = 0;
        for (int i = 0; i < rest.length; i++) {
            long limb = rest[i] - m[i] - borrow;
            difference[i] = limb & LIMB_MASK;
            borrow = limb >>> (Long.SIZE - 1);
        }
        long keep = -borrow;
        for (int i = 0; i < rest.length; i++) {
            rest[i] = (rest[i] & keep) | (difference[i] & ~keep);
        }
    }

    /** Little-endian limbs of 32 bits, and one more for the bit that doubling adds. */
    private static long[] limbs(byte[] bigEndian) {
        if (bigEndian.length % LIMB_OCTETS != 0) {
            throw new IllegalArgumentException("modulus of " + bigEndian.length + " octets");
        }
        long[] limbs = new long[bigEndian.length / LIMB_OCTETS + 1];
        for (int i = 0; i < bigEndian.length; i++) {
            int fromEnd = bigEndian.length - 1 - i;
            limbs[fromEnd / LIMB_OCTETS] |= (bigEndian[i] & 0xFFL) << (Byte.SIZE * (fromEnd % LIMB_OCTETS));
        }
        return limbs;
    }

    private static byte[] octets(long[] limbs, int size) {
        byte[] bigEndian = new byte[size];
        for (int i = 0; i < size; i++) {
            int fromEnd = size - 1 - i;
            bigEndian[i] = (byte) (limbs[fromEnd / LIMB_OCTETS] >>> (Byte.SIZE * (fromEnd % LIMB_OCTETS)));
        }
        return bigEndian;
    }
}
