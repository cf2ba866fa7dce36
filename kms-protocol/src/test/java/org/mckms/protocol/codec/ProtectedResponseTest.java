package org.mckms.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mckms.protocol.Fixtures.ALICE;
import static org.mckms.protocol.Fixtures.ANSWERED;
import static org.mckms.protocol.Fixtures.KMS;
import static org.mckms.protocol.Fixtures.ROOT_URL;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.JdkSignature;
import org.mckms.protocol.Samples;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsAnswer;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsError;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.KmsLookup;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.message.Role;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;
import org.mckms.protocol.security.WrapProfile;
import org.mckms.protocol.xml.KmsSchema;

/** Answers signed and with wrapped keys, from the one side to the other. */
class ProtectedResponseTest {
    private static final WireDialect STANDARD = WireDialect.STANDARD;

    @ParameterizedTest
    @EnumSource
    void goThereAndBackInEveryWrapProfile(WrapProfile profile) throws Exception {
        WireDialect dialect = dialect(profile);
        byte[] octets = encode(keyProv(Optional.of(SecurityVectors.newKeys())), dialect, signedAndWrapped());
        assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
        assertThat(JdkSignature.validate(octets, SecurityVectors.ink()).valid()).isTrue();
        try (ReceivedResponse received = KmsResponseCodec.read(octets, SecurityVectors.receivingKeys())) {
            assertThat(received.keysWereWrapped()).isTrue();
            assertThat(received.signature()).isPresent();
            KmsKeyProv keyProv = (KmsKeyProv) received.response().message().orElseThrow();
            assertIsAlice(keyProv.keySets().get(0));
            assertSame(keyProv.newKeys().orElseThrow(), SecurityVectors.newKeys());
        }
        assertHoldsNoKey(octets);
    }

    @Test
    void everyAnswerCanBeSigned() throws Exception {
        List<KmsAnswer> answers = List.of(
                new KmsInit(Fixtures.certificate(Role.ROOT, KMS, "example.org")),
                new KmsKeyProv(List.of()),
                new KmsCertCache(
                        OptionalLong.of(4), List.of(Fixtures.certificate(Role.EXTERNAL, "kms.b.example", "b.example"))),
                new KmsLookup(List.of("kms.example.org", "kms.b.example")),
                new KmsError(404, "<&>\"'\r \u00E9 \uD83D\uDD11".replace("\r", "")));
        for (KmsAnswer answer : answers) {
            ResponseProtection signed = new ResponseProtection(Optional.empty(), Optional.of(SecurityVectors.ink()));
            byte[] octets = encode(answer, STANDARD, signed);
            assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
            assertThat(JdkSignature.validate(octets, SecurityVectors.ink()).valid())
                    .isTrue();
            ReceivedResponse received = KmsResponseCodec.read(octets, SecurityVectors.receivingKeys());
            assertThat(received.response().answer()).isEqualTo(answer);
            assertThat(received.keysWereWrapped()).isFalse();
        }
    }

    @Test
    void keysCanBeWrappedWithoutASignature() {
        byte[] octets = encode(
                keyProv(Optional.empty()),
                STANDARD,
                new ResponseProtection(Optional.of(SecurityVectors.trk()), Optional.empty()));
        assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
        assertThat(text(octets)).contains("?><KmsResponse ").doesNotContain("Signature");
        try (ReceivedResponse received = KmsResponseCodec.read(octets, SecurityVectors.receivingKeys())) {
            assertThat(received.signature()).isEmpty();
            assertThat(received.keysWereWrapped()).isTrue();
        }
    }

