package org.mckms.mikeysakke.field;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The prime field of NIST P-256 (FIPS 186-4 appendix D.1.2.3), constant in time, p = 2^256 - 2^224 + 2^192 + 2^96 - 1.
 *
 * <p>An element is a {@code long[]} of 5 signed limbs of 54 bits, lowest first, in Montgomery form with R = 2^270. It is <em>tight</em>
 * when it is a product, a square or decoded: four limbs in 0..2^54-1 and a small fifth, the value within 1 percent of 0..p. A sum or
 * difference of n tight elements, counted with multiplicity, is <em>n-fold</em>; nothing carries or is reduced before the next product.
 * Factors may be so as well, within the limits that their operations name; that is all that has to be
 * watched. A result may be the same array as an operand.
 */
public final class P256Field {
    /** Octets of an encoded element. */
    public static final int OCTETS = 32;

    /** Limbs of an element. */
    public static final int SIZE = 5;

    /** Longs of a packed element. */
    public static final int WORDS = 4;

    static final int BITS = 54;
    static final long MASK = (1L << BITS) - 1;

    private static final long[] P = {
        0x3FFFFFFFFFFFFFL, 0x0003FFFFFFFFFFL, 0x00000000000000L, 0x00000040000000L, 0x0000FFFFFFFF00L
    };
    /** R mod p. */
    private static final long[] ONE = {
        0x00000000004000L, 0x00000000000000L, 0x3FFFFFFFFFFFFCL, 0x3FEFFFFFFFFFFFL, 0x000000003FFFFFL
    };
    /** R^2 mod p. */
    private static final long[] R2 = {
        0x00000030000000L, 0x3FFFC000000000L, 0x3EFFFFFFFBFFFFL, 0x3FFFFFFFFFFFFFL, 0x00004FFFFFFFDFL
    };
    /** R^3 mod p. */
    private static final long[] R3 = {
        0x00280000006000L, 0x3FFFFFFFD00000L, 0x3FFFFB7FFFFFF7L, 0x3FEDFFFFFFFCFFL, 0x0000000063FFFFL
    };
    /** The number 1, not in Montgomery form; a product with it leaves that form. */
    private static final long[] PLAIN_ONE = {1, 0, 0, 0, 0};

    private static final ModularInverse INVERSE = new ModularInverse(
            HexFormat.of().parseHex("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF"));

    private P256Field() {}

    /** A new element, zero. */
    public static long[] newElement() {
        return new long[SIZE];
    }

    /** r = 1, tight. */
    public static void setOne(long[] r) {
        System.arraycopy(ONE, 0, r, 0, SIZE);
    }

    /** r = a. */
    public static void copy(long[] r, long[] a) {
        System.arraycopy(a, 0, r, 0, SIZE);
    }

    /** r = a + b, (m+n)-fold. */
    public static void add(long[] r, long[] a, long[] b) {
        r[0] = a[0] + b[0];
        r[1] = a[1] + b[1];
        r[2] = a[2] + b[2];
        r[3] = a[3] + b[3];
        r[4] = a[4] + b[4];
    }

    /** r = a - b, (m+n)-fold. */
    public static void subtract(long[] r, long[] a, long[] b) {
        r[0] = a[0] - b[0];
        r[1] = a[1] - b[1];
        r[2] = a[2] - b[2];
        r[3] = a[3] - b[3];
        r[4] = a[4] - b[4];
    }

    /** r = a b, tight; for m-fold a and n-fold b, m and n are at most 8 and m n is at most 48. */
    public static void multiply(long[] r, long[] a, long[] b) {
        P256Product.multiply(r, a, b);
    }

    /** r = a^2, tight; {@code a} is at most 8-fold. */
    public static void square(long[] r, long[] a) {
        P256Square.square(r, a);
    }

    /**
     * r = a b - c d with one reduction, tight; for m-fold a, n-fold b, k-fold c and l-fold d, m and k are at most 4, n and l at most 8,
     * and m n + k l is at most 32.
     */
    public static void multiplySubtract(long[] r, long[] a, long[] b, long[] c, long[] d) {
        P256ProductDifference.multiplySubtract(r, a, b, c, d);
    }

    /** r = -a where the mask is all ones, a where it is zero; as many-fold as {@code a}. */
    public static void negateIf(long[] r, long[] a, long mask) {
        for (int i = 0; i < SIZE; i++) {
            r[i] = (a[i] ^ mask) - mask;
        }
    }

    /** r = a where the mask is all ones, unchanged where it is zero. */
    public static void copyIf(long[] r, long[] a, long mask) {
        for (int i = 0; i < SIZE; i++) {
            r[i] ^= (r[i] ^ a[i]) & mask;
        }
    }

    /** All ones if the element, up to 8-fold, is zero modulo p, else zero. */
    public static long isZero(long[] a) {
        long[] canonical = newElement();
        toCanonical(canonical, a, ONE);
        long any = canonical[0] | canonical[1] | canonical[2] | canonical[3] | canonical[4];
        Arrays.fill(canonical, 0);
        return (any | -any) >> 63 ^ -1L;
    }

    /** r = 1 / a, tight; zero gives zero. {@code a} is up to 8-fold. */
    public static void invert(long[] r, long[] a) {
        long[] limbs = newElement();
        try {
            toCanonical(limbs, a, ONE);
            // from a R to 1 / (a R), to R / a
            INVERSE.invert(limbs, BITS);
            multiply(r, limbs, R3);
        } finally {
            Arrays.fill(limbs, 0);
        }
    }

