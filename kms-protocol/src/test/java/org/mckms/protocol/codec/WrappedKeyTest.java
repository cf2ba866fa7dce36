package org.mckms.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.Samples;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.security.KeyWrapping;
import org.mckms.protocol.security.WrapProfile;

/** Wrapped keys as they may come, and as they are refused. */
class WrappedKeyTest {
    @Test
    void onePrivateKeyInTheClearIsNoWrappedAnswer() throws IOException {
        String sample = unsignedSample();
        String plain = Samples.text(Samples.KEYPROV);
        String ssk = plain.substring(plain.indexOf("<UserSigningKeySSK"), plain.indexOf("<UserPubTokenPVT"));
        String pvt = plain.substring(plain.indexOf("<UserPubTokenPVT"), plain.indexOf("</KmsKeySet"));
        String mixed = sample.replaceAll("<UserSigningKeySSK.*</UserSigningKeySSK>", ssk);
        try (ReceivedResponse received =
                KmsResponseCodec.read(mixed.getBytes(UTF_8), SecurityVectors.receivingKeys())) {
            assertThat(received.keysWereWrapped()).isFalse();
        }
        String publicPlain = sample.replaceAll("<UserPubTokenPVT.*</UserPubTokenPVT>", pvt);
        try (ReceivedResponse received =
                KmsResponseCodec.read(publicPlain.getBytes(UTF_8), SecurityVectors.receivingKeys())) {
            assertThat(received.keysWereWrapped()).isTrue();
        }
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "http://www.w3.org/2001/04/xmlenc#kw-aes256|http://www.w3.org/2001/04/xmlenc#kw-aes128"
                        + "|a key is wrapped by another algorithm than AES-256 key wrap",
                "http://www.w3.org/2001/04/xmlenc#kw-aes256|http://www.w3.org/2001/04/xmlenc#aes256-cbc"
                        + "|a key is wrapped by another algorithm than AES-256 key wrap",
                "<ds:KeyInfo>|<ds:KeyInfo><ds:KeyName>x</ds:KeyName>"
                        + "|KeyInfo contains an element KeyName that does not belong there",
                "<xenc:CipherData>|<xenc:CipherData><xenc:CipherReference URI=\"https://x\"/>"
                        + "|CipherData has no CipherValue in its place",
                "j6VCXpG4|!!!!!!!!|CipherValue is neither hex nor base64",
                "j6VCXpG4|j6VCXpG5|a key does not unwrap under the transport key tk.1.sip:alice@example.org",
                "</xenc:EncryptedKey></UserDecryptKey>|</xenc:EncryptedKey>04AA</UserDecryptKey>"
                        + "|UserDecryptKey contains text between its elements",
                "<xenc:CarriedKeyName>tk.2.sip:alice@example.org</xenc:CarriedKeyName>|"
                        + "|NewTransportKey has no CarriedKeyName",
                "<xenc:CarriedKeyName>tk.2.sip:alice@example.org<|<xenc:CarriedKeyName><"
                        + "|a key name has 1 to 600 characters",
                "</NewTransportKey>|</NewTransportKey><NewTransportKey/>"
                        + "|there is more than one NewTransportKey, and nothing tells which is for this client",
                "<NewIntegrityKey xsi:type=\"EncKeyContentType\">|<NewIntegrityKey>00</NewIntegrityKey><x xmlns=\"urn:x\">"
                        + "|NewIntegrityKey is not wrapped"
            })
    void refusesWrongWraps(String from, String to, String sentence) throws IOException {
        String changed = unsignedSample().replace(from, to == null ? "" : to);
        if (changed.contains("<x xmlns")) {
            changed = changed.replace("</NewIntegrityKey></KmsKeyProv>", "</x></KmsKeyProv>");
        }
        byte[] octets = changed.getBytes(UTF_8);
        assertThat(refusal(KmsErrorCode.MALFORMED_REQUEST, octets, SecurityVectors.receivingKeys()))
                .hasMessage(sentence);
    }

    @Test
    void aKeyOfTheWrongKindInAWrapIsRefused() throws IOException {
        String ssk = SecurityVectors.wrap("UserSigningKeySSK").getString("cipherValueBase64");
        String rsk = SecurityVectors.wrap("UserDecryptKey").getString("cipherValueBase64");
        byte[] swapped = unsignedSample().replace(rsk, ssk).getBytes(UTF_8);
        assertThat(refusal(KmsErrorCode.MALFORMED_REQUEST, swapped, SecurityVectors.receivingKeys())
                        .getMessage())
                .isNotBlank();
        byte[] swappedBack = unsignedSample().replace(ssk, rsk).getBytes(UTF_8);
        assertThat(refusal(KmsErrorCode.MALFORMED_REQUEST, swappedBack, SecurityVectors.receivingKeys()))
                .hasMessage("UserSigningKeySSK has 257 octets, 32 needed");
    }

    @Test
    void aWrappedSskMayHaveExtraLeadingZerosAsAPlainOneMay() throws IOException {
        byte[] ssk = new byte[34];
        System.arraycopy(Fixtures.octets("userSigningKeySSK"), 0, ssk, 2, 32);
        String longer =
                KeyWrapping.wrap(SecurityVectors.trk(), ssk, WrapProfile.KWP).cipherValue();
        String usual = SecurityVectors.wrap("UserSigningKeySSK").getString("cipherValueBase64");
        byte[] octets = unsignedSample().replace(usual, longer).getBytes(UTF_8);
        try (ReceivedResponse received = KmsResponseCodec.read(octets, SecurityVectors.receivingKeys())) {
            assertIsAlice(((KmsKeyProv) received.response().message().orElseThrow())
                    .keySets()
                    .get(0));
        }
    }

    @Test
    void anEncryptedKeyNeedsNoType() throws IOException {
        byte[] octets =
                unsignedSample().replace(" xsi:type=\"EncKeyContentType\"", "").getBytes(UTF_8);
        try (ReceivedResponse received = KmsResponseCodec.read(octets, SecurityVectors.receivingKeys())) {
            assertThat(received.keysWereWrapped()).isTrue();
        }
    }

    @Test
    void readsTheCekSampleAndPassesOverItsExtension() throws IOException {
        try (ReceivedResponse received =
                KmsResponseCodec.read(Samples.octets(Samples.KEYPROV_WITH_CEK), SecurityVectors.receivingKeys())) {
            assertIsAlice(((KmsKeyProv) received.response().message().orElseThrow())
                    .keySets()
                    .get(0));
            assertThat(received.keysWereWrapped()).isTrue();
        }
    }

    private static String unsignedSample() throws IOException {
        return Samples.text(Samples.SIGNED_RESPONSE).replaceAll("<Signature .*</Signature>", "");
    }

    private static void assertIsAlice(KmsKeySet keySet) {
        keySet.rsk().use(key -> assertThat(key).isEqualTo(Fixtures.octets("userDecryptKey")));
        keySet.ssk().use(key -> assertThat(key).isEqualTo(Fixtures.octets("userSigningKeySSK")));
        assertThat(keySet.pvt().octets().toByteArray()).isEqualTo(Fixtures.octets("userPubTokenPVT"));
    }

    private static KmsException refusal(KmsErrorCode code, byte[] octets, ReceivingKeys keys) {
        KmsException refusal = catchThrowableOfType(KmsException.class, () -> KmsResponseCodec.read(octets, keys));
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        return refusal;
    }
}
