package org.mckms.kms.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.secret.SecretOctets;

/** Values of RFC 4231 clauses 4.2, 4.3 and 4.4. */
class HmacSha512Test {

    @Test
    void testCase1() {
        assertThat(hmac("0b".repeat(20), "Hi There".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
                        + "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854");
    }

    @Test
    void testCase2() {
        assertThat(hmac("4a656665", "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                        + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737");
    }

    @Test
    void testCase3() {
        assertThat(hmac("aa".repeat(20), HexFormat.of().parseHex("dd".repeat(50))))
                .isEqualTo("fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39"
                        + "bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb");
    }

    @Test
    void refusesKeysItWouldHaveToHashFirst() {
        try (SecretOctets longKey = SecretOctets.takeFrom(new byte[129]);
                SecretOctets emptyKey = SecretOctets.takeFrom(new byte[0])) {
            assertThatThrownBy(() -> new HmacSha512(longKey)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new HmacSha512(emptyKey)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesAClosedKey() {
        SecretOctets key = SecretOctets.takeFrom(new byte[64]);
        HmacSha512 hmac = new HmacSha512(key);
        key.close();
        assertThatThrownBy(() -> hmac.compute(new byte[1])).isInstanceOf(IllegalStateException.class);
    }

    private static String hmac(String key, byte[] message) {
        try (SecretOctets octets = SecretOctets.takeFrom(HexFormat.of().parseHex(key))) {
            return HexFormat.of().formatHex(new HmacSha512(octets).compute(message));
        }
    }
}
