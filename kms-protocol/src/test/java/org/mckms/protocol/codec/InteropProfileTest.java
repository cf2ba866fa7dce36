package org.mckms.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.protocol.Fixtures.ALICE;
import static org.mckms.protocol.Fixtures.ANSWERED;
import static org.mckms.protocol.Fixtures.KMS;
import static org.mckms.protocol.Fixtures.ROOT_URL;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.JdkSignature;
import org.mckms.protocol.Samples;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.message.Role;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.WrapProfile;
import org.mckms.protocol.xml.KmsSchema;

/** Each profile and what it changes on the wire; nothing else changes. */
class InteropProfileTest {
    @ParameterizedTest
    @CsvSource({
        "USER_ID_HEX, user-id-hex",
        "KEYS_BASE64, keys-base64",
        "REL13, rel13",
        "TEXT_XML, text-xml",
        "WRAP_KWP_LABELLED_KW, wrap-kwp-labelled-kw",
        "WRAP_STRIP04, wrap-strip04",
        "UID_AS_HEX_TEXT, uid-as-hex-text",
        "NO_XSI_TYPE, no-xsi-type",
        "UNSIGNED_REQUESTS, unsigned-requests"
    })
    void hasANameThatNeverChanges(InteropProfile profile, String name) {
        assertThat(profile.profileName()).isEqualTo(name);
        assertThat(InteropProfile.named(name)).contains(profile);
        assertThat(InteropProfile.values()).hasSize(9);
        assertThat(InteropProfile.named(name.toUpperCase())).isEmpty();
    }

    @Test
    void withoutProfilesTheDialectIsTheStandard() {
        assertThat(InteropProfile.dialectOf(Set.of())).isEqualTo(WireDialect.STANDARD);
        assertThat(InteropProfile.dialectOf(
                        EnumSet.of(InteropProfile.UID_AS_HEX_TEXT, InteropProfile.UNSIGNED_REQUESTS)))
                .isEqualTo(WireDialect.STANDARD);
    }

    @Test
    void everyProfileOfTheWireChangesOneThing() {
        assertThat(dialect(InteropProfile.USER_ID_HEX)).isEqualTo(WireDialect.STANDARD.withUserIdForm(UserIdForm.HEX));
        assertThat(dialect(InteropProfile.KEYS_BASE64).keyForm()).isEqualTo(KeyForm.BASE64);
        assertThat(dialect(InteropProfile.REL13).release()).isEqualTo(WireRelease.REL13);
        assertThat(dialect(InteropProfile.TEXT_XML).textXml()).isTrue();
        assertThat(dialect(InteropProfile.NO_XSI_TYPE).xsiType()).isFalse();
        assertThat(dialect(InteropProfile.WRAP_KWP_LABELLED_KW).wrapProfile()).isEqualTo(WrapProfile.KWP_LABELLED_KW);
        assertThat(dialect(InteropProfile.WRAP_STRIP04).wrapProfile()).isEqualTo(WrapProfile.STRIP04);
    }

