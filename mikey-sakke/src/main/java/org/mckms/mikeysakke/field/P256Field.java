package org.mckms.mikeysakke.field;

import static java.lang.Math.multiplyHigh;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The prime field of NIST P-256 (FIPS 186-4 appendix D.1.2.3), constant in time, p = 2^256 - 2^224 + 2^192 + 2^96 - 1.
 *
 * <p>An element is a {@code long[]} of 5 signed limbs of 54 bits, lowest first, in Montgomery form with R = 2^270. It is <em>tight</em>
 * when it is a product, a square or decoded: four limbs in 0..2^54-1 and a small fifth, the value within 1 percent of 0..p. A sum or
 * difference of n tight elements, counted with multiplicity, is <em>n-fold</em>; nothing carries or is reduced before the next product.
 * Factors may be m-fold and n-fold if m, n are at most 8, operands of a square too; that is all that has to be watched. A result may be
 * the same array as an operand.
 *
 * <p>Limb products are summed without a carry each: with x = 32a the sum of all {@code multiplyHigh(x, b)} is h, that of all {@code a *
 * b} modulo 2^64 is l, and since x b = 2^64 h + rest the column is exactly {@code 2^59 h + (l - 2^59 h mod 2^64)}. Five 8-fold products
 * are below 2^116.4, so that every carry stays below 2^63.
 */
public final class P256Field {
    /** Octets of an encoded element. */
    public static final int OCTETS = 32;

    /** Limbs of an element. */
    public static final int SIZE = 5;

    /** Longs of a packed element. */
    public static final int WORDS = 4;

    private static final int BITS = 54;
    private static final long MASK = (1L << BITS) - 1;
    /** Operands are shifted by this before the high half of a product is taken. */
    private static final int SHIFT = 5;
    /** A unit of the sum of high halves is 2^59. */
    private static final int HIGH = 64 - SHIFT;

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

    /** r = a b, tight. */
    public static void multiply(long[] r, long[] a, long[] b) {
        long b0 = b[0];
        long b1 = b[1];
        long b2 = b[2];
        long b3 = b[3];
        long b4 = b[4];
        long a0 = a[0];
        long a1 = a[1];
        long a2 = a[2];
        long a3 = a[3];
        long a4 = a[4];
        long x0 = a0 << SHIFT;
        long x1 = a1 << SHIFT;
        long x2 = a2 << SHIFT;
        long x3 = a3 << SHIFT;
        long x4 = a4 << SHIFT;

        // columns 0..4: each gives a multiple m of p that makes it divisible by 2^54, for -1/p mod 2^54 is 1
        long h = multiplyHigh(x0, b0);
        long t = a0 * b0 - (h << HIGH);
        final long m0 = t & MASK;
        long carry = (t >> BITS) + (h << SHIFT);

        h = multiplyHigh(x0, b1) + multiplyHigh(x1, b0);
        t = a0 * b1 + a1 * b0 - (h << HIGH) + carry + low96(m0);
        final long m1 = t & MASK;
        carry = (t >> BITS) + (h << SHIFT);

        h = multiplyHigh(x0, b2) + multiplyHigh(x1, b1) + multiplyHigh(x2, b0);
        t = a0 * b2 + a1 * b1 + a2 * b0 - (h << HIGH) + carry + high96(m0) + low96(m1);
        final long m2 = t & MASK;
        carry = (t >> BITS) + (h << SHIFT);

        h = multiplyHigh(x0, b3) + multiplyHigh(x1, b2) + multiplyHigh(x2, b1) + multiplyHigh(x3, b0);
        t = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 - (h << HIGH) + carry + low192(m0) + high96(m1) + low96(m2);
        final long m3 = t & MASK;
        carry = (t >> BITS) + (h << SHIFT);

        h = multiplyHigh(x0, b4)
                + multiplyHigh(x1, b3)
                + multiplyHigh(x2, b2)
                + multiplyHigh(x3, b1)
                + multiplyHigh(x4, b0);
        t = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 - (h << HIGH) + carry;
        t += middle(m0) + low192(m1) + high96(m2) + low96(m3);
        final long m4 = t & MASK;
        carry = (t >> BITS) + (h << SHIFT);

        // columns 5..9 are the result
        h = multiplyHigh(x1, b4) + multiplyHigh(x2, b3) + multiplyHigh(x3, b2) + multiplyHigh(x4, b1);
        t = a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 - (h << HIGH) + carry;
        t += high256(m0) + middle(m1) + low192(m2) + high96(m3) + low96(m4);
        r[0] = t & MASK;
        carry = (t >> BITS) + (h << SHIFT);

        h = multiplyHigh(x2, b4) + multiplyHigh(x3, b3) + multiplyHigh(x4, b2);
        t = a2 * b4 + a3 * b3 + a4 * b2 - (h << HIGH) + carry;
        t += high256(m1) + middle(m2) + low192(m3) + high96(m4);
        r[1] = t & MASK;
        carry = (t >> BITS) + (h << SHIFT);

        h = multiplyHigh(x3, b4) + multiplyHigh(x4, b3);
        t = a3 * b4 + a4 * b3 - (h << HIGH) + carry + high256(m2) + middle(m3) + low192(m4);
        r[2] = t & MASK;
        carry = (t >> BITS) + (h << SHIFT);

        h = multiplyHigh(x4, b4);
        t = a4 * b4 - (h << HIGH) + carry + high256(m3) + middle(m4);
        r[3] = t & MASK;
        r[4] = (t >> BITS) + (h << SHIFT) + high256(m4);
    }

