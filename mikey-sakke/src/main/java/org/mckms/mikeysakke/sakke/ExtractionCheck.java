package org.mckms.mikeysakke.sakke;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.core.ScalarSakkeCore;
import org.mckms.mikeysakke.curve.EdwardsPoint;
import org.mckms.mikeysakke.curve.SakkePoints;
import org.mckms.mikeysakke.field.OrderField;
import org.mckms.mikeysakke.field.SakkeField;
import org.mckms.mikeysakke.field.ScalarSakkeField;
import org.mckms.mikeysakke.secret.SecretScalar;

/**
 * The check of extracted keys before they leave. For each user k (a + z_T) = 1 mod q, and RSK is a point of the curve. Then, with random
 * odd weights c_i of 16 bits, none of them 1,
 *
 * <pre>
 *   [sum of c_i k_i mod q]P = sum of [c_i]RSK_i
 * </pre>
 *
 * <p>What it misses: let E_i = RSK_i - [k_i]P be the errors; the equation holds if sum of [c_i]E_i = O. Suppose that E_j has an order
 * that q divides. Whatever the other weights are, all c_j that make the sum zero are equal modulo q, and since weights are below q at most
 * one of 32,767 does: the check misses with a probability of at most 1 in 32,767. Suppose that all errors have an order that divides the cofactor
 * 4. Odd weights never let a single one pass, nor a sum of errors of order 2 other than O; but two errors of order 2 cancel always and two
 * of order 4 in half the cases. No fault of a computation with points of order q is known to lead to such errors, and the pairing check
 * of each receiver finds them ({@link SakkeKeyCheck}).
 *
 * <p>The multiple on the left is calculated by the scalar core, whichever core has made the keys: a core that multiplies by 3 k or from
 * another base point agrees with itself. It is one multiplication for all keys. For keys of the scalar core it assumes that its table of P
 * is right, which is compared with a digest when it is made; but no k is multiplied twice, since even a single one has a weight.
 *
 * <p>Weights decide which points are added, so time depends on them; they are independent of the keys and forgotten. All else is
 * constant in time, and additions are right for points of any order.
 */
final class ExtractionCheck {
    private static final OrderField ORDER = OrderField.SAKKE;
    private static final int WEIGHT_BITS = 16;

    private final SakkeCore reference;
    private final SecureRandom random;

    /** @param random of the weights */
    ExtractionCheck(SecureRandom random) {
        this.reference = new ScalarSakkeCore(random);
        this.random = random;
    }

    /** Whether all keys pass; the four lists belong together by their indices. */
    boolean accepts(List<Octets> identities, KmsMasterSecret z, List<SecretScalar> k, List<ReceiverSecretKey> rsks) {
        int count = identities.size();
        if (k.size() != count || rsks.size() != count) {
            return false;
        }
        int[] weights = random.ints(count, 1, 1 << WEIGHT_BITS - 1)
                .map(half -> 2 * half + 1)
                .toArray();
        long[] sum = ORDER.newElement();
        try {
            boolean inverse = true;
            for (int i = 0; i < count; i++) {
                inverse &= isInverse(identities.get(i), z, k.get(i), sum, weights[i]);
            }
            return inverse && (count == 0 || isMultiple(rsks, weights, sum));
        } catch (InvalidKeyMaterialException e) {
            return false;
        } finally {
            Arrays.fill(sum, 0);
        }
    }

    /** Whether k (a + z_T) = 1 mod q; adds the weighted k to the sum. */
    private static boolean isInverse(Octets identity, KmsMasterSecret z, SecretScalar k, long[] sum, int weight) {
        long[] inverse = k.use(ExtractionCheck::element);
        try {
            boolean isInverse = isInverse(identity, z, inverse);
            long[] c = ORDER.newElement();
            ORDER.reduce(c, new byte[] {(byte) (weight >>> Byte.SIZE), (byte) weight});
            ORDER.multiply(inverse, inverse, c);
            ORDER.add(sum, sum, inverse);
            return isInverse;
        } finally {
            Arrays.fill(inverse, 0);
        }
    }

    private static boolean isInverse(Octets identity, KmsMasterSecret z, long[] k) {
        long[] a = SakkeIdentity.element(identity);
        long[] one = ORDER.newElement();
        ORDER.setOne(one);
        long[] product = z.element();
        try {
            ORDER.add(product, product, a);
            ORDER.multiply(product, product, k);
            return ORDER.isEqual(product, one) != 0;
        } finally {
            Arrays.fill(product, 0);
        }
    }

    private static long[] element(byte[] scalar) {
        if (!ORDER.isBelow(scalar)) {
            throw new InvalidKeyMaterialException("k is not below the group order");
        }
        long[] element = ORDER.newElement();
        ORDER.reduce(element, scalar);
        return element;
    }

    /** Whether [sum]P is the weighted sum of the keys. */
    private boolean isMultiple(List<ReceiverSecretKey> rsks, int[] weights, long[] sum) {
        byte[] scalar = new byte[ORDER.octets()];
        byte[] multiple = {};
        EdwardsPoint[] points = new EdwardsPoint[rsks.size()];
        SakkeField field = ScalarSakkeField.INSTANCE.withScratch();
        EdwardsPoint weighted = new EdwardsPoint(field);
        try {
            for (int i = 0; i < points.length; i++) {
                points[i] = rsks.get(i).use(ExtractionCheck::decode);
            }
            addWeighted(weighted, points, weights);
            ORDER.encode(scalar, sum);
            multiple = reference.multiplyGenerator(new byte[][] {scalar})[0];
            return isSame(weighted, multiple);
        } finally {
            Arrays.fill(scalar, (byte) 0);
            Arrays.fill(multiple, (byte) 0);
            for (EdwardsPoint point : points) {
                if (point != null) {
                    point.wipe();
                }
            }
            weighted.wipe();
            field.wipeScratch();
        }
    }

    private static EdwardsPoint decode(byte[] point) {
        SakkePoints.requireOnCurve(point);
        return SakkePoints.decode(point);
    }

    /** sum = the weighted sum of the points, by bits of all weights together (E. G. Straus, 1964). */
    private static void addWeighted(EdwardsPoint sum, EdwardsPoint[] points, int[] weights) {
        for (int bit = WEIGHT_BITS - 1; bit >= 0; bit--) {
            sum.twice(1);
            for (int i = 0; i < points.length; i++) {
                if ((weights[i] >>> bit & 1) != 0) {
                    sum.add(points[i]);
                }
            }
        }
    }

    private static boolean isSame(EdwardsPoint sum, byte[] multiple) {
        SakkePoints.requireOnCurve(multiple);
        EdwardsPoint difference = SakkePoints.decode(multiple);
        long[] mask = {-1};
        try {
            difference.negateIf(mask);
            difference.add(sum);
            difference.isIdentity(mask);
            return mask[0] != 0;
        } finally {
            difference.wipe();
        }
    }
}