    @Test
    void twoWaysToWrapExcludeEachOther() {
        assertThatThrownBy(() -> dialect(InteropProfile.WRAP_STRIP04, InteropProfile.WRAP_KWP_LABELLED_KW))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("wrap-kwp-labelled-kw and wrap-strip04 exclude each other: a key is wrapped in one way");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenCanBeReadAndVerified(InteropProfile profile) throws Exception {
        WireDialect dialect = dialect(profile);
        for (ResponseProtection protection : List.of(ResponseProtection.NONE, signedAndWrapped())) {
            byte[] octets = encode(new KmsKeyProv(List.of(Fixtures.keySet())), dialect, protection);
            try (ReceivedResponse received =
                    KmsResponseCodec.read(octets, SecurityVectors.receivingKeys(), dialect.release())) {
                KmsKeyProv keyProv = (KmsKeyProv) received.response().message().orElseThrow();
                keyProv.keySets().get(0).rsk().use(key -> assertThat(key).isEqualTo(Fixtures.octets("userDecryptKey")));
                assertThat(received.signature().isPresent())
                        .isEqualTo(protection.signWith().isPresent());
            }
            if (protection.signWith().isPresent()) {
                assertThat(JdkSignature.validate(octets, SecurityVectors.ink()).valid())
                        .isTrue();
            }
        }
    }

    @Test
    void allOfThemTogetherCanBeRead() {
        Set<InteropProfile> all = EnumSet.allOf(InteropProfile.class);
        all.remove(InteropProfile.WRAP_STRIP04);
        WireDialect dialect = InteropProfile.dialectOf(all);
        byte[] octets = encode(new KmsKeyProv(List.of(Fixtures.keySet())), dialect, signedAndWrapped());
        try (ReceivedResponse received =
                KmsResponseCodec.read(octets, SecurityVectors.receivingKeys(), WireRelease.REL13)) {
            assertThat(received.keysWereWrapped()).isTrue();
        }
    }

    @Test
    void keysBase64WritesPlainAndPublicKeysSo() throws IOException {
        WireDialect dialect = dialect(InteropProfile.KEYS_BASE64);
        String keyProv = text(encode(new KmsKeyProv(List.of(Fixtures.keySet())), dialect, ResponseProtection.NONE));
        for (String key : List.of("userDecryptKey", "userSigningKeySSK", "userPubTokenPVT")) {
            assertThat(keyProv).contains(">" + base64(key) + "<");
        }
        String init = text(encode(init(), dialect, ResponseProtection.NONE));
        assertThat(init).contains("<PubEncKey>" + base64("pubEncKey") + "<");
        assertThat(init).contains("<PubAuthKey>" + base64("pubAuthKey") + "<");
    }

    @Test
    void noXsiTypeLeavesTheAttributeOutEverywhere() {
        WireDialect dialect = dialect(InteropProfile.NO_XSI_TYPE);
        KmsAnswer renewing = new KmsKeyProv(List.of(Fixtures.keySet()), Optional.of(SecurityVectors.newKeys()));
        assertThat(text(encode(renewing, dialect, signedAndWrapped()))).doesNotContain("xsi:type");
        assertThat(text(encode(new KmsKeyProv(List.of(Fixtures.keySet())), dialect, ResponseProtection.NONE)))
                .doesNotContain("xsi:type");
    }

    @Test
    void rel13HasTheNamespaceTheOrderAndTheTypesOfTs33179() {
        ClientKeys newTrk = new ClientKeys(SecurityVectors.newKeys().transportKey(), Optional.empty());
        ResponseProtection protection =
                new ResponseProtection(Optional.of(SecurityVectors.trk()), Optional.of(SecurityVectors.trk()));
        String text = text(encode(
                new KmsKeyProv(List.of(Fixtures.keySet()), Optional.of(newTrk)),
                dialect(InteropProfile.REL13),
                protection));
        assertThat(text)
                .contains("<SignedKmsResponse xmlns=\"TOBEDEFINED\" ")
                .contains("<KmsUri>kms.example.org</KmsUri><UserUri>sip:alice@example.org</UserUri><Time>")
                .contains("xsi:type=\"KmsKeyProvTkType\"")
                .contains("<NewTransportKey ")
                .doesNotContain(KmsSchema.NAMESPACE)
                .doesNotContain("Integrity");
        String asRel14 = text.replaceAll("<Signature .*</Signature>", "")
                .replace("TOBEDEFINED", KmsSchema.NAMESPACE)
                .replace("KmsKeyProvTkType", "KmsKeyProvTkIkType")
                .replace(
                        "<KmsUri>kms.example.org</KmsUri><UserUri>sip:alice@example.org</UserUri><Time>",
                        "<UserUri>sip:alice@example.org</UserUri><KmsUri>kms.example.org</KmsUri><Time>");
        assertThatCode(() -> KmsSchema.validate(asRel14.getBytes(UTF_8))).doesNotThrowAnyException();
    }

    @Test
    void rel13IsReadWithNewKeysInASecondNamespace() throws IOException {
        String sample = Samples.text(Samples.INIT)
                .replace(KmsSchema.NAMESPACE, "urn:vendor:kms")
                .replace("KmsInitTkIkType", "se:KmsInitTkType")
                .replace("<KmsInit ", "<KmsInit xmlns:se=\"urn:vendor:kms:security\" ")
                .replace("NewTransportKey", "se:NewTransportKey")
                .replaceAll("<NewIntegrityKey.*</NewIntegrityKey>", "");
        try (ReceivedResponse received =
                KmsResponseCodec.read(sample.getBytes(UTF_8), SecurityVectors.receivingKeys(), WireRelease.REL13)) {
            KmsInit init = (KmsInit) received.response().message().orElseThrow();
            assertThat(init.newKeys().orElseThrow().transportKey().name()).isEqualTo(SecurityVectors.NEW_TRK_NAME);
            assertThat(init.newKeys().orElseThrow().integrityKey()).isEmpty();
        }
        assertThatThrownBy(() -> KmsResponseCodec.read(sample.getBytes(UTF_8), SecurityVectors.receivingKeys()))
                .hasMessage("the root element is not a KmsResponse of the KMS interface");
    }

    @Test
    void rel13RequestsAreReadOnlyWhereAsked() throws Exception {
        byte[] sample = Samples.changed(Samples.SIGNED_REQUEST, KmsSchema.NAMESPACE, "urn:vendor:kms");
        ReceivedRequest received = KmsRequestCodec.read(sample, RequestLeniency.REL13);
        assertThat(received.request().userUri()).isEqualTo(ALICE);
        assertThat(received.signature().orElseThrow().verifies(SecurityVectors.ink()))
                .as("the namespace is signed too")
                .isFalse();
        assertThatThrownBy(() -> KmsRequestCodec.read(sample, RequestLeniency.STANDARD))
                .hasMessage("the root element is not a KmsRequest of the KMS interface");
        byte[] mixed = new String(sample, UTF_8)
                .replace("<KmsRequest ", "<KmsRequest xmlns=\"urn:other\" ")
                .getBytes(UTF_8);
        assertThatThrownBy(() -> KmsRequestCodec.read(mixed, RequestLeniency.REL13))
                .hasMessage("SignedKmsRequest has no KmsRequest in its place");
    }

    private static WireDialect dialect(InteropProfile... profiles) {
        return InteropProfile.dialectOf(Set.copyOf(Arrays.asList(profiles)));
    }

    private static KmsInit init() {
        return new KmsInit(Fixtures.certificate(Role.ROOT, KMS, "example.org"));
    }

    private static ResponseProtection signedAndWrapped() {
        return new ResponseProtection(Optional.of(SecurityVectors.trk()), Optional.of(SecurityVectors.ink()));
    }

    private static byte[] encode(KmsAnswer answer, WireDialect dialect, ResponseProtection protection) {
        KmsResponse response = new KmsResponse(ALICE, KMS, ANSWERED, Optional.empty(), ROOT_URL + "keyprov", answer);
        return KmsResponseCodec.encode(response, dialect, protection);
    }

    private static String base64(String key) {
        return Base64.getEncoder().encodeToString(Fixtures.octets(key));
    }

    private static String text(byte[] octets) {
        return new String(octets, UTF_8);
    }
}
