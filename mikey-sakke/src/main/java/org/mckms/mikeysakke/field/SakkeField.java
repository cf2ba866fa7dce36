package org.mckms.mikeysakke.field;

import java.util.Arrays;

/**
 * Arithmetic in F_p of SAKKE parameter set 1 (RFC 6509 appendix A) on packs: {@link #lanes} independent elements that go through each
 * operation together. One formula, written once over this interface, so serves one element of the scalar core and eight of a vector
 * core.
 *
 * <p>A pack is a {@code long[]} of {@link #size} limbs whose meaning is the implementation's own (signed limbs, Montgomery form).
 * It is <em>tight</em> when it comes from an operation that says so, and <em>loose</em> when it is a sum or difference of at most
 * {@link #LOOSE} tight packs, counted with multiplicity; operands may be tight or loose only where an operation says so. The result
 * may be the same array as an operand.
 *
 * <p>The sequence of operations and addresses never depends on the value of an element. An implementation holds no element between
 * calls and is thread safe, but for {@link #withScratch}.
 */
public interface SakkeField {
    /** Octets of an encoded element. */
    int OCTETS = 128;

    /** How many tight packs a loose one may be the sum of. */
    int LOOSE = 16;

    /**
     * The same field with scratch that it keeps from call to call, which saves the time to allocate and wipe it: for one thread at a
     * time, and to be wiped by the caller after the operation. The field itself where there is nothing to keep.
     */
    default SakkeField withScratch() {
        return this;
    }

    /** Wipes the scratch of a field {@linkplain #withScratch with scratch}. */
    default void wipeScratch() {}

    /** Elements in a pack: 1 in the scalar core. */
    int lanes();

    /** Longs of a pack. */
    int size();

    /** r = 0 in each lane, tight. */
    void setZero(long[] r);

    /** r = 1 in each lane, tight. */
    void setOne(long[] r);

    /** r = a b, tight; {@code a} loose, {@code b} tight. */
    void multiply(long[] r, long[] a, long[] b);

    /** r = a^2, tight; {@code a} tight. */
    void square(long[] r, long[] a);

    /** r = a b + c d with one reduction, tight; {@code a} and {@code c} loose, {@code b} and {@code d} tight. */
    void multiplyAdd(long[] r, long[] a, long[] b, long[] c, long[] d);

    /** r = a b - c d with one reduction, tight; {@code a} and {@code c} loose, {@code b} and {@code d} tight. */
    void multiplySubtract(long[] r, long[] a, long[] b, long[] c, long[] d);

    /**
     * r = a[from] b[0] + a[from + 1] b[1] + ..., a sum of 2 to 4 products, with one reduction if the implementation can, tight; each of
     * {@code a} loose, each of {@code b} tight.
     */
    default void multiplySum(long[] r, long[][] a, int from, long[][] b, int terms) {
        long[] rest = new long[size()];
        try {
            if (terms == 4) {
                multiplyAdd(rest, a[from + 2], b[2], a[from + 3], b[3]);
            } else if (terms == 3) {
                multiply(rest, a[from + 2], b[2]);
            }
            multiplyAdd(r, a[from], b[0], a[from + 1], b[1]);
            add(rest, rest, r);
            tighten(r, rest);
        } finally {
            Arrays.fill(rest, 0);
        }
    }

    /**
     * r0 + i r1 = (a0 + i a1)(b0 + i b1) with i^2 = -1 and two reductions, tight; {@code a0} and {@code a1} loose, {@code b0} and
     * {@code b1} tight. {@code r0} and {@code r1} may be any of the operands, but not the same array.
     */
    default void multiplyComplex(long[] r0, long[] r1, long[] a0, long[] a1, long[] b0, long[] b1) {
        long[] real = new long[size()];
        try {
            multiplySubtract(real, a0, b0, a1, b1);
            multiplyAdd(r1, a0, b1, a1, b0);
            System.arraycopy(real, 0, r0, 0, size());
        } finally {
            Arrays.fill(real, 0);
        }
    }

    /** r = a + b, loose. */
    void add(long[] r, long[] a, long[] b);

    /** r = a - b, loose. */
    void subtract(long[] r, long[] a, long[] b);

    /** r = a, tight, from a loose pack. */
    void tighten(long[] r, long[] a);

    /** r = -a in the lanes whose mask is all ones, a in the lanes whose mask is zero; as tight or loose as {@code a}. */
    void negateIf(long[] r, long[] a, long[] masks);

    /** r = a in the lanes whose mask is all ones, unchanged in the lanes whose mask is zero. */
    void copyIf(long[] r, long[] a, long[] masks);

    /** For each lane all ones if the element is zero modulo p, else zero; {@code a} loose. */
    void isZero(long[] masks, long[] a);

    /**
     * The inverse in each lane, tight; zero gives zero. {@code a} is tight.
     *
     * <p>One inversion serves all lanes.
     */
    void invert(long[] r, long[] a);

    /**
     * Reads one element.
     *
     * @param octets 128 octets, big-endian, from index {@code from}; the caller has checked that the value is below p
     */
    void decode(long[] r, int lane, byte[] octets, int from);

    /** Reads one element to every lane, as {@link #decode}. */
    default void decodeToAll(long[] r, byte[] octets, int from) {
        for (int lane = 0; lane < lanes(); lane++) {
            decode(r, lane, octets, from);
        }
    }

    /** Writes the element of one lane, fully reduced, as 128 octets, big-endian, from index {@code to}. */
    void encode(byte[] octets, int to, long[] a, int lane);
}
