package org.mckms.mikeysakke.reference;

import java.math.BigInteger;
import java.util.Optional;

/**
 * The Tate-Lichtenbaum pairing of RFC 6508 clause 3.2 on the SAKKE curve, with the distortion (x, y) to (-x, i*y) on its second argument.
 *
 * <p>Lines are scaled by factors of F_p, which vanish in the result, so that the loop needs no inversion.
 */
public final class Pairing {
    private static final BigInteger LOOP = Curve.SAKKE.order().subtract(BigInteger.ONE);

    private final Point a;
    private final Point b;
    private final FieldElement sumOfX;
    private Point c;
    private Fp2 value;

    private Pairing(Point a, Point b) {
        this.a = a.normalised();
        this.b = b.normalised();
        this.sumOfX = this.a.x().plus(this.b.x());
        this.c = this.a;
        this.value = new Fp2(Curve.SAKKE.field().one(), Curve.SAKKE.field().zero());
    }

    /**
     * The pairing of two points of the SAKKE curve, neither of them at infinity.
     *
     * <p>Both have order q. For points of another order the result is some value or empty; a caller that cannot know the order of a
     * point proves it by another check.
     */
    public static Optional<PairingValue> of(Point a, Point b) {
        return new Pairing(a, b).compute();
    }

    private Optional<PairingValue> compute() {
        for (int i = LOOP.bitLength() - 2; i >= 0; i--) {
            doublingStep();
            if (LOOP.testBit(i)) {
                additionStep();
            }
        }
        // to the power of (p + 1)/q = 4
        return PairingValue.of(value.square().square());
    }

    /** value = value^2 * (tangent at c); c = 2c. */
    private void doublingStep() {
        FieldElement zz = c.z().square();
        FieldElement m = c.x().minus(zz).times(c.x().plus(zz)).thrice();
        FieldElement yy = c.y().square();
        FieldElement s = c.x().times(yy).twice().twice();
        FieldElement x3 = m.square().minus(s.twice());
        FieldElement y3 = m.times(s.minus(x3)).minus(yy.square().twice().twice().twice());
        FieldElement z3 = c.y().times(c.z()).twice();
        FieldElement re = m.times(b.x().times(zz).plus(c.x())).minus(yy.twice());
        FieldElement im = z3.times(zz).times(b.y());
        value = value.square().times(new Fp2(re, im));
        c = Point.jacobian(Curve.SAKKE, x3, y3, z3);
    }

    /** value = value * (line through c and a); c = c + a. */
    private void additionStep() {
        FieldElement zz = c.z().square();
        FieldElement h = a.x().times(zz).minus(c.x());
        FieldElement r = a.y().times(zz).times(c.z()).minus(c.y());
        FieldElement hh = h.square();
        FieldElement hhh = hh.times(h);
        FieldElement v = c.x().times(hh);
        FieldElement x3 = r.square().minus(hhh).minus(v.twice());
        FieldElement y3 = r.times(v.minus(x3)).minus(c.y().times(hhh));
        FieldElement z3 = c.z().times(h);
        FieldElement re = r.times(sumOfX).minus(a.y().times(z3));
        FieldElement im = z3.times(b.y());
        value = value.times(new Fp2(re, im));
        c = Point.jacobian(Curve.SAKKE, x3, y3, z3);
    }
}
