package org.mckms.mikeysakke.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.curve.FixedBaseTable;
import org.mckms.mikeysakke.curve.Integers;
import org.mckms.mikeysakke.curve.SakkePoints;
import org.mckms.mikeysakke.curve.WindowDigits;
import org.mckms.mikeysakke.pairing.PowerTable;

/** Makes both tables a second time, in integers of any size and by other formulas, entry by entry. */
class GeneratorTablesTest {
    private static final BigInteger P = Integers.P;
    private static final BigInteger ONE = BigInteger.ONE;
    private static final BigInteger TWO = BigInteger.TWO;

    @Test
    void makesTheTableOfTheBasePoint() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        BigInteger[] unit = edwardsGenerator();
        for (int i = 0; i < WindowDigits.count(FixedBaseTable.WIDTH); i++) {
            List<BigInteger[]> multiples = new ArrayList<>();
            multiples.add(unit);
            while (multiples.size() < 1 << FixedBaseTable.WIDTH - 1) {
                multiples.add(sum(multiples.get(multiples.size() - 1), unit));
            }
            for (BigInteger[] point : multiples) {
                digest.update(octets(point[1].add(point[0])));
                digest.update(octets(point[1].subtract(point[0])));
                digest.update(octets(TWO.multiply(point[0]).multiply(point[1])));
            }
            BigInteger[] last = multiples.get(multiples.size() - 1);
            unit = sum(last, last);
        }

        assertThat(GeneratorTables.P.digest()).isEqualTo(digest.digest());
    }

    private static BigInteger[] edwardsGenerator() {
        BigInteger c = P.subtract(BigInteger.valueOf(3)).modPow(Integers.Q, P);
        BigInteger k = c.pow(3).multiply(BigInteger.valueOf(-2)).modPow(Integers.Q, P);
        BigInteger u = new BigInteger(1, SakkePoints.generator(), 1, 128).multiply(c.modInverse(P));
        BigInteger w = new BigInteger(1, SakkePoints.generator(), 129, 128).multiply(k.modInverse(P));
        return new BigInteger[] {quotient(u, w), quotient(u.subtract(ONE), u.add(ONE))};
    }

    /** The addition law of -x^2 + y^2 = 1 + x^2 y^2. */
    private static BigInteger[] sum(BigInteger[] a, BigInteger[] b) {
        BigInteger product = a[0].multiply(b[0]).multiply(a[1]).multiply(b[1]).mod(P);
        BigInteger inverse = ONE.subtract(product.multiply(product)).modInverse(P);
        BigInteger x = a[0].multiply(b[1]).add(a[1].multiply(b[0])).multiply(ONE.subtract(product));
        BigInteger y = a[1].multiply(b[1]).add(a[0].multiply(b[0])).multiply(ONE.add(product));
        return new BigInteger[] {x.multiply(inverse).mod(P), y.multiply(inverse).mod(P)};
    }

    @Test
    void makesTheTableOfPowers() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        BigInteger unit = new BigInteger(1, PowerTable.generator());
        for (int i = 0; i < WindowDigits.count(PowerTable.WIDTH); i++) {
            BigInteger power = unit;
            for (int j = 1; j < 1 << PowerTable.WIDTH - 1; j++) {
                digest.update(octets(power));
                power = product(power, unit);
            }
            digest.update(octets(power));
            unit = product(power, power);
        }

        assertThat(GeneratorTables.G.digest()).isEqualTo(digest.digest());
    }

    /** (a + b) / (1 - a b), RFC 6508 clause 3.2. */
    private static BigInteger product(BigInteger a, BigInteger b) {
        return quotient(a.add(b), ONE.subtract(a.multiply(b)));
    }

    private static BigInteger quotient(BigInteger dividend, BigInteger divisor) {
        return dividend.multiply(divisor.modInverse(P)).mod(P);
    }

    private static byte[] octets(BigInteger value) {
        return Integers.octets(value.mod(P));
    }
}
