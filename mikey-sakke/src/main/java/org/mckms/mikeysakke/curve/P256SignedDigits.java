package org.mckms.mikeysakke.curve;

import java.util.Arrays;

/**
 * A secret scalar in 0..q as signed odd digits, constant in time.
 *
 * <p>Of k and k - q one is odd; call it K. With n windows of w bits, N = n w &gt; 256, the number u = (K + 2^N - 1) / 2 has N bits, and
 * K = sum of (2 u_b - 1) 2^b over its bits u_b. So the window i of u, read as a number, gives the digit d_i = 2 u_i - (2^w - 1), odd and
 * at most 2^w - 1 in absolute value. As |K| is calculated, with a sign for the result, u is |K| / 2 with bit N - 1 set.
 */
final class P256SignedDigits {
    /** q of P-256 (FIPS 186-4 appendix D.1.2.3), lowest word first. */
    private static final long[] ORDER = {
        0xF3B9CAC2FC632551L, 0xBCE6FAADA7179E84L, 0xFFFFFFFFFFFFFFFFL, 0xFFFFFFFF00000000L
    };

    /** w. */
    static final int WINDOW_BITS = 6;

    /** n: enough for 257 bits. */
    static final int WINDOWS = 43;

    private static final int ORDER_WORDS = ORDER.length;
    private static final int HALF = 1 << WINDOW_BITS - 1;

    private final byte[] windows = new byte[WINDOWS];
    private long negative;

    /**
     * The digits of a scalar.
     *
     * @param scalar 32 octets, big-endian
     */
    P256SignedDigits(byte[] scalar) {
        long[] u = new long[ORDER_WORDS + 1];
        try {
            read(u, scalar);
            makeOdd(u);
            halve(u);
            u[ORDER_WORDS] = 1L << WINDOWS * WINDOW_BITS - 1; // bit N - 1; shifts count modulo 64
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

    /** k = q - k if k is even. */
    private void makeOdd(long[] k) {
        negative = (k[0] & 1) - 1;
        long borrow = 0;
        for (int i = 0; i < ORDER_WORDS; i++) {
            long minuend = ORDER[i];
            long difference = minuend - k[i] - borrow;
            // borrow out of a subtraction (Warren, "Hacker's Delight", section 2-16)
            borrow = (~minuend & k[i] | ~(minuend ^ k[i]) & difference) >>> 63;
            k[i] ^= (k[i] ^ difference) & negative;
        }
    }

    private static void halve(long[] u) {
        for (int i = 0; i < ORDER_WORDS; i++) {
            u[i] = u[i] >>> 1 | u[i + 1] << 63;
        }
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
