package org.mckms.mikeysakke.reference;

import java.math.BigInteger;
import org.mckms.mikeysakke.InvalidKeyMaterialException;

/**
 * A curve y^2 = x^3 - 3x + b over a prime field with a base point of prime order q. Thread safe.
 *
 * <p>Points are encoded as {@code 04 || x || y} with coordinates of fixed width.
 */
public final class Curve {
    /** NIST P-256, for ECCSI: coordinates and scalars of 32 octets, cofactor 1. */
    public static final Curve P256 = new Curve(
            "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF",
            "5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B",
            "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
            1,
            "6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296",
            "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5");

    /** SAKKE parameter set 1 (RFC 6509 appendix A): coordinates and scalars of 128 octets, b = 0, p + 1 = 4q, cofactor 4. */
    public static final Curve SAKKE = new Curve(
            "997ABB1F0A563FDA65C61198DAD0657A416C0CE19CB48261BE9AE358B3E01A2E"
                    + "F40AAB27E2FC0F1B228730D531A59CB0E791B39FF7C88A19356D27F4A666A6D0"
                    + "E26C6487326B4CD4512AC5CD65681CE1B6AFF4A831852A82A7CF3C521C3C09AA"
                    + "9F94D6AF56971F1FFCE3E82389857DB080C5DF10AC7ACE87666D807AFEA85FEB",
            "0",
            "265EAEC7C2958FF69971846636B4195E905B0338672D20986FA6B8D62CF8068B"
                    + "BD02AAC9F8BF03C6C8A1CC354C69672C39E46CE7FDF222864D5B49FD2999A9B4"
                    + "389B1921CC9AD335144AB173595A07386DABFD2A0C614AA0A9F3CF14870F026A"
                    + "A7E535ABD5A5C7C7FF38FA08E2615F6C203177C42B1EB3A1D99B601EBFAA17FB",
            4,
            "53FC09EE332C29AD0A7990053ED9B52A2B1A2FD60AEC69C698B2F204B6FF7CBF"
                    + "B5EDB6C0F6CE2308AB10DB9030B09E1043D5F22CDB9DFA55718BD9E7406CE890"
                    + "9760AF765DD5BCCB337C86548B72F2E1A702C3397A60DE74A7C1514DBA66910D"
                    + "D5CFB4CC80728D87EE9163A5B63F73EC80EC46C4967E0979880DC8ABEAE63895",
            "0A8249063F6009F1F9F1F0533634A135D3E82016029906963D778D821E141178"
                    + "F5EA69F4654EC2B9E7F7F5E5F0DE55F66B598CCF9A140B2E416CFF0CA9E032B9"
                    + "70DAE117AD547C6CCAD696B5B7652FE0AC6F1E80164AA989492D979FC5A4D5F2"
                    + "13515AD7E9CB99A980BDAD5AD5BB4636ADB9B5706A67DCDE75573FD71BEF16D7");

    private static final byte UNCOMPRESSED = 4;

    private final PrimeField field;
    private final FieldElement b;
    private final BigInteger order;
    private final int cofactor;
    private final Point generator;
    /** Made at first use, since that takes the time of about eight multiplications. */
    private FixedBaseTable generatorTable;

    private Curve(String p, String b, String order, int cofactor, String x, String y) {
        this.field = new PrimeField(new BigInteger(p, 16));
        this.b = field.element(new BigInteger(b, 16));
        this.order = new BigInteger(order, 16);
        this.cofactor = cofactor;
        this.generator = Point.affine(this, field.element(new BigInteger(x, 16)), field.element(new BigInteger(y, 16)));
    }

    /** Octets of one coordinate and of one encoded scalar. */
    public int coordinateOctets() {
        return field.octets();
    }

    /** Octets of one encoded point. */
    public int pointOctets() {
        return 1 + 2 * field.octets();
    }

    /** The base point: G of P-256, P of SAKKE. */
    public Point generator() {
        return generator;
    }

    /** [k] times the base point, by a precomputed table. */
    public Point multiplyGenerator(Scalar k) {
        return generatorTable().multiply(k);
    }

    private synchronized FixedBaseTable generatorTable() {
        if (generatorTable == null) {
            generatorTable = FixedBaseTable.of(generator);
        }
        return generatorTable;
    }

    /**
     * Decodes a point and checks that it is on the curve. The order is not checked; on P-256 each point has order q.
     *
     * @throws InvalidKeyMaterialException for a wrong length or prefix, a coordinate that is not below p, or a point off the curve
     */
    public Point decode(byte[] octets) {
        if (octets.length != pointOctets()) {
            throw new InvalidKeyMaterialException("a point has " + pointOctets() + " octets, not " + octets.length);
        }
        if (octets[0] != UNCOMPRESSED) {
            throw new InvalidKeyMaterialException("a point starts with octet 04");
        }
        FieldElement x = coordinate(octets, 1);
        FieldElement y = coordinate(octets, 1 + field.octets());
        if (!y.square().sameAs(x.square().times(x).minus(x.thrice()).plus(b))) {
            throw new InvalidKeyMaterialException("point is not on the curve");
        }
        return Point.affine(this, x, y);
    }

    /**
     * Decodes a point as {@link #decode} and checks that its order is q.
     *
     * @throws InvalidKeyMaterialException as {@link #decode}, or for a point of another order
     */
    public Point decodeInSubgroup(byte[] octets) {
        Point point = decode(octets);
        if (cofactor != 1 && !point.multiply(order).isInfinity()) {
            throw new InvalidKeyMaterialException("point does not have the order of the base point");
        }
        return point;
    }

    private FieldElement coordinate(byte[] octets, int from) {
        BigInteger value = FixedWidth.decode(octets, from, field.octets());
        if (value.compareTo(field.modulus()) >= 0) {
            throw new InvalidKeyMaterialException("coordinate is not below p");
        }
        return field.element(value);
    }

    /**
     * The scalar of big-endian octets.
     *
     * @throws InvalidKeyMaterialException if the value is not below q
     */
    public Scalar scalar(byte[] bigEndian) {
        if (!isScalar(bigEndian)) {
            throw new InvalidKeyMaterialException("scalar is not below the group order");
        }
        return new Scalar(this, FixedWidth.decode(bigEndian));
    }

    /** Whether big-endian octets are a value below q. */
    public boolean isScalar(byte[] bigEndian) {
        return FixedWidth.decode(bigEndian).compareTo(order) < 0;
    }

    /** The scalar of big-endian octets of any value, reduced modulo q. */
    public Scalar scalarModOrder(byte[] bigEndian) {
        return new Scalar(this, FixedWidth.decode(bigEndian).mod(order));
    }

    PrimeField field() {
        return field;
    }

    BigInteger order() {
        return order;
    }
}