    /**
     * Inverts all elements, none of which is zero, by one inversion (Montgomery's trick).
     *
     * @param start a non-zero element that the chain of products starts with: random where the elements depend on a secret
     */
    public static void invertAll(long[][] elements, long[] start) {
        long[][] products = new long[elements.length][SIZE];
        long[] inverse = newElement();
        long[] product = start.clone();
        try {
            for (int i = 0; i < elements.length; i++) {
                copy(products[i], product);
                multiply(product, product, elements[i]);
            }
            invert(inverse, product);
            for (int i = elements.length - 1; i >= 0; i--) {
                multiply(products[i], products[i], inverse);
                multiply(inverse, inverse, elements[i]);
                copy(elements[i], products[i]);
            }
        } finally {
            Arrays.fill(inverse, 0);
            Arrays.fill(product, 0);
            for (long[] used : products) {
                Arrays.fill(used, 0);
            }
        }
    }

    /** r = a random element that is not zero, tight; of 255 bits. */
    public static void setRandom(long[] r, SecureRandom random) {
        byte[] octets = new byte[OCTETS];
        try {
            random.nextBytes(octets);
            octets[0] &= 0x7F;
            octets[OCTETS - 1] |= 1;
            decode(r, octets, 0);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    /** Packs an element, up to 8-fold, into 4 longs from index {@code to}: its residue in 0..p-1, still in Montgomery form. */
    public static void pack(long[] words, int to, long[] a) {
        long[] canonical = newElement();
        toCanonical(canonical, a, ONE);
        toWords(words, to, canonical);
        Arrays.fill(canonical, 0);
    }

    /** r = the element of 4 longs from index {@code from}, tight. */
    public static void unpack(long[] r, long[] words, int from) {
        unpack(r, words[from], words[from + 1], words[from + 2], words[from + 3]);
    }

    /** r = the element packed as these longs, tight. */
    public static void unpack(long[] r, long w0, long w1, long w2, long w3) {
        r[0] = w0 & MASK;
        r[1] = (w0 >>> 54 | w1 << 10) & MASK;
        r[2] = (w1 >>> 44 | w2 << 20) & MASK;
        r[3] = (w2 >>> 34 | w3 << 30) & MASK;
        r[4] = w3 >>> 24;
    }

    private static void toWords(long[] words, int to, long[] canonical) {
        words[to] = canonical[0] | canonical[1] << 54;
        words[to + 1] = canonical[1] >>> 10 | canonical[2] << 44;
        words[to + 2] = canonical[2] >>> 20 | canonical[3] << 34;
        words[to + 3] = canonical[3] >>> 30 | canonical[4] << 24;
    }

    /** r = a b / R in 0..p-1, where b is ONE to keep the Montgomery form or PLAIN_ONE to leave it; {@code a} is up to 8-fold. */
    private static void toCanonical(long[] r, long[] a, long[] b) {
        multiply(r, a, b); // above -p and below 2p
        addModulus(r, r[4] >> 63);
        for (int i = 0; i < SIZE; i++) {
            r[i] -= P[i];
        }
        propagateCarries(r);
        addModulus(r, r[4] >> 63);
    }

    private static void addModulus(long[] r, long mask) {
        for (int i = 0; i < SIZE; i++) {
            r[i] += P[i] & mask;
        }
        propagateCarries(r);
    }

    private static void propagateCarries(long[] r) {
        for (int i = 0; i < SIZE - 1; i++) {
            r[i + 1] += r[i] >> BITS;
            r[i] &= MASK;
        }
    }

    /** Whether 32 big-endian octets from index {@code from} are below p. */
    public static boolean isBelowModulus(byte[] octets, int from) {
        long[] difference = newElement();
        read(difference, octets, from);
        for (int i = 0; i < SIZE; i++) {
            difference[i] -= P[i];
        }
        propagateCarries(difference);
        int borrow = (int) (difference[4] >> 63);
        Arrays.fill(difference, 0);
        return borrow != 0;
    }

    /** r = the element of 32 big-endian octets from index {@code from}, tight. A value of p or more is reduced. */
    public static void decode(long[] r, byte[] octets, int from) {
        read(r, octets, from);
        multiply(r, r, R2);
    }

    private static void read(long[] r, byte[] octets, int from) {
        unpack(
                r,
                readWord(octets, from + 24),
                readWord(octets, from + 16),
                readWord(octets, from + 8),
                readWord(octets, from));
    }

    private static long readWord(byte[] octets, int from) {
        long word = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            word = word << 8 | octets[from + i] & 0xFF;
        }
        return word;
    }

    /** Writes an element, up to 8-fold, as 32 big-endian octets from index {@code to}, reduced. */
    public static void encode(byte[] octets, int to, long[] a) {
        long[] plain = newElement();
        long[] words = new long[WORDS];
        toCanonical(plain, a, PLAIN_ONE);
        toWords(words, 0, plain);
        for (int i = 0; i < OCTETS; i++) {
            octets[to + OCTETS - 1 - i] = (byte) (words[i >> 3] >>> 8 * i); // shifts count modulo 64
        }
        Arrays.fill(plain, 0);
        Arrays.fill(words, 0);
    }
}
