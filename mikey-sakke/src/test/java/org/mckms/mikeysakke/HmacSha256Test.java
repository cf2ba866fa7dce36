package org.mckms.mikeysakke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class HmacSha256Test {
    private static final HexFormat HEX = HexFormat.of();

    /** RFC 4231 test case 1. */
    @Test
    void authenticatesWithAKeyOf20Octets() {
        byte[] key = HEX.parseHex("0b".repeat(20));

        assertThat(HmacSha256.of(key, ascii("Hi There")))
                .isEqualTo(HEX.parseHex("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
    }

    /** RFC 4231 test case 2, its data in parts. */
    @Test
    void authenticatesTheConcatenationOfParts() {
        byte[] expected = HEX.parseHex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");

        assertThat(HmacSha256.of(ascii("Jefe"), ascii("what do ya want for nothing?")))
                .isEqualTo(expected);
        assertThat(HmacSha256.of(ascii("Jefe"), ascii("what do ya"), new byte[0], ascii(" want for nothing?")))
                .isEqualTo(expected);
    }

    /** RFC 4231 test case 3. */
    @Test
    void authenticatesBinaryData() {
        assertThat(HmacSha256.of(HEX.parseHex("aa".repeat(20)), HEX.parseHex("dd".repeat(50))))
                .isEqualTo(HEX.parseHex("773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"));
    }

    @Test
    void agreesWithTheJdkForEachLengthOfKey() throws Exception {
        Random random = new Random(20_261_121);
        byte[] message = new byte[200];
        random.nextBytes(message);
        for (int length = 1; length <= HmacSha256.BLOCK_OCTETS; length++) {
            byte[] key = new byte[length];
            random.nextBytes(key);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));

            assertThat(HmacSha256.of(key, message))
                    .as("key of %s octets", length)
                    .isEqualTo(mac.doFinal(message));
        }
    }

    @Test
    void leavesKeyAndDataAsTheyWereAndRefusesLongKeys() {
        byte[] key = ascii("Jefe");
        byte[] data = ascii("data");

        HmacSha256.of(key, data);

        assertThat(key).isEqualTo(ascii("Jefe"));
        assertThat(data).isEqualTo(ascii("data"));
        assertThatThrownBy(() -> HmacSha256.of(new byte[HmacSha256.BLOCK_OCTETS + 1], data))
                .isInstanceOf(InvalidValueException.class);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
