package org.mckms.mikeysakke.reference;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Immutable point of a {@link Curve}, in Jacobian coordinates: x = X/Z^2, y = Y/Z^3, Z = 0 at infinity. */
public final class Point {
    private static final int WINDOW_BITS = 5;

    private final Curve curve;
    private final FieldElement x;
    private final FieldElement y;
    private final FieldElement z;

    private Point(Curve curve, FieldElement x, FieldElement y, FieldElement z) {
        this.curve = curve;
        this.x = x;
        this.y = y;
        this.z = z;
    }

    static Point affine(Curve curve, FieldElement x, FieldElement y) {
        return new Point(curve, x, y, curve.field().one());
    }

    static Point jacobian(Curve curve, FieldElement x, FieldElement y, FieldElement z) {
        return new Point(curve, x, y, z);
    }

    static Point infinity(Curve curve) {
        return new Point(
                curve, curve.field().one(), curve.field().one(), curve.field().zero());
    }

    /** Whether this is the neutral element, which has no encoding. */
    public boolean isInfinity() {
        return z.isZero();
    }

    /** Minus this point. */
    public Point negate() {
        return new Point(curve, x, y.negate(), z);
    }

    /** Twice this point. */
    public Point twice() {
        FieldElement zz = z.square();
        FieldElement m = x.minus(zz).times(x.plus(zz)).thrice();
        FieldElement yy = y.square();
        FieldElement s = x.times(yy).twice().twice();
        FieldElement x3 = m.square().minus(s.twice());
        FieldElement y3 = m.times(s.minus(x3)).minus(yy.square().twice().twice().twice());
        return new Point(curve, x3, y3, y.times(z).twice());
    }

    /** The sum, right for all pairs of points of one curve. */
    public Point plus(Point other) {
        if (isInfinity()) {
            return other;
        }
        if (other.isInfinity()) {
            return this;
        }
        if (other.isAffine()) {
            return plus(x, y, other);
        }
        FieldElement otherZz = other.z.square();
        return plus(x.times(otherZz), y.times(otherZz).times(other.z), other);
    }

    /** {@code u1} and {@code s1} are the own coordinates scaled by the other's Z^2 and Z^3. */
    private Point plus(FieldElement u1, FieldElement s1, Point other) {
        FieldElement zz = z.square();
        FieldElement h = other.x.times(zz).minus(u1);
        FieldElement r = other.y.times(zz).times(z).minus(s1);
        if (h.isZero()) {
            return r.isZero() ? twice() : infinity(curve);
        }
        FieldElement hh = h.square();
        FieldElement hhh = hh.times(h);
        FieldElement v = u1.times(hh);
        FieldElement x3 = r.square().minus(hhh).minus(v.twice());
        FieldElement y3 = r.times(v.minus(x3)).minus(s1.times(hhh));
        FieldElement z3 = z.times(h);
        return new Point(curve, x3, y3, other.isAffine() ? z3 : z3.times(other.z));
    }

    /** [k] times this point. */
    public Point multiply(Scalar k) {
        return multiply(k.value());
    }

    /** [k] times this point for any k from 0, by a signed sliding window. */
    Point multiply(BigInteger k) {
        List<Point> oddMultiples = oddMultiples();
        byte[] digits = nonAdjacentForm(k);
        Point result = infinity(curve);
        for (int i = digits.length - 1; i >= 0; i--) {
            result = result.twice();
            int digit = digits[i];
            if (digit > 0) {
                result = result.plus(oddMultiples.get(digit / 2));
            } else if (digit < 0) {
                result = result.plus(oddMultiples.get(-digit / 2).negate());
            }
        }
        return result;
    }

    private List<Point> oddMultiples() {
        Point twice = twice();
        List<Point> multiples = new ArrayList<>();
        Point multiple = this;
        for (int i = 0; i < 1 << WINDOW_BITS - 2; i++) {
            multiples.add(multiple);
            multiple = multiple.plus(twice);
        }
        return normalise(multiples);
    }

    /** Digits of k from the lowest: zero or odd with an absolute value below 2^(WINDOW_BITS-1). */
    private static byte[] nonAdjacentForm(BigInteger k) {
        byte[] digits = new byte[k.bitLength() + 1];
        int modulus = 1 << WINDOW_BITS;
        int carry = 0;
        int position = 0;
        while (position < digits.length) {
            if (((k.testBit(position) ? 1 : 0) ^ carry) == 0) {
                position++;
                continue;
            }
            int window = carry;
            for (int i = 0; i < WINDOW_BITS; i++) {
                window += k.testBit(position + i) ? 1 << i : 0;
            }
            carry = window > modulus / 2 ? 1 : 0;
            digits[position] = (byte) (carry == 1 ? window - modulus : window);
            position += WINDOW_BITS;
        }
        return digits;
    }

    /** The same points with Z = 1, by one field inversion; points at infinity stay. */
    static List<Point> normalise(List<Point> points) {
        PrimeField field = points.get(0).curve.field();
        List<FieldElement> zs = new ArrayList<>(points.size());
        for (Point point : points) {
            zs.add(point.isInfinity() ? field.one() : point.z);
        }
        List<FieldElement> inverses = field.inverses(zs);
        List<Point> affine = new ArrayList<>(points.size());
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            affine.add(point.isInfinity() ? point : point.scaled(inverses.get(i)));
        }
        return List.copyOf(affine);
    }

    private Point scaled(FieldElement inverseZ) {
        FieldElement square = inverseZ.square();
        return affine(curve, x.times(square), y.times(square).times(inverseZ));
    }

    /** The same point with Z = 1. */
    Point normalised() {
        return isInfinity() || isAffine() ? this : scaled(z.inverse());
    }

    /**
     * {@code 04 || x || y} with coordinates of fixed width.
     *
     * @throws IllegalStateException for the point at infinity
     */
    public byte[] encode() {
        if (isInfinity()) {
            throw new IllegalStateException("the point at infinity has no encoding");
        }
        Point affine = normalised();
        int width = curve.coordinateOctets();
        byte[] octets = new byte[curve.pointOctets()];
        octets[0] = 4;
        System.arraycopy(affine.x.encode(), 0, octets, 1, width);
        System.arraycopy(affine.y.encode(), 0, octets, 1 + width, width);
        return octets;
    }

    /** Whether both are the same point, in any coordinates. */
    public boolean sameAs(Point other) {
        return plus(other.negate()).isInfinity();
    }

    private boolean isAffine() {
        return z.isOne();
    }

    Curve curve() {
        return curve;
    }

    /** Jacobian X, the affine x when normalised. */
    FieldElement x() {
        return x;
    }

    /** Jacobian Y, the affine y when normalised. */
    FieldElement y() {
        return y;
    }

    FieldElement z() {
        return z;
    }
}
