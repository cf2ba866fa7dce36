package org.mckms.it.support;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * SAKKE parameter set 1 (RFC 6509 appendix A) in schoolbook arithmetic, and the UID of TS 33.180 annex F.2.1: a second
 * way to the numbers a KMS must answer with, that shares no code with the product. For tests with published masters only:
 * nothing here is done in constant time.
 */
public final class SakkeNumbers {
    private static final BigInteger P = number("997ABB1F0A563FDA65C61198DAD0657A416C0CE19CB48261BE9AE358B3E01A2E"
            + "F40AAB27E2FC0F1B228730D531A59CB0E791B39FF7C88A19356D27F4A666A6D0"
            + "E26C6487326B4CD4512AC5CD65681CE1B6AFF4A831852A82A7CF3C521C3C09AA"
            + "9F94D6AF56971F1FFCE3E82389857DB080C5DF10AC7ACE87666D807AFEA85FEB");
    private static final BigInteger Q = P.add(BigInteger.ONE).shiftRight(2);
    private static final Point GENERATOR = new Point(
            number("53FC09EE332C29AD0A7990053ED9B52A2B1A2FD60AEC69C698B2F204B6FF7CBF"
                    + "B5EDB6C0F6CE2308AB10DB9030B09E1043D5F22CDB9DFA55718BD9E7406CE890"
                    + "9760AF765DD5BCCB337C86548B72F2E1A702C3397A60DE74A7C1514DBA66910D"
                    + "D5CFB4CC80728D87EE9163A5B63F73EC80EC46C4967E0979880DC8ABEAE63895"),
            number("0A8249063F6009F1F9F1F0533634A135D3E82016029906963D778D821E141178"
                    + "F5EA69F4654EC2B9E7F7F5E5F0DE55F66B598CCF9A140B2E416CFF0CA9E032B9"
                    + "70DAE117AD547C6CCAD696B5B7652FE0AC6F1E80164AA989492D979FC5A4D5F2"
                    + "13515AD7E9CB99A980BDAD5AD5BB4636ADB9B5706A67DCDE75573FD71BEF16D7"));

    private SakkeNumbers() {}

    private record Point(BigInteger x, BigInteger y) {}

    /** The UID in 64 lower-case hex digits (TS 33.180 annex F.2.1: the hash of every parameter with its length). */
    public static String uid(String userUri, String kmsUri, long period, long offset, long number) {
        MessageDigest hash = sha256();
        hash.update((byte) 0);
        field(hash, "MIKEY-SAKKE-UID".getBytes(StandardCharsets.US_ASCII));
        field(hash, userUri.getBytes(StandardCharsets.UTF_8));
        field(hash, kmsUri.getBytes(StandardCharsets.UTF_8));
        field(hash, shortest(period));
        field(hash, shortest(offset));
        field(hash, shortest(number));
        return HexFormat.of().formatHex(hash.digest());
    }

    /** The RSK [(a + z)^-1]P of RFC 6508 clause 6.1.1, 257 octets in upper-case hex. */
    public static String rsk(String uidHex, String masterHex) {
        BigInteger inverse = number(uidHex).add(number(masterHex)).modInverse(Q);
        return encoded(times(inverse, GENERATOR));
    }

    /** The KMS public key Z = [z]P of RFC 6508 clause 6.1, 257 octets in upper-case hex. */
    public static String publicKey(String masterHex) {
        return encoded(times(number(masterHex), GENERATOR));
    }

    private static void field(MessageDigest hash, byte[] value) {
        hash.update(value);
        hash.update((byte) (value.length >> 8));
        hash.update((byte) value.length);
    }

    private static byte[] shortest(long value) {
        byte[] octets = BigInteger.valueOf(value).toByteArray();
        return octets.length > 1 && octets[0] == 0 ? Arrays.copyOfRange(octets, 1, octets.length) : octets;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static BigInteger number(String hex) {
        return new BigInteger(hex, 16);
    }

    private static String encoded(Point point) {
        return String.format("04%0256X%0256X", point.x(), point.y());
    }

    private static Point times(BigInteger scalar, Point point) {
        Optional<Point> sum = Optional.empty();
        for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
            sum = sum.flatMap(s -> plus(s, s));
            if (scalar.testBit(bit)) {
                sum = sum.isEmpty() ? Optional.of(point) : plus(sum.get(), point);
            }
        }
        return sum.orElseThrow();
    }

    /** The sum of two points of y^2 = x^3 - 3x; empty is the point at infinity. */
    private static Optional<Point> plus(Point a, Point b) {
        BigInteger slope;
        if (a.x().equals(b.x())) {
            if (a.y().add(b.y()).mod(P).signum() == 0) {
                return Optional.empty();
            }
            BigInteger three = BigInteger.valueOf(3);
            slope = a.x().pow(2)
                    .subtract(BigInteger.ONE)
                    .multiply(three)
                    .multiply(a.y().shiftLeft(1).modInverse(P));
        } else {
            slope = b.y().subtract(a.y()).multiply(b.x().subtract(a.x()).mod(P).modInverse(P));
        }
        BigInteger x = slope.multiply(slope).subtract(a.x()).subtract(b.x()).mod(P);
        return Optional.of(
                new Point(x, slope.multiply(a.x().subtract(x)).subtract(a.y()).mod(P)));
    }
}
