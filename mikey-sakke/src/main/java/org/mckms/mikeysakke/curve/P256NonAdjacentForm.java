package org.mckms.mikeysakke.curve;

/**
 * A public scalar as few signed odd digits (width-w non-adjacent form; Hankerson, Menezes, Vanstone, "Guide to Elliptic Curve
 * Cryptography", algorithm 3.35). Not constant in time.
 */
final class P256NonAdjacentForm {
    /** Digits of any scalar, the last carry included. */
    static final int LENGTH = 257;

    private P256NonAdjacentForm() {}

    /**
     * Digits from the lowest: zero, or odd and below 2^(width-1) in absolute value.
     *
     * @param k big-endian, at most 32 octets
     */
    static byte[] digits(byte[] k, int width) {
        byte[] digits = new byte[LENGTH];
        int carry = 0;
        int position = 0;
        while (position < LENGTH) {
            if (bit(k, position) == carry) {
                position++;
                continue;
            }
            int window = carry;
            for (int i = 0; i < width; i++) {
                window += bit(k, position + i) << i;
            }
            carry = window >> width - 1;
            digits[position] = (byte) (window - (carry << width));
            position += width;
        }
        return digits;
    }

    private static int bit(byte[] k, int position) {
        int octet = k.length - 1 - (position >> 3);
        return octet < 0 ? 0 : k[octet] >> (position & 7) & 1;
    }
}
