package org.mckms.mikeysakke.curve;

import java.util.Arrays;
import java.util.HexFormat;
import org.mckms.mikeysakke.field.SakkeField;

/**
 * The way from the SAKKE curve y^2 = x^3 - 3x to -x_e^2 + y_e^2 = 1 + x_e^2 y_e^2 and back.
 *
 * <p>p = 4q - 1, so a^q is a square root of a square a, and the one that is a square itself. Let c = (-3)^q and k = (-2 c^3)^q; then
 * c^2 = -3 and k^2 = -2 c^3. With x = c u and y = k w the curve becomes the Montgomery curve -2 w^2 = u^3 + u, and with
 * x_e = u / w, y_e = (u - 1) / (u + 1) the Edwards curve (D. J. Bernstein, P. Birkner, M. Joye, T. Lange and C. Peters, "Twisted
 * Edwards curves", AFRICACRYPT 2008, theorem 3.2).
 *
 * <p>As quotient of polynomials that holds for every point of the SAKKE curve but infinity: replace u / w by -2w / (u^2 + 1), note that
 * u = 1 and u^2 = -1 do not occur, and multiply by -3c so that one constant 6/k suffices. This gives
 *
 * <pre>
 *   (X : Y : Z : T) = (s (x + c) : d (x - c) : d (x + c) : s (x - c)),   s = 6 y / k,   d = x^2 - 3
 *   x = c (Z + Y) / (Z - Y),   y = k (Z + Y) Z / ((Z - Y) X)
 * </pre>
 *
 * <p>Infinity is the identity. Thread safe.
 */
public final class EdwardsMap {
    private static final String C = "6EC2065E3B96C6C3FA90E5A4A5B625F1CEC40E7F736F516E33E23042D0B9F81D"
            + "AC1140B6EBE07DA54DBB23DE919EB5D4B9D589B0B2A0120A6F530C25466A22A8"
            + "D62E1D53E4958B3E07C2581F698B6F23435F3B69A1602E31991C277DD463A215"
            + "3C83F9B4D34A34F5C394033673619D3F4D5228F190710176AB0564F63CB03931";
    private static final String K = "8C108284ECAD95F76BE5C8A8D8B08222084C5204E71657482725CDD6493E0D32"
            + "1E4D1F71E8B2FDDF1CAC9E277889223F9F22978747207482841EBF6EC1D414D0"
            + "BCB94D96EBA2340A5682E44B4DCB21AB01CE27ABE021A307C5CE73216DEDBC1F"
            + "3D215D7CBECA210B9D2B1F271B165814504EF5D05D4902766E939464D3013E46";
    private static final String SIX_OVER_K = "4C32F1884EE6E53A303DC4C051913488681786E7A1B210F72AE8BCF61AA8F77C"
            + "55A3C3E4A46EDEBF8ABECB3F862D7F143D847F48D5C56D9CB40E3AA87A8F7FF6"
            + "F7C89627AED1ADF6A97D1AD7408170A84C58D51B3A7A2F0AEB21B5D78A245104"
            + "B788AC3736DC1ED20A838A8FD5AA89FCB4BB9515A3C86A84D17B5F5D6E2609FE";

    private final SakkeField field;
    private final long[] c;
    private final long[] k;
    private final long[] sixOverK;
    private final long[] three;

    /** The map for packs of a field. */
    public EdwardsMap(SakkeField field) {
        this.field = field;
        this.c = constant(C);
        this.k = constant(K);
        this.sixOverK = constant(SIX_OVER_K);
        this.three = constant("00".repeat(SakkeField.OCTETS - 1) + "03");
    }

    private long[] constant(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        long[] pack = new long[field.size()];
        for (int lane = 0; lane < field.lanes(); lane++) {
            field.decode(pack, lane, octets, 0);
        }
        return pack;
    }

    /** For each lane all ones if y^2 = x (x^2 - 3); both tight. */
    public void isOnCurve(long[] masks, long[] x, long[] y) {
        long[] d = new long[field.size()];
        try {
            squareMinusThree(d, x);
            field.multiplySubtract(d, d, x, y, y);
            field.isZero(masks, d);
        } finally {
            Arrays.fill(d, 0);
        }
    }

    /** d = x^2 - 3, loose. */
    private void squareMinusThree(long[] d, long[] x) {
        field.square(d, x);
        field.subtract(d, d, three);
    }

    /** r = the point (x, y) of the SAKKE curve, both tight. */
    public void toEdwards(EdwardsPoint r, long[] x, long[] y) {
        int size = field.size();
        long[] d = new long[size];
        long[] s = new long[size];
        long[] plus = new long[size];
        long[] minus = new long[size];
        long[][] coordinates = new long[4][size];
        try {
            squareMinusThree(d, x);
            field.tighten(d, d);
            field.multiply(s, sixOverK, y);
            field.add(plus, x, c);
            field.subtract(minus, x, c);
            field.multiply(coordinates[0], plus, s);
            field.multiply(coordinates[1], minus, d);
            field.multiply(coordinates[2], plus, d);
            field.multiply(coordinates[3], minus, s);
            r.set(coordinates[0], coordinates[1], coordinates[2], coordinates[3]);
        } finally {
            wipe(d, s, plus, minus);
            wipe(coordinates);
        }
    }

    /** r = (Z - Y) X, tight: what {@link #toWeierstrass} divides by. Zero for the identity and in the subgroup of order q for no other point. */
    public void denominator(long[] r, EdwardsPoint a) {
        field.subtract(r, a.z(), a.y());
        field.multiply(r, r, a.x());
    }

    /**
     * (x, y) = the point of the SAKKE curve, both tight; zeros where the inverse is zero.
     *
     * @param inverse of the {@link #denominator}, tight
     */
    public void toWeierstrass(long[] x, long[] y, EdwardsPoint a, long[] inverse) {
        long[] sum = new long[field.size()];
        try {
            field.add(sum, a.z(), a.y());
            field.multiply(sum, sum, inverse);
            field.multiply(x, c, a.x());
            field.multiply(x, x, sum);
            field.multiply(y, k, a.z());
            field.multiply(y, y, sum);
        } finally {
            Arrays.fill(sum, 0);
        }
    }

    /**
     * For each lane all ones if {@code a}, of order q or 1, is the point (x, y) of the SAKKE curve, both tight. The identity is no such
     * point.
     */
    public void isSame(long[] masks, EdwardsPoint a, long[] x, long[] y) {
        int size = field.size();
        long[] sum = new long[size];
        long[] difference = new long[size];
        long[] left = new long[size];
        long[] masksOfY = new long[masks.length];
        try {
            field.add(sum, a.z(), a.y());
            field.subtract(difference, a.z(), a.y());
            field.multiplySubtract(left, difference, x, sum, c);
            field.isZero(masks, left);
            field.multiply(difference, difference, a.x());
            field.multiply(sum, sum, a.z());
            field.multiplySubtract(left, difference, y, sum, k);
            field.isZero(masksOfY, left);
            for (int i = 0; i < masks.length; i++) {
                masks[i] &= masksOfY[i];
            }
        } finally {
            wipe(sum, difference, left, masksOfY);
        }
    }

    private static void wipe(long[]... packs) {
        for (long[] pack : packs) {
            Arrays.fill(pack, 0);
        }
    }
}
