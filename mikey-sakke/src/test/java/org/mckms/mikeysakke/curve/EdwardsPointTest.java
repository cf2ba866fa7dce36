package org.mckms.mikeysakke.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.field.ScalarSakkeField;
import org.mckms.mikeysakke.reference.Curve;
import org.mckms.mikeysakke.reference.Point;

/** Against the reference arithmetic in Jacobian coordinates, for all pairs of points of all orders. */
class EdwardsPointTest {
    private static final ScalarSakkeField FIELD = ScalarSakkeField.INSTANCE;
    private static final List<byte[]> POINTS = SamplePoints.ofAnyOrder().toList();

    @Test
    void addsAnyTwoPoints() {
        for (byte[] one : POINTS) {
            for (byte[] other : POINTS) {
                EdwardsPoint sum = SakkePoints.decode(one);
                sum.add(SakkePoints.decode(other));

                assertSame(sum, reference(one).plus(reference(other)));
            }
        }
    }

    @Test
    void addsAPointToItsNegativeAndToTheIdentity() {
        for (byte[] point : POINTS) {
            EdwardsPoint negative = SakkePoints.decode(point);
            negative.negateIf(new long[] {-1});
            assertSame(negative, reference(point).negate());
            negative.add(SakkePoints.decode(point));
            assertThat(isIdentity(negative)).isTrue();

            EdwardsPoint same = new EdwardsPoint(FIELD);
            same.add(SakkePoints.decode(point));
            assertSame(same, reference(point));
            same.negateIf(new long[] {0});
            assertSame(same, reference(point));
        }
    }

    @Test
    void addsAPointToItself() {
        for (byte[] point : POINTS) {
            EdwardsPoint twice = SakkePoints.decode(point);
            twice.add(twice);

            assertSame(twice, reference(point).twice());
        }
    }

    @Test
    void doublesAnyPointAnyNumberOfTimes() {
        for (byte[] point : POINTS) {
            Point expected = reference(point);
            for (int times = 1; times <= 6; times++) {
                EdwardsPoint doubled = SakkePoints.decode(point);
                doubled.twice(times);
                expected = expected.twice();
                assertSame(doubled, expected);
                // T is right too
                doubled.add(SakkePoints.decode(point));
                assertSame(doubled, expected.plus(reference(point)));
            }
        }
    }

    @Test
    void keepsTheIdentityWhenItIsDoubled() {
        EdwardsPoint identity = new EdwardsPoint(FIELD);
        identity.twice(3);

        assertThat(isIdentity(identity)).isTrue();
    }

    @Test
    void addsAffinePointsOfOrderQ() {
        List<byte[]> points = SamplePoints.ofOrderQ().toList();
        for (byte[] one : points) {
            for (byte[] other : points) {
                EdwardsPoint sum = SakkePoints.decode(one);
                addAffine(sum, other);
                assertSame(sum, reference(one).plus(reference(other)));
                sum.add(SakkePoints.decode(one));
                assertSame(sum, reference(one).twice().plus(reference(other)));
            }
        }
    }

    /** Through the inverse of Z, which points of order q have. */
    private static void addAffine(EdwardsPoint sum, byte[] point) {
        EdwardsPoint affine = SakkePoints.decode(point);
        long[] inverse = new long[FIELD.size()];
        long[] x = new long[FIELD.size()];
        long[] y = new long[FIELD.size()];
        long[] plus = new long[FIELD.size()];
        long[] minus = new long[FIELD.size()];
        FIELD.invert(inverse, affine.z());
        FIELD.multiply(x, affine.x(), inverse);
        FIELD.multiply(y, affine.y(), inverse);
        FIELD.add(plus, y, x);
        FIELD.subtract(minus, y, x);
        FIELD.tighten(plus, plus);
        FIELD.tighten(minus, minus);
        FIELD.add(x, x, x);
        FIELD.multiply(x, x, y);
        sum.addAffine(plus, minus, x);
    }

    @Test
    void copiesAsTheMaskSays() {
        EdwardsPoint point = SakkePoints.decode(POINTS.get(0));
        point.copyIf(SakkePoints.decode(POINTS.get(1)), new long[] {0});
        assertSame(point, reference(POINTS.get(0)));
        point.copyIf(SakkePoints.decode(POINTS.get(1)), new long[] {-1});
        assertSame(point, reference(POINTS.get(1)));
    }

    @Test
    void isZeroEverywhereWhenWiped() {
        EdwardsPoint point = SakkePoints.decode(POINTS.get(0));
        point.twice(2);
        point.wipe();

        assertThat(point.x()).containsOnly(0);
        assertThat(point.y()).containsOnly(0);
        assertThat(point.z()).containsOnly(0);
        assertThat(point.t()).containsOnly(0);
    }

    private static Point reference(byte[] point) {
        return Curve.SAKKE.decode(point);
    }

    private static boolean isIdentity(EdwardsPoint point) {
        long[] mask = new long[1];
        point.isIdentity(mask);
        return mask[0] != 0;
    }

    /** By the difference, which is right for points of any order once {@link #addsAPointToItsNegativeAndToTheIdentity} holds. */
    private static void assertSame(EdwardsPoint actual, Point expected) {
        EdwardsPoint difference = new EdwardsPoint(FIELD);
        if (!expected.isInfinity()) {
            difference.set(SakkePoints.decode(expected.encode()));
        }
        difference.negateIf(new long[] {-1});
        difference.add(actual);
        assertThat(isIdentity(difference)).isTrue();
    }
}
