package org.mckms.mikeysakke.field;

/** The limbs of {@link ScalarSakkeField}: constants, carries, octets. */
final class SakkeLimbs {
    /** Limbs of an element. */
    static final int COUNT = 18;

    /** Bits of a limb. */
    static final int BITS = 58;

    /** The bits of a limb that are not its sign. */
    static final long MASK = (1L << BITS) - 1;

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

    /** 2^3132 modulo p. */
    private static final long[] MONTGOMERY_CUBED = {
        0x12e12b180a01754L,
        0x048387475565a8bL,
        -0x1492a41f4f47beeL,
        -0x0a02980ae0d0a29L,
        0x0a5a978225636f7L,
        -0x11b9f9ad0d12d07L,
        -0x1cf9f2f5f6c70c3L,
        -0x1124f8151e4b2d1L,
        0x19903e7b1a6fb95L,
        0x0c13a9007688b19L,
        -0x06fd3b5f033481eL,
        -0x0e0335562702624L,
        -0x0b9aa6c80fd2771L,
        -0x1be822d1e83b61dL,
        -0x1b3d52743717de3L,
        -0x18d662238304c59L,
        0x1c3e548c44f7e5fL,
        -0x9ef7b69e1L
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

    /** p, 128 octets, big-endian. */
    static byte[] modulus() {
        long[] p = P.clone();
        byte[] octets = new byte[SakkeField.OCTETS];
        carryUnsigned(p);
        write(octets, 0, p);
        return octets;
    }

    static long[] one() {
        return ONE;
    }

    static long[] montgomerySquared() {
        return MONTGOMERY_SQUARED;
    }

    static long[] montgomeryCubed() {
        return MONTGOMERY_CUBED;
    }

    /** The lowest 58 bits as a signed limb, -2^57 to 2^57 - 1. */
    static long signed(long x) {
        return x << (64 - BITS) >> (64 - BITS);
    }

    /**
     * Brings limbs to at most 2^57 + 2^6 without carrying on: r = a where {@code sign} is 0 and r = -a where it is -1.
     *
     * @param r receives 18 limbs from index {@code to}
     * @param a loose, or the sum of two loose packs
     */
    static void carryOnce(long[] r, int to, long[] a, long sign) {
        long carry = 0;
        for (int i = 0; i < COUNT - 1; i++) {
            long x = (a[i] ^ sign) - sign;
            long next = (x + (1L << (BITS - 1))) >> BITS;
            r[to + i] = x - (next << BITS) + carry;
            carry = next;
        }
        r[to + COUNT - 1] = ((a[COUNT - 1] ^ sign) - sign) + carry;
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
     * <p>Limb 17 of a loose pack is below 2^42, so that of a / p sixteen fractional bits are at hand; n lies between -13 and 13.
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

    /** Brings an element between -p and p to 0 to p - 1, its limbs to 0 to 2^58 - 1. */
    static void normalise(long[] r) {
        long negative = carryUnsigned(r) >> 63;
        for (int i = 0; i < COUNT; i++) {
            r[i] += P[i] & negative;
        }
        carryUnsigned(r);
    }

    /** Brings limbs to 0 to 2^58 - 1 and returns what is carried out of the top one, -1 for a negative number. */
    private static long carryUnsigned(long[] r) {
        long carry = 0;
        for (int i = 0; i < COUNT; i++) {
            long x = r[i] + carry;
            r[i] = x & MASK;
            carry = x >> BITS;
        }
        return carry;
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
