package org.mckms.mikeysakke.curve;

import static org.mckms.mikeysakke.field.P256Field.multiply;
import static org.mckms.mikeysakke.field.P256Field.square;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.mckms.mikeysakke.field.P256Field;

/** The affine points P, [3]P, [5]P, ... of a public point P of P-256. Immutable. */
public final class P256OddMultiples {
    private static final int ENTRY = 2 * P256Field.WORDS;

    private final int count;
    /** For each multiple x and y, packed. */
    private final long[] words;

    private P256OddMultiples(int count) {
        this.count = count;
        words = new long[ENTRY * count];
    }

    /**
     * The multiples of a public point that is not at infinity.
     *
     * <p>Let [2]P = (X : Y : Z). The curve is isomorphic, by (x, y) to (Z^2 x, Z^3 y), to one where [2]P is (X, Y); since the addition
     * formula knows no coefficients, it adds (X, Y) there, and Z goes into the denominators at the end. So one inversion does.
     */
    public static P256OddMultiples of(P256Point point, int count) {
        P256Point twice = new P256Point();
        twice.set(point);
        twice.twice();
        P256Point[] multiples = new P256Point[count];
        P256Point multiple = onIsomorphicCurve(point);
        for (int i = 0; i < count; i++) {
            multiples[i] = new P256Point();
            multiples[i].set(multiple);
            multiply(multiples[i].z(), multiple.z(), twice.z());
            multiple.addAffine(twice.x(), twice.y());
        }
        return pack(multiples);
    }

    /** P on the curve where [2]P is affine: (X f^2, Y f^3) with f = 2Y, for the doubling makes Z into 2YZ. */
    private static P256Point onIsomorphicCurve(P256Point point) {
        long[] f = P256Field.newElement();
        long[] power = P256Field.newElement();
        P256Field.add(f, point.y(), point.y());
        square(power, f);
        P256Point mapped = new P256Point();
        long[] x = P256Field.newElement();
        long[] y = P256Field.newElement();
        multiply(x, point.x(), power);
        multiply(power, power, f);
        multiply(y, point.y(), power);
        mapped.setAffine(x, y);
        return mapped;
    }

    private static P256OddMultiples pack(P256Point[] points) {
        long[][] inverses = new long[points.length][];
        for (int i = 0; i < points.length; i++) {
            inverses[i] = points[i].z().clone();
        }
        long[] one = P256Field.newElement();
        P256Field.setOne(one);
        P256Field.invertAll(inverses, one);
        P256OddMultiples packed = new P256OddMultiples(points.length);
        for (int i = 0; i < points.length; i++) {
            points[i].normalise(inverses[i]);
            P256Field.pack(packed.words, ENTRY * i, points[i].x());
            P256Field.pack(packed.words, ENTRY * i + P256Field.WORDS, points[i].y());
        }
        return packed;
    }

    /** (x, y) = [2 index + 1]P, for a public index. */
    void get(long[] x, long[] y, int index) {
        P256Field.unpack(x, words, ENTRY * index);
        P256Field.unpack(y, words, ENTRY * index + P256Field.WORDS);
    }

    /** (x, y) = [2 index + 1]P, for a secret index: reads all entries. */
    void select(long[] x, long[] y, int index) {
        long x0 = 0;
        long x1 = 0;
        long x2 = 0;
        long x3 = 0;
        long y0 = 0;
        long y1 = 0;
        long y2 = 0;
        long y3 = 0;
        long[] table = words;
        for (int at = 0, difference = index; at < table.length; at += ENTRY, difference--) {
            long mask = ((long) difference | -(long) difference) >> 63 ^ -1L;
            x0 |= table[at] & mask;
            x1 |= table[at + 1] & mask;
            x2 |= table[at + 2] & mask;
            x3 |= table[at + 3] & mask;
            y0 |= table[at + 4] & mask;
            y1 |= table[at + 5] & mask;
            y2 |= table[at + 6] & mask;
            y3 |= table[at + 7] & mask;
        }
        P256Field.unpack(x, x0, x1, x2, x3);
        P256Field.unpack(y, y0, y1, y2, y3);
    }

    /** How many multiples there are. */
    int count() {
        return count;
    }

    /** Adds the packed coordinates to a digest. */
    void digest(MessageDigest digest) {
        ByteBuffer octets = ByteBuffer.allocate(Long.BYTES * words.length);
        octets.asLongBuffer().put(words);
        digest.update(octets);
    }
}
