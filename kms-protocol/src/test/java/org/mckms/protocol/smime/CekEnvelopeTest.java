package org.mckms.protocol.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mckms.protocol.smime.CekFixtures.cek;
import static org.mckms.protocol.smime.CekFixtures.content;
import static org.mckms.protocol.smime.CekFixtures.envelope;
import static org.mckms.protocol.smime.CekFixtures.only;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** the envelope of the vectors, ours, and what must not open. */
class CekEnvelopeTest {
    private static final String OTHER = "00112233445566778899aabbccddeeff";

    private final SecureRandom random = new SecureRandom();
    private final ContentEncryptionKey cek = cek();

    @AfterEach
    void close() {
        cek.close();
    }

    private void assertRefused(byte[] der, KmsErrorCode... codes) {
        assertThatExceptionOfType(KmsException.class)
                .as(HexFormat.of().formatHex(der))
                .isThrownBy(() -> CekEnvelope.open(der, only(cek)))
                .satisfies(e -> assertThat(e.code()).isIn((Object[]) codes));
    }

    @Test
    void opensTheEnvelopeOfTheVectors() {
        assertThat(CekEnvelope.keyIdOf(envelope())).isEqualTo(cek.keyId());
        assertThat(CekEnvelope.open(envelope(), only(cek))).isEqualTo(content());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 4096, 1_000_000})
    void opensWhatItSealed(int octets) {
        byte[] content = new byte[octets];
        random.nextBytes(content);

        assertThat(CekEnvelope.open(CekEnvelope.seal(content, cek, random), only(cek)))
                .isEqualTo(content);
    }

    @Test
    void eachMessageHasAContentKeyAndANonceOfItsOwn() {
        byte[] first = CekEnvelope.seal(content(), cek, random);
        byte[] second = CekEnvelope.seal(content(), cek, random);

        assertThat(second).hasSameSizeAs(first).isNotEqualTo(first);
    }

    @Test
    void everyAlteredOctetIsFound() {
        byte[] envelope = envelope();
        for (int i = 0; i < envelope.length; i++) {
            for (int bit : new int[] {0x01, 0x80}) {
                byte[] altered = envelope.clone();
                altered[i] ^= (byte) bit;
                assertRefused(
                        altered,
                        KmsErrorCode.MALFORMED_REQUEST,
                        KmsErrorCode.NOT_FOUND,
                        KmsErrorCode.WRONG_RECIPIENT,
                        KmsErrorCode.BODY_TOO_LARGE);
            }
        }
    }

    @Test
    void anEnvelopeCutAnywhereIsRefused() {
        byte[] envelope = envelope();
        for (int length = 0; length < envelope.length; length++) {
            assertRefused(Arrays.copyOf(envelope, length), KmsErrorCode.MALFORMED_REQUEST);
        }
        assertRefused(Arrays.copyOf(envelope, envelope.length + 1), KmsErrorCode.MALFORMED_REQUEST);
    }

    @Test
    void unknownKeyIdIsNamed() {
        try (ContentEncryptionKey other = cek(OTHER, CekFixtures.KEY)) {
            byte[] sealed = CekEnvelope.seal(content(), other, random);

            assertRefused(sealed, KmsErrorCode.NOT_FOUND);
            assertThatExceptionOfType(KmsException.class)
                    .isThrownBy(() -> CekEnvelope.open(sealed, only(cek)))
                    .withMessageContaining(OTHER.toUpperCase(Locale.ROOT));
        }
    }

    @Test
    void anotherKeyOfTheSameIdOpensNothing() {
        try (ContentEncryptionKey other = cek(CekFixtures.KEY_ID, "ff".repeat(32))) {
            assertRefused(CekEnvelope.seal(content(), other, random), KmsErrorCode.WRONG_RECIPIENT);
        }
    }

    @Test
    void contentMovedBehindTheRecipientOfAnotherMessageOpensNothing() {
        byte[] first = CekEnvelope.seal(content(), cek, random);
        byte[] second = CekEnvelope.seal(content(), cek, random);
        // the wrapped key has 40 octets and follows the Key ID and the algorithm: 0x04 0x28
        int from = indexOfWrappedKey(first);
        System.arraycopy(second, from, first, from, 40);

        assertRefused(first, KmsErrorCode.WRONG_RECIPIENT);
    }

    private static int indexOfWrappedKey(byte[] der) {
        for (int i = 0; i < der.length - 1; i++) {
            if (der[i] == 0x04 && der[i + 1] == 0x28) {
                return i + 2;
            }
        }
        throw new AssertionError("no wrapped key");
    }

    @Test
    void lengthsOfKeyAndKeyIdAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new ContentEncryptionKey(Octets.fromHex("0011"), SecretOctets.takeFrom(new byte[32])));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContentEncryptionKey(Octets.fromHex(OTHER), SecretOctets.takeFrom(new byte[16])));
        assertThat(cek.toString()).doesNotContain("8081");
    }
}
