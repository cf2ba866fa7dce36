package org.mckms.mikeysakke.curve;

import static org.mckms.mikeysakke.field.P256Field.add;
import static org.mckms.mikeysakke.field.P256Field.copy;
import static org.mckms.mikeysakke.field.P256Field.copyIf;
import static org.mckms.mikeysakke.field.P256Field.multiply;
import static org.mckms.mikeysakke.field.P256Field.multiplySubtract;
import static org.mckms.mikeysakke.field.P256Field.square;
import static org.mckms.mikeysakke.field.P256Field.subtract;

import java.util.Arrays;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.field.P256Field;

/**
 * A point of NIST P-256, y^2 = x^3 - 3x + b, that changes in place: Jacobian coordinates, x = X / Z^2 and y = Y / Z^3, with Z = 0 at
 * infinity. Constant in time; not thread safe.
 *
 * <p>In the sense of {@link P256Field} X is up to 4-fold, Y tight or the negative of a tight element, and Z up to 3-fold.
 */
public final class P256Point {
    /** Octets of an encoded point. */
    public static final int OCTETS = 1 + 2 * P256Field.OCTETS;

    private static final byte UNCOMPRESSED = 4;
    /** The coefficient b (FIPS 186-4 appendix D.1.2.3), in Montgomery form. */
    private static final long[] B = {
        0x188A712F77F70CL, 0x1C543090D89CDFL, 0x04BB5AB3C01732L, 0x034097220ABF72L, 0x00000187782DD2L
    };

    private final long[] x = P256Field.newElement();
    private final long[] y = P256Field.newElement();
    private final long[] z = P256Field.newElement();

    // differences that an addition leaves: of the x coordinates, and twice that of the y coordinates, over a common
    // denominator
    private final long[] h = P256Field.newElement();
    private final long[] r = P256Field.newElement();

    private final long[] s = P256Field.newElement();
    private final long[] t = P256Field.newElement();
    private final long[] u = P256Field.newElement();
    private final long[] v = P256Field.newElement();

    /** A new point, at infinity. */
    public P256Point() {}

    /**
     * Decodes {@code 04 || x || y} and checks that it is a point of the curve, so of order q.
     *
     * @throws InvalidKeyMaterialException for a wrong length or prefix, a coordinate that is not below p, or a point off the curve
     */
    public static P256Point decode(byte[] octets) {
        if (octets.length != OCTETS) {
            throw new InvalidKeyMaterialException("a point has " + OCTETS + " octets, not " + octets.length);
        }
        if (octets[0] != UNCOMPRESSED) {
            throw new InvalidKeyMaterialException("a point starts with octet 04");
        }
        if (!P256Field.isBelowModulus(octets, 1) || !P256Field.isBelowModulus(octets, 1 + P256Field.OCTETS)) {
            throw new InvalidKeyMaterialException("coordinate is not below p");
        }
        P256Point point = new P256Point();
        P256Field.decode(point.x, octets, 1);
        P256Field.decode(point.y, octets, 1 + P256Field.OCTETS);
        P256Field.setOne(point.z);
        if (!point.isOnCurve()) {
            throw new InvalidKeyMaterialException("point is not on the curve");
        }
        return point;
    }

    /** Whether y^2 = x (x^2 - 3) + b, for Z = 1. */
    private boolean isOnCurve() {
        P256Field.setOne(t);
        square(s, x);
        subtract(s, s, t);
        subtract(s, s, t);
        subtract(s, s, t);
        multiply(s, s, x);
        add(s, s, B);
        square(t, y);
        subtract(s, s, t);
        return isTrue(P256Field.isZero(s));
    }

    /** Becomes the point of affine coordinates, each tight or a negative. */
    public void setAffine(long[] affineX, long[] affineY) {
        copy(x, affineX);
        copy(y, affineY);
        P256Field.setOne(z);
    }

    /** Becomes {@code other}. */
    public void set(P256Point other) {
        copy(x, other.x);
        copy(y, other.y);
        copy(z, other.z);
    }

    /** Doubles this point, infinity included: 3M + 5S (EFD, "dbl-2001-b"). */
    public void twice() {
        square(s, z); // delta
        square(t, y); // gamma
        subtract(u, x, s);
        add(v, x, s);
        multiply(u, u, v);
        add(v, u, u);
        add(u, u, v); // alpha
        add(z, y, z);
        square(z, z);
        subtract(z, z, t);
        subtract(z, z, s);
        add(t, t, t); // 2 gamma
        add(v, t, t);
        multiply(s, x, v); // 4 beta
        square(x, u);
        subtract(x, x, s);
        subtract(x, x, s);
        subtract(s, s, x);
        multiplySubtract(y, u, s, v, t);
    }

