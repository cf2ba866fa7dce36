package org.mckms.mikeysakke.field;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;

/**
 * The integers modulo a public odd prime q, the order of a group of points.
 *
 * <p>An element is a {@code long[]} of {@link #size} limbs of 58 bits, little-endian, holding a R mod q for the element a, R = 2^(58
 * size) (P. Montgomery, "Modular multiplication without trial division", 1985). It is always fully reduced. The caller owns it and
 * wipes it.
 *
 * <p>The sequence of operations and addresses never depends on the value of an element. The result may be the same array as an operand.
 * Thread safe.
 */
public final class OrderField {
    /** The order of the points of SAKKE parameter set 1, RFC 6509 appendix A: 1022 bits. */
    public static final OrderField SAKKE = new OrderField(
            "265EAEC7C2958FF69971846636B4195E905B0338672D20986FA6B8D62CF8068B"
                    + "BD02AAC9F8BF03C6C8A1CC354C69672C39E46CE7FDF222864D5B49FD2999A9B4"
                    + "389B1921CC9AD335144AB173595A07386DABFD2A0C614AA0A9F3CF14870F026A"
                    + "A7E535ABD5A5C7C7FF38FA08E2615F6C203177C42B1EB3A1D99B601EBFAA17FB",
            AnyLengthMultiplier::new);

    /** The order of the points of NIST P-256, for ECCSI. */
    public static final OrderField P256 = new OrderField(
            "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", order -> new P256OrderMultiplier());

    private final byte[] octetsOfOrder;
    private final MontgomeryMultiplier multiplier;
    private final ModularInverse inverse;
    private final int size;
    private final long[] order;
    /** The number 1, not the element. */
    private final long[] unit;
    /** The elements 1, R, R^2 and 2^(8 octets). */
    private final long[] one;

    private final long[] r;
    private final long[] rr;
    private final long[] shift;

    private OrderField(String orderInHex, Function<long[], MontgomeryMultiplier> multiplier) {
        this.octetsOfOrder = HexFormat.of().parseHex(orderInHex);
        this.inverse = new ModularInverse(octetsOfOrder);
        this.size = (Byte.SIZE * octetsOfOrder.length + MontgomeryMultiplier.BITS) / MontgomeryMultiplier.BITS;
        this.order = new long[size];
        LimbPacking.fromOctets(order, MontgomeryMultiplier.BITS, octetsOfOrder, 0, octetsOfOrder.length);
        this.multiplier = multiplier.apply(order);
        this.unit = newElement();
        unit[0] = 1;
        this.one = doubled(unit, MontgomeryMultiplier.BITS * size);
        this.r = doubled(one, MontgomeryMultiplier.BITS * size);
        this.rr = newElement();
        multiply(rr, r, r);
        this.shift = doubled(one, Byte.SIZE * octetsOfOrder.length);
    }

    /** Octets of an encoded element: 128 or 32. */
    public int octets() {
        return octetsOfOrder.length;
    }

    /** Longs of an element. */
    public int size() {
        return size;
    }

    /** A new element, zero. */
    public long[] newElement() {
        return new long[size];
    }

    /** Whether big-endian octets of any length are a value below q. */
    public boolean isBelow(byte[] bigEndian) {
        int borrow = 0;
        int width = Math.max(bigEndian.length, octetsOfOrder.length);
        for (int i = 1; i <= width; i++) {
            borrow = octetFromEnd(bigEndian, i) - octetFromEnd(octetsOfOrder, i) + borrow >> Byte.SIZE;
        }
        return borrow != 0;
    }

    /**
     * Reads an element.
     *
     * @param bigEndian at most {@link #octets} octets; the caller has checked that the value is below q
     */
    public void decode(long[] r, byte[] bigEndian) {
        reduce(r, bigEndian);
    }

    /** r = the value of big-endian octets modulo q, of any value and length. */
    public void reduce(long[] r, byte[] bigEndian) {
        long[] part = newElement();
        long[] sum = newElement();
        try {
            int end = bigEndian.length;
            int start = 0;
            int octets = octets();
            int first = end;
            while (first > octets) {
                first -= octets;
            }
            for (int length = first; start < end; length = octets) {
                multiply(sum, sum, shift);
                // 2^(8 octets) < R, so that the product with R^2 comes out reduced even where the part is not below q
                LimbPacking.fromOctets(part, MontgomeryMultiplier.BITS, bigEndian, start, length);
                multiply(part, part, this.r);
                add(sum, sum, part);
                start += length;
            }
            System.arraycopy(sum, 0, r, 0, size);
        } finally {
            Arrays.fill(part, 0);
            Arrays.fill(sum, 0);
        }
    }

