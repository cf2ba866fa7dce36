package org.mckms.protocol.xpk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.NOT_FOUND;
import static org.mckms.protocol.error.KmsErrorCode.WRONG_RECIPIENT;
import static org.mckms.protocol.xpk.XpkFixtures.keys;
import static org.mckms.protocol.xpk.XpkFixtures.only;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.AEADBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class UriEncryptionTest {
    private static final String BOB = "sip:bob+é@example.org";
    private static final Set<XpkDeviation> STRICT = Set.of();
    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    private final XpkKeys keys = keys();

    @AfterEach
    void close() {
        keys.close();
    }

    private void assertRefused(String uri, KmsErrorCode code) {
        assertRefused(uri, code, STRICT);
    }

    private void assertRefused(String uri, KmsErrorCode code, Set<XpkDeviation> deviations) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> UriEncryption.decrypt(uri, only(keys), deviations))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("bob"));
    }

    /** By Bouncy Castle, under the key of the vector. */
    private static byte[] gcm(boolean encrypt, byte[] iv, byte[] input) throws Exception {
        AEADBlockCipher cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(
                encrypt,
                new AEADParameters(new KeyParameter(HexFormat.of().parseHex(XpkFixtures.CONFIDENTIALITY)), 128, iv));
        byte[] out = new byte[cipher.getOutputSize(input.length)];
        cipher.doFinal(out, cipher.processBytes(input, 0, input.length, out, 0));
        return out;
    }

    private static String uri(byte[] text, byte[] iv, String rest) {
        return "sip:" + BASE64.encodeToString(text) + ";iv=" + BASE64.encodeToString(iv) + rest;
    }

    private static final String REST = ";key-id=Ld1b8A==;alg=128-aes-gcm@mc1-encrypted.3gppnetwork.org";

    private static String theirs(String plain) throws Exception {
        byte[] iv = HexFormat.of().parseHex("000102030405060708090a0b");
        return uri(gcm(true, iv, plain.getBytes(UTF_8)), iv, REST);
    }

    @Test
    void anotherImplementationReadsOurs() throws Exception {
        String ours = UriEncryption.encrypt(BOB, keys, new SecureRandom());

        assertThat(ours)
                .matches("sip:[A-Za-z0-9+/]+=*;iv=[A-Za-z0-9+/]{16};key-id=Ld1b8A==;alg=128-aes-gcm"
                        + "@mc1-encrypted\\.3gppnetwork\\.org");
        byte[] iv = Base64.getDecoder().decode(ours.replaceAll(".*;iv=([^;]*);.*", "$1"));
        byte[] text = Base64.getDecoder().decode(ours.replaceAll("sip:([^;]*);.*", "$1"));
        assertThat(new String(gcm(false, iv, text), UTF_8)).isEqualTo(BOB);
    }

    @Test
    void weReadWhatAnotherImplementationWrote() throws Exception {
        assertThat(UriEncryption.decrypt(theirs(BOB), only(keys), STRICT)).isEqualTo(BOB);
        assertThat(UriEncryption.parts(theirs(BOB), STRICT))
                .isEqualTo(new UriEncryption.Parts("Ld1b8A==", 12, BOB.getBytes(UTF_8).length + 16));
    }

    @Test
    void aUriIsNeverEncryptedTheSameWayTwice() {
        SecureRandom random = new SecureRandom();

        assertThat(UriEncryption.encrypt(BOB, keys, random)).isNotEqualTo(UriEncryption.encrypt(BOB, keys, random));
    }

    @Test
    void nothingAlteredOpens() throws Exception {
        byte[] iv = new byte[12];
        byte[] text = gcm(true, iv, BOB.getBytes(UTF_8));
        for (int bit = 0; bit < text.length * 8; bit++) {
            byte[] altered = text.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(uri(altered, iv, REST), WRONG_RECIPIENT);
        }
        byte[] otherIv = iv.clone();
        otherIv[11] = 1;
        assertRefused(uri(text, otherIv, REST), WRONG_RECIPIENT);
    }

    @Test
    void cutTagsAndOtherLengthsOfTheIvAreRefused() throws Exception {
        byte[] iv = new byte[12];
        byte[] text = gcm(true, iv, BOB.getBytes(UTF_8));

        assertRefused(uri(Arrays.copyOf(text, text.length - 1), iv, REST), WRONG_RECIPIENT);
        assertRefused(uri(Arrays.copyOf(text, text.length - 4), iv, REST), WRONG_RECIPIENT);
        assertRefused(uri(Arrays.copyOf(text, 15), iv, REST), MALFORMED_REQUEST);
        assertRefused(uri(new byte[0], iv, REST), MALFORMED_REQUEST);
        for (int length : new int[] {0, 1, 8, 11, 13, 16}) {
            assertRefused(uri(text, new byte[length], REST), MALFORMED_REQUEST);
        }
    }

    @Test
    void aKeyThatIsNotHeldOpensNothing() throws Exception {
        assertRefused(theirs(BOB).replace("Ld1b8A==", "Ld1b8Q=="), NOT_FOUND);
        assertRefused(theirs(BOB).replace("Ld1b8A==", "Ld1b8B=="), MALFORMED_REQUEST);

        try (XpkKeys others = XpkFixtures.keys("00".repeat(16), XpkFixtures.CSK_ID)) {
            String uri = theirs(BOB);
            assertThatExceptionOfType(KmsException.class)
                    .isThrownBy(() -> UriEncryption.decrypt(uri, only(others), STRICT))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(WRONG_RECIPIENT));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sip:|sips:",
                "sip:|",
                ";iv=|;IV=",
                ";iv=|;iv=AAAAAAAAAAAAAAAA;iv=",
                ";key-id=Ld1b8A==|",
                ";key-id=|;key-id",
                ";alg=128-aes-gcm|;alg=256-aes-gcm",
                ";alg=128-aes-gcm|;alg=128-AES-GCM;x=y",
                ";alg=|;x=y;alg=",
                "@mc1-encrypted|@mc2-encrypted",
                "3gppnetwork.org|3gppnetwork.org;transport=tcp",
                "3gppnetwork.org|3gppnetwork.org:5060",
                "3gppnetwork.org|3gppnetwork.org.example"
            })
    void anotherFormIsRefused(String old, String replacement) throws Exception {
        String changed = theirs(BOB).replace(old, replacement == null ? "" : replacement);

        assertRefused(changed, MALFORMED_REQUEST, EnumSet.complementOf(EnumSet.of(XpkDeviation.URI_WITHOUT_ALGORITHM)));
    }

    @Test
    void eachDeviationIsReadOnlyIfItIsSwitchedOn() throws Exception {
        String uri = theirs(BOB);
        assertDeviation(uri.replaceAll("(;iv=[^;]*)(;key-id=[^;]*)", "$2$1"), XpkDeviation.URI_PARAMETERS_IN_ANY_ORDER);
        assertDeviation(uri.replace(";alg=128-aes-gcm", ""), XpkDeviation.URI_WITHOUT_ALGORITHM);
        assertDeviation(
                uri.replace("key-id=Ld1b8A==", "key-id=Ld1b8A%3d%3D").replace("/", "%2F"), XpkDeviation.URI_ESCAPED);
    }

    private void assertDeviation(String uri, XpkDeviation deviation) {
        assertRefused(uri, MALFORMED_REQUEST, EnumSet.complementOf(EnumSet.of(deviation)));
        assertThat(UriEncryption.decrypt(uri, only(keys), Set.of(deviation))).isEqualTo(BOB);
    }

    @Test
    void whatIsNoUriIsNeitherEncryptedNorTaken() throws Exception {
        SecureRandom random = new SecureRandom();
        String encrypted = UriEncryption.encrypt(BOB, keys, random);
        for (String bad : new String[] {"", "sip:a b@c", "sip:a\n@c", "é".repeat(512) + "x", encrypted}) {
            assertThatExceptionOfType(KmsException.class)
                    .isThrownBy(() -> UriEncryption.encrypt(bad, keys, random))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(MALFORMED_REQUEST));
            assertRefused(theirs(bad), MALFORMED_REQUEST);
        }
        byte[] iv = new byte[12];
        assertRefused(uri(gcm(true, iv, new byte[] {(byte) 0xFF}), iv, REST), MALFORMED_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:x@MC1-encrypted.3GPPnetwork.org",
                "sip:x@mc1-encrypted.3gppnetwork.org:5060",
                "sip:x@mc1-encrypted.3gppnetwork.org;user=phone"
            })
    void theHostSaysWhatIsEncrypted(String uri) {
        assertThat(UriEncryption.isEncrypted(uri)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sip:bob@example.org", "", "sip:mc1-encrypted.3gppnetwork.org@example.org", "tel:+4930123456"})
    void otherHostsSayNothing(String uri) {
        assertThat(UriEncryption.isEncrypted(uri)).isFalse();
    }

    @Test
    void noKeyMeansNoOracle() throws Exception {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> UriEncryption.decrypt(theirs(BOB), xpkId -> Optional.empty(), STRICT))
                .withMessage("no key of the XPK-ID 2DDD5BF0 is held");
    }
}