    /**
     * Adds an affine point, up to 3-fold, that is neither this point nor its negative: 7M + 4S (EFD, "madd-2007-bl").
     * Otherwise, or if this point is infinity, the result has Z = 0 and keeps it in all that follows.
     *
     * <p>The formula does not contain the coefficients of the curve.
     */
    public void addAffine(long[] affineX, long[] affineY) {
        square(s, z); // Z^2
        multiply(t, z, s);
        multiply(u, affineX, s);
        multiply(v, affineY, t);
        subtract(h, u, x);
        subtract(r, v, y);
        add(r, r, r);
        square(t, h); // H^2
        add(z, z, h);
        square(z, z);
        subtract(z, z, s);
        subtract(z, z, t);
        add(t, t, t);
        add(t, t, t); // I
        multiply(v, x, t); // V
        multiply(t, h, t); // J
        square(x, r);
        subtract(x, x, t);
        subtract(x, x, v);
        subtract(x, x, v);
        subtract(v, v, x);
        add(y, y, y);
        multiplySubtract(y, r, v, y, t);
    }

    /** Adds any affine point, up to 3-fold, to any point: the sum and the double are both calculated, and one of them is taken. */
    public void addAffineComplete(long[] affineX, long[] affineY) {
        P256Point added = new P256Point();
        P256Point doubled = new P256Point();
        try {
            added.setAffine(affineX, affineY);
            doubled.set(added);
            doubled.twice();
            long infinity = P256Field.isZero(z);
            addAffine(affineX, affineY);
            long same = P256Field.isZero(h) & P256Field.isZero(r);
            setIf(doubled, same);
            setIf(added, infinity);
        } finally {
            added.wipe();
            doubled.wipe();
        }
    }

    /** Adds any point with Z = 1 to any point. */
    public void addComplete(P256Point affine) {
        addAffineComplete(affine.x, affine.y);
    }

    private void setIf(P256Point other, long mask) {
        copyIf(x, other.x, mask);
        copyIf(y, other.y, mask);
        copyIf(z, other.z, mask);
    }

    /** Becomes its negative where the mask is all ones; unchanged where it is zero. */
    public void negateIf(long mask) {
        P256Field.negateIf(y, y, mask);
    }

    /** Whether this point is at infinity, which is the only thing that the time tells. */
    public boolean isInfinity() {
        return isTrue(P256Field.isZero(z));
    }

    /** Whether the points are equal; {@code affine} has Z = 1 or is at infinity, which equals nothing. */
    public boolean isEqualTo(P256Point affine) {
        square(s, z);
        multiply(t, z, s);
        multiply(u, affine.x, s);
        multiply(v, affine.y, t);
        subtract(u, u, x);
        subtract(v, v, y);
        long infinity = P256Field.isZero(z) | P256Field.isZero(affine.z);
        return isTrue(P256Field.isZero(u) & P256Field.isZero(v) & ~infinity);
    }

    /** Whether the affine x is that of 32 big-endian octets below p, without an inversion; false at infinity. */
    public boolean hasX(byte[] octets) {
        P256Field.decode(u, octets, 0);
        square(s, z);
        multiply(u, u, s);
        subtract(u, u, x);
        return isTrue(P256Field.isZero(u) & ~P256Field.isZero(z));
    }

    private static boolean isTrue(long mask) {
        return (int) mask != 0;
    }

    /**
     * The same point with Z = 1, given 1 / Z; infinity stays, given zero. Nothing is left of how the point was calculated, so that it is
     * as public as its encoding.
     */
    void normalise(long[] inverseZ) {
        square(s, inverseZ);
        multiply(t, s, inverseZ);
        multiply(x, x, s);
        multiply(y, y, t);
        multiply(z, z, inverseZ);
        wipe(h, r, s, t, u, v);
    }

    /** The same point with Z = 1, as public as its encoding; infinity stays. One inversion. */
    public void normalise() {
        P256Field.invert(u, z);
        normalise(u);
    }

    /**
     * {@code 04 || x || y} of a point with Z = 1.
     *
     * @throws IllegalStateException at infinity
     */
    public byte[] encode() {
        if (isInfinity()) {
            throw new IllegalStateException("the point at infinity has no encoding");
        }
        byte[] octets = new byte[OCTETS];
        octets[0] = UNCOMPRESSED;
        P256Field.encode(octets, 1, x);
        P256Field.encode(octets, 1 + P256Field.OCTETS, y);
        return octets;
    }

    /** The 32 octets of x of a point with Z = 1. */
    public byte[] encodeX() {
        byte[] octets = new byte[P256Field.OCTETS];
        P256Field.encode(octets, 0, x);
        return octets;
    }

    long[] x() {
        return x;
    }

    long[] y() {
        return y;
    }

    long[] z() {
        return z;
    }

    /** Zeroes all that is known of the point; it is infinity then. */
    public void wipe() {
        wipe(x, y, z, h, r, s, t, u, v);
    }

    private static void wipe(long[]... elements) {
        for (long[] element : elements) {
            Arrays.fill(element, 0);
        }
    }
}