    @Test
    void newKeysAreNeverSentInTheClear() {
        KmsAnswer answer = keyProv(Optional.of(SecurityVectors.newKeys()));
        assertThatThrownBy(() -> encode(answer, STANDARD, ResponseProtection.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("new keys are never sent in the clear, and there is no TrK");
    }

    @Test
    void writesTheInitSampleWithItsNewKeys() throws IOException {
        KmsInit init = new KmsInit(
                Fixtures.certificate(Role.ROOT, KMS, "example.org"), Optional.of(SecurityVectors.newKeys()));
        byte[] octets =
                encode(init, STANDARD, new ResponseProtection(Optional.of(SecurityVectors.trk()), Optional.empty()));
        assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
        String sample = Samples.text(Samples.INIT);
        String newKeys = sample.substring(sample.indexOf("<NewTransportKey"), sample.indexOf("</KmsInit>"));
        assertThat(text(octets).replace("></xenc:EncryptionMethod>", "/>"))
                .contains("<KmsInit Version=\"1.0.0\" xsi:type=\"KmsInitTkIkType\">")
                .contains(newKeys + "</KmsInit>");
    }

    @Test
    void withoutAnIntegrityKeyTheNewTransportKeyStandsAlone() {
        ClientKeys rel13 = new ClientKeys(SecurityVectors.newKeys().transportKey(), Optional.empty());
        NamedKey trk = SecurityVectors.trk();
        byte[] octets = encode(
                keyProv(Optional.of(rel13)),
                STANDARD,
                new ResponseProtection(Optional.of(trk), Optional.of(SecurityVectors.trk())));
        assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
        try (ReceivedResponse received = KmsResponseCodec.read(octets, SecurityVectors.receivingKeys())) {
            ClientKeys newKeys = newKeys(received);
            assertThat(newKeys.transportKey().name()).isEqualTo(SecurityVectors.NEW_TRK_NAME);
            assertThat(newKeys.integrityKey()).isEmpty();
        }
    }

    @Test
    void aKeyThatIsNotRenewedStays() throws Exception {
        String unsigned = Samples.text(Samples.SIGNED_RESPONSE).replaceAll("<Signature .*</Signature>", "");
        byte[] onlyInk =
                unsigned.replaceAll("<NewTransportKey.*</NewTransportKey>", "").getBytes(UTF_8);
        try (ReceivedResponse received = KmsResponseCodec.read(onlyInk, SecurityVectors.receivingKeys())) {
            assertThat(newKeys(received).transportKey().name()).isEqualTo(SecurityVectors.TRK_NAME);
            assertThat(newKeys(received).signingKey().name()).isEqualTo(SecurityVectors.NEW_INK_NAME);
        }
        KmsAnswer onlyTrk =
                keyProv(Optional.of(new ClientKeys(SecurityVectors.newKeys().transportKey(), Optional.empty())));
        try (ReceivedResponse received =
                KmsResponseCodec.read(encode(onlyTrk, STANDARD, signedAndWrapped()), SecurityVectors.receivingKeys())) {
            assertThat(newKeys(received).transportKey().name()).isEqualTo(SecurityVectors.NEW_TRK_NAME);
            assertThat(newKeys(received).signingKey().name()).isEqualTo(SecurityVectors.INK_NAME);
        }
    }

    @Test
    void aWrongSignatureIsRefusedBeforeAnythingIsUnwrapped() throws IOException {
        List<String> asked = new ArrayList<>();
        ReceivingKeys keys = name -> {
            asked.add(name);
            return SecurityVectors.receivingKeys().named(name);
        };
        byte[] changed = Samples.changed(Samples.SIGNED_RESPONSE, "<KeyPeriodNo>1514<", "<KeyPeriodNo>1515<");
        assertThat(refusal(KmsErrorCode.SIGNATURE_REQUIRED, changed, keys))
                .hasMessage("the signature of the response does not hold");
        assertThat(asked).containsExactly(SecurityVectors.INK_NAME);
    }

    @Test
    void aSignatureWithAnUnknownKeyIsRefused() throws IOException {
        assertThat(refusal(
                        KmsErrorCode.SIGNATURE_REQUIRED, Samples.octets(Samples.SIGNED_RESPONSE), ReceivingKeys.NONE))
                .hasMessage("the response is signed with the key ink.1.sip:alice@example.org, which is not here");
    }

    @Test
    void keysUnderAnUnknownTransportKeyAreRefused() throws IOException {
        ReceivingKeys onlyInk = name ->
                SecurityVectors.receivingKeys().named(name).filter(key -> name.equals(SecurityVectors.INK_NAME));
        assertThat(refusal(KmsErrorCode.TRANSPORT_KEY_REQUIRED, Samples.octets(Samples.SIGNED_RESPONSE), onlyInk))
                .hasMessage("a key is wrapped under the transport key tk.1.sip:alice@example.org, which is not here");
    }

    @Test
    void aStrippedSignatureShowsInWhatWasReceived() throws IOException {
        String stripped = Samples.text(Samples.SIGNED_RESPONSE).replaceAll("<Signature .*</Signature>", "");
        try (ReceivedResponse received =
                KmsResponseCodec.read(stripped.getBytes(UTF_8), SecurityVectors.receivingKeys())) {
            assertThat(received.signature()).isEmpty();
        }
    }

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

    @Test
    void signedCertificatesMayStandInASignedAnswer() throws Exception {
        String signature = "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/>";
        String cache = Samples.text(Samples.CERTCACHE)
                .replace("</SignedKmsCertificate>", signature + "</SignedKmsCertificate>");
        assertThat(KmsResponseCodec.decode(cache.getBytes(UTF_8)))
                .isEqualTo(KmsResponseCodec.decode(Samples.octets(Samples.CERTCACHE)));
        String elsewhere = Samples.text(Samples.CERTCACHE).replace("</KmsCertCache>", signature + "</KmsCertCache>");
        assertThat(refusal(KmsErrorCode.SIGNATURE_REQUIRED, elsewhere.getBytes(UTF_8), ReceivingKeys.NONE))
                .hasMessage("a signature stands where it signs nothing; it belongs in a Signed... document");
    }

    @Test
    void closingTheProtectionWipesItsKeys() {
        ResponseProtection protection = signedAndWrapped();
        protection.close();
        assertThatThrownBy(() -> protection.wrapWith().orElseThrow().copy()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> protection.signWith().orElseThrow().copy()).isInstanceOf(IllegalStateException.class);
        ResponseProtection.NONE.close();
    }

    @Test
    void closingWhatWasReceivedWipesTheNewKeys() throws IOException {
        ReceivedResponse received =
                KmsResponseCodec.read(Samples.octets(Samples.SIGNED_RESPONSE), SecurityVectors.receivingKeys());
        ClientKeys newKeys = newKeys(received);
        received.close();
        assertThatThrownBy(newKeys::copy).isInstanceOf(IllegalStateException.class);
    }

    private static ClientKeys newKeys(ReceivedResponse received) {
        return ((KmsKeyProv) received.response().message().orElseThrow())
                .newKeys()
                .orElseThrow();
    }

    private static String unsignedSample() throws IOException {
        return Samples.text(Samples.SIGNED_RESPONSE).replaceAll("<Signature .*</Signature>", "");
    }

    private static KmsKeyProv keyProv(Optional<ClientKeys> newKeys) {
        return new KmsKeyProv(List.of(Fixtures.keySet()), newKeys);
    }

    private static WireDialect dialect(WrapProfile profile) {
        return new WireDialect(UserIdForm.BASE64, KeyForm.HEX, profile, true, WireRelease.REL14, false);
    }

    private static ResponseProtection signedAndWrapped() {
        return new ResponseProtection(Optional.of(SecurityVectors.trk()), Optional.of(SecurityVectors.ink()));
    }

    private static byte[] encode(KmsAnswer answer, WireDialect dialect, ResponseProtection protection) {
        KmsResponse response =
                new KmsResponse(ALICE, KMS, ANSWERED, Optional.of("kms-1"), ROOT_URL + "keyprov", answer);
        return KmsResponseCodec.encode(response, dialect, protection);
    }

    private static String text(byte[] octets) {
        return new String(octets, UTF_8);
    }

    private static void assertIsAlice(KmsKeySet keySet) {
        keySet.rsk().use(key -> assertThat(key).isEqualTo(Fixtures.octets("userDecryptKey")));
        keySet.ssk().use(key -> assertThat(key).isEqualTo(Fixtures.octets("userSigningKeySSK")));
        assertThat(keySet.pvt().octets().toByteArray()).isEqualTo(Fixtures.octets("userPubTokenPVT"));
    }

    private static void assertSame(ClientKeys keys, ClientKeys expected) {
        assertThat(keys.transportKey().name()).isEqualTo(expected.transportKey().name());
        assertThat(keys.transportKey()
                        .key()
                        .constantTimeEquals(expected.transportKey().key()))
                .isTrue();
        assertThat(keys.signingKey().name()).isEqualTo(expected.signingKey().name());
        assertThat(keys.signingKey()
                        .key()
                        .constantTimeEquals(expected.signingKey().key()))
                .isTrue();
    }

    private static void assertHoldsNoKey(byte[] octets) {
        for (String key : List.of("userDecryptKey", "userSigningKeySSK", "userPubTokenPVT")) {
            assertThat(text(octets)).doesNotContainIgnoringCase(Fixtures.DOMAIN.getString(key));
        }
    }

    private static KmsException refusal(KmsErrorCode code, byte[] octets, ReceivingKeys keys) {
        KmsException refusal = catchThrowableOfType(KmsException.class, () -> KmsResponseCodec.read(octets, keys));
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        return refusal;
    }
}
