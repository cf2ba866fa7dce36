package org.mckms.mikeysakke.curve;

import java.util.Arrays;
import java.util.HexFormat;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.field.SakkeField;
import org.mckms.mikeysakke.field.ScalarSakkeField;

/**
 * Encoded points of the SAKKE curve y^2 = x^3 - 3x over F_p: 257 octets {@code 04 || x || y}. The checks take a time that does not
 * depend on the coordinates unless they fail.
 */
public final class SakkePoints {
    /** Length of an encoded point. */
    public static final int OCTETS = 1 + 2 * SakkeField.OCTETS;

    private static final byte UNCOMPRESSED = 4;

    /** The base point P of parameter set 1 (RFC 6509 appendix A). */
    private static final byte[] GENERATOR = HexFormat.of()
            .parseHex("04"
                    + "53FC09EE332C29AD0A7990053ED9B52A2B1A2FD60AEC69C698B2F204B6FF7CBF"
                    + "B5EDB6C0F6CE2308AB10DB9030B09E1043D5F22CDB9DFA55718BD9E7406CE890"
                    + "9760AF765DD5BCCB337C86548B72F2E1A702C3397A60DE74A7C1514DBA66910D"
                    + "D5CFB4CC80728D87EE9163A5B63F73EC80EC46C4967E0979880DC8ABEAE63895"
                    + "0A8249063F6009F1F9F1F0533634A135D3E82016029906963D778D821E141178"
                    + "F5EA69F4654EC2B9E7F7F5E5F0DE55F66B598CCF9A140B2E416CFF0CA9E032B9"
                    + "70DAE117AD547C6CCAD696B5B7652FE0AC6F1E80164AA989492D979FC5A4D5F2"
                    + "13515AD7E9CB99A980BDAD5AD5BB4636ADB9B5706A67DCDE75573FD71BEF16D7");

    private static final byte[] P = HexFormat.of()
            .parseHex("997ABB1F0A563FDA65C61198DAD0657A416C0CE19CB48261BE9AE358B3E01A2E"
                    + "F40AAB27E2FC0F1B228730D531A59CB0E791B39FF7C88A19356D27F4A666A6D0"
                    + "E26C6487326B4CD4512AC5CD65681CE1B6AFF4A831852A82A7CF3C521C3C09AA"
                    + "9F94D6AF56971F1FFCE3E82389857DB080C5DF10AC7ACE87666D807AFEA85FEB");

    private static final byte[] Q = HexFormat.of()
            .parseHex("265EAEC7C2958FF69971846636B4195E905B0338672D20986FA6B8D62CF8068B"
                    + "BD02AAC9F8BF03C6C8A1CC354C69672C39E46CE7FDF222864D5B49FD2999A9B4"
                    + "389B1921CC9AD335144AB173595A07386DABFD2A0C614AA0A9F3CF14870F026A"
                    + "A7E535ABD5A5C7C7FF38FA08E2615F6C203177C42B1EB3A1D99B601EBFAA17FB");

    private static final ScalarSakkeField FIELD = ScalarSakkeField.INSTANCE;
    private static final EdwardsMap MAP = new EdwardsMap(FIELD);

    private SakkePoints() {}

    /** P, 257 octets. */
    public static byte[] generator() {
        return GENERATOR.clone();
    }

    /**
     * Checks the encoding and that the point is on the curve; it may have any order.
     *
     * @throws InvalidKeyMaterialException for a wrong length or prefix, a coordinate that is not below p, or a point off the curve
     */
    public static void requireOnCurve(byte[] point) {
        if (point.length != OCTETS) {
            throw new InvalidKeyMaterialException("a point has 257 octets, not " + point.length);
        }
        if (point[0] != UNCOMPRESSED) {
            throw new InvalidKeyMaterialException("a point starts with octet 04");
        }
        if (!isBelowP(point, 1) || !isBelowP(point, 1 + SakkeField.OCTETS)) {
            throw new InvalidKeyMaterialException("coordinate is not below p");
        }
        long[] x = new long[FIELD.size()];
        long[] y = new long[FIELD.size()];
        long[] mask = new long[1];
        try {
            coordinates(x, y, point);
            MAP.isOnCurve(mask, x, y);
        } finally {
            Arrays.fill(x, 0);
            Arrays.fill(y, 0);
        }
        if (mask[0] == 0) {
            throw new InvalidKeyMaterialException("point is not on the curve");
        }
    }

    /**
     * Checks as {@link #requireOnCurve} and that the order is q, by [q]A.
     *
     * @throws InvalidKeyMaterialException as there, or for a point of another order
     */
    public static void requireOrderQ(byte[] point) {
        requireOnCurve(point);
        EdwardsPoint a = decode(point);
        PointMultiples multiples = new PointMultiples(a);
        long[] mask = new long[1];
        try {
            // infinity has no encoding, so A itself is not the identity
            multiples.multiply(a, Q);
            a.isIdentity(mask);
        } finally {
            multiples.wipe();
            a.wipe();
        }
        if (mask[0] == 0) {
            throw new InvalidKeyMaterialException("point does not have the order of the base point");
        }
    }

    /** The point of an encoding that has been checked to be on the curve; the caller wipes it if it is secret. */
    public static EdwardsPoint decode(byte[] point) {
        long[] x = new long[FIELD.size()];
        long[] y = new long[FIELD.size()];
        EdwardsPoint result = new EdwardsPoint(FIELD);
        try {
            coordinates(x, y, point);
            MAP.toEdwards(result, x, y);
            return result;
        } finally {
            Arrays.fill(x, 0);
            Arrays.fill(y, 0);
        }
    }

    /** (x, y) = the coordinates of an encoding that has been checked. */
    public static void coordinates(long[] x, long[] y, byte[] point) {
        FIELD.decode(x, 0, point, 1);
        FIELD.decode(y, 0, point, 1 + SakkeField.OCTETS);
    }

    /** The encoding of (x, y), both tight. */
    public static byte[] encode(long[] x, long[] y) {
        byte[] point = new byte[OCTETS];
        point[0] = UNCOMPRESSED;
        FIELD.encode(point, 1, x, 0);
        FIELD.encode(point, 1 + SakkeField.OCTETS, y, 0);
        return point;
    }

    private static boolean isBelowP(byte[] octets, int from) {
        int borrow = 0;
        for (int i = SakkeField.OCTETS - 1; i >= 0; i--) {
            borrow = (octets[from + i] & 0xFF) - (P[i] & 0xFF) + borrow >> Byte.SIZE;
        }
        return borrow != 0;
    }
}
