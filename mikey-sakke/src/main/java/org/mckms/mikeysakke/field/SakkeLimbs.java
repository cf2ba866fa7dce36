package org.mckms.mikeysakke.field;

/** The limbs of {@link ScalarSakkeField}: constants, carries, octets. */
final class SakkeLimbs {
    /** Limbs of an element. */
    static final int COUNT = 18;

    /** Bits of a limb. */
    static final int BITS = 58;

    /** The bits of a limb that are not its sign. */
    static final long MASK = (1L << BITS) - 1;

    /** -1/p modulo 2^58. */
    static final long NEGATIVE_INVERSE = 0x010420077c8f2f3dL;

    /** 2^60 over the top limb of p, rounded down. */
    private static final long TOP_INVERSE = 0x6ac01eL;

    private static final long[] P = {
        -0x1927f850157a015L,
        0x177c42b1eb3a1daL,
        -0x17dc767a824f7f4L,
        -0x142a5a383800c70L,
        -0x1e3c3f655606b29L,
        0x0614aa0a9f3cf15L,
        -0x17e31e49500b57dL,
        0x1335144ab173596L,
        -0x12f1d939b78cd95L,
        -0x1b2a4b602d66656L,
        -0x186e4c60083775eL,
        -0x1e33cab39698d3cL,
        -0x154d81d03f0e4ddL,
        0x0d62cf8068bbd03L,
        -0x1e634b7d9e41652L,
        -0x094be6a16fa4fccL,
        -0x1a9c0259a39ee67L,
        0x265eaec7c3L
    };

    /** 2^1044 modulo p. */
    private static final long[] ONE = {
        -0x03e700575128f58L,
        0x1031b4d1b038e9eL,
        0x18c9297da5db48cL,
        -0x16f0d7a9808a94fL,
        0x0dc262fd6e1f1f4L,
        0x155f36009edb2fbL,
        -0x08a28586c84ed37L,
        0x18cdfdf413d2948L,
        -0x133ce3b35c925bdL,
        0x14e9169e1d2390cL,
        0x19b53e485c3aed6L,
        -0x1cc8e754b78261fL,
        -0x1d2e5eb04a250fbL,
        0x133698e876ae9fdL,
        -0x1e3d34a1d388266L,
        -0x1aac777168c95b4L,
        0x1398516dc3023a0L,
        -0xb688f3587L
    };

    /** 2^2088 modulo p. */
    private static final long[] MONTGOMERY_SQUARED = {
        -0x08b6c6de1296219L,
        -0x1ea7f6a3b6663f3L,
        -0x0714c7e91d91653L,
        0x023929bc861f6bfL,
        -0x02e6cb36d32034bL,
        0x0a49a909a71d1a2L,
        0x175b8f3be96786bL,
        0x14c0025f223bfd4L,
        -0x09282b4dd6000a7L,
        -0x19729525433a460L,
        0x091c0514db0b67cL,
        -0x15ed448e2332474L,
        0x044368dc909db06L,
        -0x048f9b10adb4667L,
        0x059bd22c2ca9859L,
        -0x1d21ca95b512dd7L,
        0x147deec9756f6b7L,
        0x59da5beb1L
    };

    private SakkeLimbs() {}

    static long modulus(int i) {
        return P[i];
    }

    static long[] one() {
        return ONE;
    }

    static long[] montgomerySquared() {
        return MONTGOMERY_SQUARED;
    }

    /** The lowest 58 bits as a signed limb, -2^57 to 2^57 - 1. */
    static long signed(long x) {
        return x << (64 - BITS) >> (64 - BITS);
    }

    /** Brings limbs 0 to 16 to -2^57 to 2^57 - 1 and leaves the value as it is; limbs below 2^62. */
    static void carry(long[] r) {
        long carry = 0;
        for (int i = 0; i < COUNT - 1; i++) {
            long x = r[i] + carry;
            r[i] = signed(x);
            carry = (x - r[i]) >> BITS;
        }
        r[COUNT - 1] += carry;
    }

    /**
     * r = a - n p with limbs carried, n the integer nearest to a / p up to an error below 2^-15, so that |r| is at most 0.51 p.
     *
     * <p>Limb 17 of a loose pack is below 2^42, so that of a / p sixteen fractional bits are at hand; n lies between -9 and 9.
     */
    static void tighten(long[] r, long[] a) {
        System.arraycopy(a, 0, r, 0, COUNT);
        carry(r);
        long n = (Math.multiplyHigh(r[COUNT - 1] << 20, TOP_INVERSE) + (1 << 15)) >> 16;
        for (int i = 0; i < COUNT; i++) {
            r[i] -= n * P[i];
        }
        carry(r);
    }

    /** r = r + p if r is negative, with limbs carried to 0 to 2^58 - 1. */
    static void addModulusIfNegative(long[] r) {
        long carry = 0;
        for (int i = 0; i < COUNT; i++) {
            carry = (r[i] + carry) >> BITS;
        }
        long negative = carry >> 63;
        carry = 0;
        for (int i = 0; i < COUNT; i++) {
            long x = r[i] + (P[i] & negative) + carry;
            r[i] = x & MASK;
            carry = x >> BITS;
        }
    }

    /** Reads 128 octets, big-endian, to signed limbs. */
    static void read(long[] r, byte[] octets, int from) {
        for (int i = 0; i < COUNT; i++) {
            r[i] = 0;
        }
        for (int i = 0; i < SakkeField.OCTETS; i++) {
            long octet = octets[from + SakkeField.OCTETS - 1 - i] & 0xff;
            int limb = 8 * i / BITS;
            int shift = 8 * i % BITS;
            r[limb] |= octet << shift & MASK;
            if (shift > BITS - 8) {
                r[limb + 1] |= octet >> (BITS - shift);
            }
        }
        carry(r);
    }

    /** Writes limbs of 0 to 2^58 - 1 as 128 octets, big-endian. */
    static void write(byte[] octets, int to, long[] a) {
        for (int i = 0; i < SakkeField.OCTETS; i++) {
            int limb = 8 * i / BITS;
            int shift = 8 * i % BITS;
            long octet = a[limb] >>> shift;
            if (shift > BITS - 8) {
                octet |= a[limb + 1] << (BITS - shift);
            }
            octets[to + SakkeField.OCTETS - 1 - i] = (byte) octet;
        }
    }
}
