package org.mckms.mikeysakke.sakke;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.field.OrderField;

/** Against the text of RFC 6508 clause 5.1 in integers of any size. */
class HashToIntegerRangeTest {
    private static final long SEED = 20260117;
    private static final BigInteger Q = new BigInteger(
            "265EAEC7C2958FF69971846636B4195E905B0338672D20986FA6B8D62CF8068B"
                    + "BD02AAC9F8BF03C6C8A1CC354C69672C39E46CE7FDF222864D5B49FD2999A9B4"
                    + "389B1921CC9AD335144AB173595A07386DABFD2A0C614AA0A9F3CF14870F026A"
                    + "A7E535ABD5A5C7C7FF38FA08E2615F6C203177C42B1EB3A1D99B601EBFAA17FB",
            16);
    private static final BigInteger TWO_POW_128 = BigInteger.ONE.shiftLeft(128);

    private final Random random = new Random(SEED);

    @Test
    void hashesToTheIntegersModuloQ() throws NoSuchAlgorithmException {
        for (int length = 0; length < 100; length++) {
            byte[] s = octets(length);
            byte[] hash = new byte[OrderField.SAKKE.octets()];
            OrderField.SAKKE.encode(hash, HashToIntegerRange.modQ(s));
            assertThat(new BigInteger(1, hash)).as("%d octets", length).isEqualTo(range(s, Q));
        }
    }

    @Test
    void hashesPartsAsTheirConcatenation() {
        byte[] s = octets(48);
        assertThat(HashToIntegerRange.modQ(Arrays.copyOf(s, 16), Arrays.copyOfRange(s, 16, 48)))
                .isEqualTo(HashToIntegerRange.modQ(s));
    }

    @Test
    void hashesToAMaskOf16Octets() throws NoSuchAlgorithmException {
        for (int i = 0; i < 300; i++) {
            byte[] s = octets(128);
            byte[] mask = HashToIntegerRange.mask(s);
            assertThat(mask).hasSize(16);
            assertThat(new BigInteger(1, mask)).isEqualTo(range(s, TWO_POW_128));
        }
    }

    private byte[] octets(int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    /** HashToIntegerRange(s, m, SHA-256). */
    private static BigInteger range(byte[] s, BigInteger m) throws NoSuchAlgorithmException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        byte[] a = sha256.digest(s);
        byte[] h = new byte[32];
        int blocks = (m.subtract(BigInteger.ONE).bitLength() + 255) / 256;
        BigInteger v = BigInteger.ZERO;
        for (int i = 0; i < blocks; i++) {
            h = sha256.digest(h);
            sha256.update(h);
            v = v.shiftLeft(256).or(new BigInteger(1, sha256.digest(a)));
        }
        return v.mod(m);
    }
}
