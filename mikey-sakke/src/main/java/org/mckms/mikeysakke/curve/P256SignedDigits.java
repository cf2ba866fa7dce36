package org.mckms.mikeysakke.curve;

import java.util.Arrays;

/**
 * A secret scalar in 0..q as signed odd digits, constant in time.
 *
 * <p>Modulo q and up to its sign k is the same as an odd K in 0..2^255 or q..q + 2^255: k or q - k is odd; where that has bit 255, its
 * difference to 2q is taken. With n windows of w bits, N = n w &gt; 257, the number u = (K + 2^N - 1) / 2 has N bits, and K is the sum
 * of (2 u_b - 1) 2^b over its bits u_b. So the window i of u, read as a number, gives the digit d_i = 2 u_i - (2^w - 1), odd and at most
 * 2^w - 1 in absolute value. As K is odd, u is K / 2 with bit N - 1 set.
 */
final class P256SignedDigits {
    /** q of P-256 (FIPS 186-4 appendix D.1.2.3), lowest word first. */
    private static final long[] ORDER = {
        0xF3B9CAC2FC632551L, 0xBCE6FAADA7179E84L, 0xFFFFFFFFFFFFFFFFL, 0xFFFFFFFF00000000L, 0
    };

    /** 2q. */
    private static final long[] TWICE_ORDER = {
        0xE7739585F8C64AA2L, 0x79CDF55B4E2F3D09L, 0xFFFFFFFFFFFFFFFFL, 0xFFFFFFFE00000001L, 1
    };

    /** w. */
    static final int WINDOW_BITS = 6;

    /** n. */
    static final int WINDOWS = 43;

    private static final int WORDS = ORDER.length;
    private static final int HALF = 1 << WINDOW_BITS - 1;

    private final byte[] windows = new byte[WINDOWS];
    private long negative;

    /**
     * The digits of a scalar.
     *
     * @param scalar 32 octets, big-endian
     */
    P256SignedDigits(byte[] scalar) {
        long[] u = new long[WORDS];
        try {
            read(u, scalar);
            subtractFromIf(u, ORDER, (u[0] & 1) - 1);
            subtractFromIf(u, TWICE_ORDER, u[3] >> 63);
            halve(u);
            u[WORDS - 1] |= 1L << WINDOWS * WINDOW_BITS - 1; // bit N - 1; shifts count modulo 64
            split(u);
        } finally {
            Arrays.fill(u, 0);
        }
    }

    private static void read(long[] u, byte[] scalar) {
        for (int i = 0; i < scalar.length; i++) {
            u[i >> 3] |= (scalar[scalar.length - 1 - i] & 0xFFL) << 8 * i;
        }
    }

    /** u = minuend - u, noting the sign, if the mask is all ones; unchanged if it is zero. */
    private void subtractFromIf(long[] u, long[] minuend, long mask) {
        long borrow = 0;
        for (int i = 0; i < WORDS; i++) {
            long difference = minuend[i] - u[i] - borrow;
            // borrow out of a subtraction (Warren, "Hacker's Delight", section 2-16)
            borrow = (~minuend[i] & u[i] | ~(minuend[i] ^ u[i]) & difference) >>> 63;
            u[i] ^= (u[i] ^ difference) & mask;
        }
        negative ^= mask;
    }

    private static void halve(long[] u) {
        for (int i = 0; i < WORDS - 1; i++) {
            u[i] = u[i] >>> 1 | u[i + 1] << 63;
        }
        u[WORDS - 1] >>>= 1;
    }

    private void split(long[] u) {
        int bit = 0;
        for (int i = 0; i < WINDOWS; i++) {
            int word = bit >> 6;
            int shift = bit & 63;
            long window = u[word] >>> shift;
            if (shift > Long.SIZE - WINDOW_BITS) {
                window |= u[word + 1] << Long.SIZE - shift;
            }
            windows[i] = (byte) (window & 2 * HALF - 1);
            bit += WINDOW_BITS;
        }
    }

    /** All ones if the digits are those of -k, else zero. */
    long negative() {
        return negative;
    }

    /** (|d_i| - 1) / 2, the index among the odd multiples. */
    int index(int window) {
        return (windows[window] ^ (int) sign(window)) & HALF - 1;
    }

    /** All ones if d_i is negative, else zero: the top bit of the window tells. */
    long sign(int window) {
        return (long) (windows[window] >>> WINDOW_BITS - 1 & 1) - 1;
    }

    void wipe() {
        Arrays.fill(windows, (byte) 0);
        negative = 0;
    }
}