    /** r = a^2, tight. */
    public static void square(long[] r, long[] a) {
        long a0 = a[0];
        long a1 = a[1];
        long a2 = a[2];
        long a3 = a[3];
        long a4 = a[4];
        long d0 = a0 << 1;
        long d1 = a1 << 1;
        long d2 = a2 << 1;
        long d3 = a3 << 1;
        long x0 = d0 << SHIFT;
        long x1 = d1 << SHIFT;
        long x2 = d2 << SHIFT;
        long x3 = d3 << SHIFT;

        long h = multiplyHigh(a0 << SHIFT, a0);
        long t = a0 * a0 - (h << HIGH);
        final long m0 = t & MASK;
        long carry = (t >> BITS) + (h << SHIFT);

        h = multiplyHigh(x0, a1);
        t = d0 * a1 - (h << HIGH) + carry + low96(m0);
        final long m1 = t & MASK;
        carry = (t >> BITS) + (h << SHIFT);

        h = multiplyHigh(x0, a2) + multiplyHigh(a1 << SHIFT, a1);
        t = d0 * a2 + a1 * a1 - (h << HIGH) + carry + high96(m0) + low96(m1);
        final long m2 = t & MASK;
        carry = (t >> BITS) + (h << SHIFT);

        h = multiplyHigh(x0, a3) + multiplyHigh(x1, a2);
        t = d0 * a3 + d1 * a2 - (h << HIGH) + carry + low192(m0) + high96(m1) + low96(m2);
        final long m3 = t & MASK;
        carry = (t >> BITS) + (h << SHIFT);

        h = multiplyHigh(x0, a4) + multiplyHigh(x1, a3) + multiplyHigh(a2 << SHIFT, a2);
        t = d0 * a4 + d1 * a3 + a2 * a2 - (h << HIGH) + carry;
        t += middle(m0) + low192(m1) + high96(m2) + low96(m3);
        final long m4 = t & MASK;
        carry = (t >> BITS) + (h << SHIFT);

        h = multiplyHigh(x1, a4) + multiplyHigh(x2, a3);
        t = d1 * a4 + d2 * a3 - (h << HIGH) + carry;
        t += high256(m0) + middle(m1) + low192(m2) + high96(m3) + low96(m4);
        r[0] = t & MASK;
        carry = (t >> BITS) + (h << SHIFT);

        h = multiplyHigh(x2, a4) + multiplyHigh(a3 << SHIFT, a3);
        t = d2 * a4 + a3 * a3 - (h << HIGH) + carry;
        t += high256(m1) + middle(m2) + low192(m3) + high96(m4);
        r[1] = t & MASK;
        carry = (t >> BITS) + (h << SHIFT);

        h = multiplyHigh(x3, a4);
        t = d3 * a4 - (h << HIGH) + carry + high256(m2) + middle(m3) + low192(m4);
        r[2] = t & MASK;
        carry = (t >> BITS) + (h << SHIFT);

        h = multiplyHigh(a4 << SHIFT, a4);
        t = a4 * a4 - (h << HIGH) + carry + high256(m3) + middle(m4);
        r[3] = t & MASK;
        r[4] = (t >> BITS) + (h << SHIFT) + high256(m4);
    }

    // m p = m (2^256 - 2^224) + m 2^192 + m 2^96 - m without a multiplication; from the limb of m, the terms fall on
    // these limbs:

    /** m 2^96 in limb 1. */
    private static long low96(long m) {
        return m << 42 & MASK;
    }

    /** m 2^96 in limb 2. */
    private static long high96(long m) {
        return m >>> 12;
    }

    /** m 2^192 in limb 3. */
    private static long low192(long m) {
        return m << 30 & MASK;
    }

    /** m 2^192 and m (2^256 - 2^224) in limb 4. */
    private static long middle(long m) {
        return (m >>> 24) + (m << 40 & MASK) - (m << 8 & MASK);
    }

    /** m (2^256 - 2^224) in limb 5. */
    private static long high256(long m) {
        return (m >>> 14) - (m >>> 46);
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

    /** r = a random element that is not zero, tight; of 254 bits. */
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
