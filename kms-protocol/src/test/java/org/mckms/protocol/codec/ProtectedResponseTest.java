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
import org.junit.jupiter.params.provider.EnumSource;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.JdkSignature;
import org.mckms.protocol.Samples;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
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
    void aWrongSignatureIsRefusedBeforeAnythingIsUnwrapped() throws IOException {
        List<String> asked = new ArrayList<>();
        ReceivingKeys keys = asking(asked, SecurityVectors.clientKeys());
        byte[] changed = Samples.changed(Samples.SIGNED_RESPONSE, "<KeyPeriodNo>1514<", "<KeyPeriodNo>1515<");
        assertThat(refusal(KmsErrorCode.SIGNATURE_REQUIRED, changed, keys))
                .hasMessage("the signature of the response does not hold");
        assertThat(asked).containsExactly("signs " + SecurityVectors.INK_NAME);
    }

    @Test
    void aSignatureWithAnUnknownKeyIsRefused() throws IOException {
        assertThat(refusal(
                        KmsErrorCode.SIGNATURE_REQUIRED, Samples.octets(Samples.SIGNED_RESPONSE), ReceivingKeys.NONE))
                .hasMessage("the response is signed with the key ink.1.sip:alice@example.org, which is not here");
    }

    @Test
    void keysUnderAnUnknownTransportKeyAreRefused() throws IOException {
        try (ClientKeys otherTrk =
                new ClientKeys(SecurityVectors.newKeys().transportKey(), Optional.of(SecurityVectors.ink()))) {
            assertThat(refusal(
                            KmsErrorCode.TRANSPORT_KEY_REQUIRED,
                            Samples.octets(Samples.SIGNED_RESPONSE),
                            ReceivingKeys.of(otherTrk)))
                    .hasMessage(
                            "a key is wrapped under the transport key tk.1.sip:alice@example.org, which is not here");
        }
    }

    @Test
    void keysWrappedUnderTheIntegrityKeyAreRefused() {
        ResponseProtection confused =
                new ResponseProtection(Optional.of(SecurityVectors.ink()), Optional.of(SecurityVectors.ink()));
        for (KmsAnswer answer : List.of(
                keyProv(Optional.empty()),
                new KmsInit(
                        Fixtures.certificate(Role.ROOT, KMS, "example.org"), Optional.of(SecurityVectors.newKeys())))) {
            assertThat(refusal(
                            KmsErrorCode.TRANSPORT_KEY_REQUIRED,
                            encode(answer, STANDARD, confused),
                            SecurityVectors.receivingKeys()))
                    .hasMessage(
                            "a key is wrapped under the transport key ink.1.sip:alice@example.org, which is not here");
        }
    }

    @Test
    void aTransportKeySignsOnlyWhereThereIsNoIntegrityKey() {
        byte[] octets = encode(
                keyProv(Optional.empty()),
                STANDARD,
                new ResponseProtection(Optional.of(SecurityVectors.trk()), Optional.of(SecurityVectors.trk())));
        assertThat(refusal(KmsErrorCode.SIGNATURE_REQUIRED, octets, SecurityVectors.receivingKeys()))
                .hasMessage("the response is signed with the key tk.1.sip:alice@example.org, which is not here");
        try (ClientKeys trkOnly = new ClientKeys(SecurityVectors.trk(), Optional.empty());
                ReceivedResponse received = KmsResponseCodec.read(octets, ReceivingKeys.of(trkOnly))) {
            assertThat(received.signature()).isPresent();
            assertThat(received.keysWereWrapped()).isTrue();
        }
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

    private static ClientKeys newKeys(ReceivedResponse received) {
        return ((KmsKeyProv) received.response().message().orElseThrow())
                .newKeys()
                .orElseThrow();
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

    /** Those keys; notes which was asked for as what. */
    private static ReceivingKeys asking(List<String> asked, ClientKeys keys) {
        ReceivingKeys all = ReceivingKeys.of(keys);
        return new ReceivingKeys() {
            @Override
            public Optional<NamedKey> transportKey(String keyName) {
                asked.add("wraps " + keyName);
                return all.transportKey(keyName);
            }

            @Override
            public Optional<NamedKey> signingKey(String keyName) {
                asked.add("signs " + keyName);
                return all.signingKey(keyName);
            }
        };
    }

    private static KmsException refusal(KmsErrorCode code, byte[] octets, ReceivingKeys keys) {
        KmsException refusal = catchThrowableOfType(KmsException.class, () -> KmsResponseCodec.read(octets, keys));
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        return refusal;
    }
}
