package org.mckms.mikeysakke.curve;

import java.util.Arrays;
import org.mckms.mikeysakke.field.SakkeField;

/**
 * A point in each lane of the curve -x^2 + y^2 = 1 + x^2 y^2, the form of the SAKKE curve in which sums are cheapest; {@link EdwardsMap}
 * leads to it and back.
 *
 * <p>The coordinates are the extended ones of H. Hisil, K. K.-H. Wong, G. Carter and E. Dawson, "Twisted Edwards curves revisited"
 * (ASIACRYPT 2008): x = X/Z, y = Y/Z, and T with X Y = Z T. In them each of the 4q points of the curve is a quadruple, those with
 * Z = 0 included, and the identity is (0 : 1 : 1 : 0).
 *
 * <p>Two ways to add are used. The first, {@link #addAffine}, fails only where the sum or the difference of both points has Z = 0;
 * such points have order 2 or 4, so it never fails in the subgroup of the odd order q. The second, {@link #add}, is right for all
 * points: in the coordinates (T : Z : Y : X) the quadruple is a point of x^2 + y^2 = 1 - x^2 y^2, and {@link #add} is the addition
 * law of that curve, which is complete because -1 is not a square modulo p (D. J. Bernstein and T. Lange, "Faster addition and doubling
 * on elliptic curves", ASIACRYPT 2007).
 *
 * <p>Coordinates are tight packs. A point may be secret; whoever makes one wipes it. Not thread safe.
 */
public final class EdwardsPoint {
    private final SakkeField field;
    private final long[] x;
    private final long[] y;
    private final long[] z;
    private final long[] t;

    /** Intermediate values, named as in the papers. */
    private final long[] a;

    private final long[] b;
    private final long[] e;
    private final long[] f;
    private final long[] g;
    private final long[] h;

    /** The identity in each lane. */
    public EdwardsPoint(SakkeField field) {
        this.field = field;
        int size = field.size();
        this.x = new long[size];
        this.y = new long[size];
        this.z = new long[size];
        this.t = new long[size];
        this.a = new long[size];
        this.b = new long[size];
        this.e = new long[size];
        this.f = new long[size];
        this.g = new long[size];
        this.h = new long[size];
        setIdentity();
    }

    /** this = identity. */
    public void setIdentity() {
        field.setZero(x);
        field.setOne(y);
        field.setOne(z);
        field.setZero(t);
    }

    /** this = other. */
    public void set(EdwardsPoint other) {
        copy(x, other.x);
        copy(y, other.y);
        copy(z, other.z);
        copy(t, other.t);
    }

    private void copy(long[] to, long[] from) {
        System.arraycopy(from, 0, to, 0, field.size());
    }

    /** this = (X : Y : Z : T), all tight, with X Y = Z T. */
    public void set(long[] newX, long[] newY, long[] newZ, long[] newT) {
        copy(x, newX);
        copy(y, newY);
        copy(z, newZ);
        copy(t, newT);
    }

    /** this = other in the lanes whose mask is all ones. */
    public void copyIf(EdwardsPoint other, long[] masks) {
        field.copyIf(x, other.x, masks);
        field.copyIf(y, other.y, masks);
        field.copyIf(z, other.z, masks);
        field.copyIf(t, other.t, masks);
    }

    /** this = -this in the lanes whose mask is all ones: (-X : Y : Z : -T). */
    public void negateIf(long[] masks) {
        field.negateIf(x, x, masks);
        field.negateIf(t, t, masks);
    }

    /**
     * this = this + (x2, y2) where the sum and the difference have Z other than 0, for instance where both points have order q or 1.
     * 7 multiplications: formulas madd-2008-hwcd-3 with a = -1 and d = 1 of the Explicit-Formulas Database.
     *
     * @param yPlusX y2 + x2, tight
     * @param yMinusX y2 - x2, tight
     * @param twoXY 2 x2 y2, tight; the negative of a point has the first two exchanged and the third negated
     */
    public void addAffine(long[] yPlusX, long[] yMinusX, long[] twoXY) {
        field.subtract(a, y, x);
        field.multiply(a, a, yMinusX);
        field.add(b, y, x);
        field.multiply(b, b, yPlusX);
        field.multiply(t, t, twoXY);
        field.add(z, z, z);
        field.subtract(e, b, a);
        field.subtract(f, z, t);
        field.add(g, z, t);
        field.add(h, b, a);
        field.tighten(e, e);
        field.tighten(g, g);
        multiplyOut();
    }

    /** this = this + other for any two points, also the same one. */
    public void add(EdwardsPoint other) {
        field.multiply(a, x, other.x);
        field.multiply(b, y, other.y);
        field.add(f, b, a);
        field.subtract(g, b, a);
        field.multiplyAdd(e, t, other.z, z, other.t);
        field.multiply(a, t, other.t);
        field.multiply(b, z, other.z);
        field.subtract(h, b, a);
        field.tighten(g, g);
        // in (T : Z : Y : X) the products E F, G H, F G, E H are T, Z, Y, X
        field.multiply(t, f, e);
        field.multiply(z, h, g);
        field.multiply(y, f, g);
        field.multiply(x, h, e);
    }

    /**
     * this = [2^times] this for any point, {@code times} at least 1: formulas dbl-2008-hwcd with a = -1, all results negated, of the
     * Explicit-Formulas Database. They read no T, so T is calculated at the end only.
     */
    public void twice(int times) {
        for (int i = 1; i < times; i++) {
            prepareTwice();
            field.multiply(x, f, e);
            field.multiply(y, h, g);
            field.multiply(z, f, g);
        }
        prepareTwice();
        multiplyOut();
    }

    private void prepareTwice() {
        field.add(e, x, x);
        field.multiply(e, e, y);
        field.square(a, x);
        field.square(b, y);
        field.square(z, z);
        field.subtract(g, b, a);
        field.add(h, b, a);
        field.add(f, z, z);
        field.subtract(f, f, g);
        field.tighten(g, g);
    }

    /** From E and G, tight, and F and H, loose. */
    private void multiplyOut() {
        field.multiply(x, f, e);
        field.multiply(y, h, g);
        field.multiply(t, h, e);
        field.multiply(z, f, g);
    }

    /** X, read only. */
    public long[] x() {
        return x;
    }

    /** Y, read only. */
    public long[] y() {
        return y;
    }

    /** Z, read only. */
    public long[] z() {
        return z;
    }

    /** T, read only. */
    public long[] t() {
        return t;
    }

    /** For each lane all ones if this is the identity, the only point with X = 0 and Y = Z. */
    public void isIdentity(long[] masks) {
        field.isZero(masks, x);
        field.subtract(a, y, z);
        long[] others = new long[masks.length];
        field.isZero(others, a);
        for (int i = 0; i < masks.length; i++) {
            masks[i] &= others[i];
        }
    }

    /** Zeroes all coordinates and intermediate values. */
    public void wipe() {
        for (long[] pack : new long[][] {x, y, z, t, a, b, e, f, g, h}) {
            Arrays.fill(pack, 0);
        }
    }
}