    /** Writes an element as {@link #octets} octets, big-endian. */
    public void encode(byte[] out, long[] a) {
        long[] value = newElement();
        try {
            multiply(value, a, unit);
            LimbPacking.toOctets(out, 0, octets(), value, MontgomeryMultiplier.BITS);
        } finally {
            Arrays.fill(value, 0);
        }
    }

    /** r = 1. */
    public void setOne(long[] r) {
        System.arraycopy(one, 0, r, 0, size);
    }

    /** r = a + b. */
    public void add(long[] r, long[] a, long[] b) {
        long carry = 0;
        for (int i = 0; i < size; i++) {
            carry += a[i] + b[i];
            r[i] = carry & MontgomeryMultiplier.MASK;
            carry >>>= MontgomeryMultiplier.BITS;
        }
        multiplier.subtractOrderOnce(r, r);
    }

    /** r = a - b. */
    public void subtract(long[] r, long[] a, long[] b) {
        long borrow = 0;
        for (int i = 0; i < size; i++) {
            borrow += a[i] - b[i];
            r[i] = borrow & MontgomeryMultiplier.MASK;
            borrow >>= MontgomeryMultiplier.BITS;
        }
        long carry = 0;
        for (int i = 0; i < size; i++) {
            carry += r[i] + (order[i] & borrow);
            r[i] = carry & MontgomeryMultiplier.MASK;
            carry >>>= MontgomeryMultiplier.BITS;
        }
    }

    /** r = -a. */
    public void negate(long[] r, long[] a) {
        long[] zero = newElement();
        subtract(r, zero, a);
    }

    /** r = a b. */
    public void multiply(long[] r, long[] a, long[] b) {
        multiplier.multiply(r, a, b);
    }

    /** r = a^-1; zero gives zero. */
    public void invert(long[] r, long[] a) {
        System.arraycopy(a, 0, r, 0, size);
        // from a R to a^-1 R^-1, to a^-1 R
        inverse.invert(r, MontgomeryMultiplier.BITS);
        multiply(r, r, rr);
    }

    /**
     * Replaces each element by its inverse, with one inversion for all (P. Montgomery, "Speeding the Pollard and elliptic curve methods
     * of factorization", 1987). Zero stays zero and does not affect the others.
     *
     * @param random gives the factor that the chain of products starts with, so that no inverted value is one of the secrets
     */
    public void invertAll(long[][] elements, SecureRandom random) {
        long[][] before = new long[elements.length][size];
        long[] product = newElement();
        long[] factor = newElement();
        try {
            setRandom(product, random);
            for (int i = 0; i < elements.length; i++) {
                System.arraycopy(product, 0, before[i], 0, size);
                oneIfZero(factor, elements[i]);
                multiply(product, product, factor);
            }
            invert(product, product);
            for (int i = elements.length - 1; i >= 0; i--) {
                oneIfZero(factor, elements[i]);
                multiply(before[i], before[i], product);
                multiply(product, product, factor);
                // zero stays as it is
                copyIf(elements[i], before[i], ~isZero(elements[i]));
            }
        } finally {
            Arrays.fill(product, 0);
            Arrays.fill(factor, 0);
            for (long[] element : before) {
                Arrays.fill(element, 0);
            }
        }
    }

    /** All ones if a is zero, else zero. */
    public long isZero(long[] a) {
        long any = 0;
        for (int i = 0; i < size; i++) {
            any |= a[i];
        }
        return any - 1 >> 63;
    }

    /** All ones if a = b, else zero. */
    public long isEqual(long[] a, long[] b) {
        long any = 0;
        for (int i = 0; i < size; i++) {
            any |= a[i] ^ b[i];
        }
        return any - 1 >> 63;
    }

    /** r = a if the mask is all ones, unchanged if it is zero. */
    public void copyIf(long[] r, long[] a, long mask) {
        for (int i = 0; i < size; i++) {
            r[i] ^= (r[i] ^ a[i]) & mask;
        }
    }

    private void oneIfZero(long[] r, long[] a) {
        System.arraycopy(a, 0, r, 0, size);
        copyIf(r, one, isZero(a));
    }

    /** r = a number other than zero, at random with a bias below 2^-64. */
    private void setRandom(long[] r, SecureRandom random) {
        byte[] octets = new byte[octets() + Long.BYTES];
        try {
            random.nextBytes(octets);
            reduce(r, octets);
            copyIf(r, one, isZero(r));
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    /** 2^times a. */
    private long[] doubled(long[] a, int times) {
        long[] result = a.clone();
        for (int i = 0; i < times; i++) {
            add(result, result, result);
        }
        return result;
    }

    private static int octetFromEnd(byte[] octets, int index) {
        return index <= octets.length ? octets[octets.length - index] & 0xFF : 0;
    }
}
