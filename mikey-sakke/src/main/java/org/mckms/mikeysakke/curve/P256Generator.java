package org.mckms.mikeysakke.curve;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.mckms.mikeysakke.Octets;

/** The base point G of NIST P-256 (FIPS 186-4 appendix D.1.2.3) with its tables, made at the first use of this class. */
public final class P256Generator {
    /** {@code 04 || x || y}. */
    public static final Octets OCTETS = Octets.fromHex("04"
            + "6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"
            + "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5");

    /** For [k]G alone, k secret or public. */
    public static final P256FixedBaseTable TABLE;

    /** For [k]G beside other multiples, k public. */
    public static final P256OddMultiples MULTIPLES;

    private static final int MULTIPLE_COUNT = 64;
    /** SHA-256 of all entries of both tables. */
    private static final String DIGEST = "1E44F8889D4A5555431215A87CAB72FE8C27AC042F97FB35813204A86895539D";

    static {
        P256Point generator = P256Point.decode(OCTETS.toByteArray());
        TABLE = new P256FixedBaseTable(generator);
        MULTIPLES = P256OddMultiples.of(generator, MULTIPLE_COUNT);
        if (!MessageDigest.isEqual(digest(), HexFormat.of().parseHex(DIGEST))) {
            throw new IllegalStateException("the tables of the base point are wrong");
        }
    }

    private P256Generator() {}

    private static byte[] digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            TABLE.digest(digest);
            MULTIPLES.digest(digest);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
