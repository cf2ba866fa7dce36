package org.mckms.client.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.client.cli.explain.Explanation.Fault;
import org.mckms.client.cli.explain.Explanation.Line;

class XmlExplainerTest {
    private static final Explainer EXPLAINER =
            new Explainer(Instant.parse("2024-05-18T05:52:25Z"), false, Optional.empty(), Optional.empty());
    private static final String REQUEST = Samples.text("signed-kms-request.xml");
    private static final String RESPONSE = Samples.text("signed-kms-response.xml");
    private static final String CACHE = Samples.text("kms-certcache.xml");
    private static final String PLAIN = Samples.text("kms-keyprov-plain.xml");

    @ParameterizedTest
    @CsvSource({
        "signed-kms-request.xml, SIGNED_KMS_REQUEST",
        "signed-kms-response.xml, SIGNED_KMS_RESPONSE",
        "kms-init.xml, KMS_RESPONSE",
        "kms-keyprov-plain.xml, KMS_RESPONSE",
        "kms-certcache.xml, KMS_RESPONSE",
        "kms-error.xml, KMS_RESPONSE",
        "kms-keyprov-with-cek-extension.xml, KMS_RESPONSE"
    })
    void findsNothingWrongInASample(String file, DocumentKind kind) {
        Explanation explanation = EXPLAINER.explain(Samples.octets(file));

        assertThat(explanation.kind()).isEqualTo(kind);
        assertThat(explanation.faults()).isEmpty();
        assertThat(explanation.lines()).isNotEmpty().allSatisfy(line -> assertThat(line.clause())
                .isNotEmpty());
    }

    @Test
    void namesTheClauseOfEachField() {
        assertThat(line(REQUEST, "SignedKmsRequest/KmsRequest/ClientReqUrl").clause())
                .isEqualTo("D.2.2");
        assertThat(line(REQUEST, "SignedKmsRequest/Signature/SignedInfo/SignatureMethod/@Algorithm")
                        .clause())
                .isEqualTo("RFC 3275 4.3.2");
        String keyProv = "SignedKmsResponse/KmsResponse/KmsMessage/KmsKeyProv/";
        assertThat(line(RESPONSE, keyProv + "KmsKeySet/KeyPeriodNo").clause()).isEqualTo("D.3.3");
        assertThat(line(RESPONSE, keyProv + "NewIntegrityKey").clause()).isEqualTo("D.3.5.2");
        assertThat(line(RESPONSE, keyProv + "NewIntegrityKey/EncryptedKey/CarriedKeyName")
                        .value())
                .isEqualTo("ink.2.sip:alice@example.org");
        assertThat(line(CACHE, "KmsResponse/KmsMessage/KmsCertCache/KmsCertificate/PubEncKey")
                        .clause())
                .isEqualTo("D.3.2");
    }

    @Test
    void hidesPlainPrivateKeysUnlessTold() {
        String ssk = PLAIN.replaceAll("(?s).*<UserSigningKeySSK[^>]*>([0-9A-Fa-f]{64})<.*", "$1");
        Explanation hidden = EXPLAINER.explain(octets(PLAIN));
        Explanation shown =
                new Explainer(Instant.EPOCH, true, Optional.empty(), Optional.empty()).explain(octets(PLAIN));

        assertThat(hidden.lines())
                .extracting(Line::value)
                .contains("32 octets, hidden")
                .doesNotContain(ssk);
        assertThat(shown.lines()).extracting(Line::value).contains(ssk);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("variants")
    void acceptsWhatDeployedPeersSendAndSaysSo(String document, String path, String note) {
        Explanation explanation = EXPLAINER.explain(octets(document));

        assertThat(explanation.faults()).isEmpty();
        assertThat(line(document, path).note()).contains("variant: " + note);
    }

    static Stream<Arguments> variants() {
        String keySet = "KmsResponse/KmsMessage/KmsKeyProv/KmsKeySet/";
        return Stream.of(
                Arguments.of(
                        PLAIN.replaceFirst("<UserID>[^<]*<", "<UserID>" + "0a".repeat(32) + "<"),
                        keySet + "UserID",
                        "hex instead of base64"),
                Arguments.of(
                        PLAIN.replaceFirst("<UserSigningKeySSK [^>]*>", "<UserSigningKeySSK>"),
                        keySet + "UserSigningKeySSK/plain key",
                        "no xsi:type"),
                Arguments.of(
                        PLAIN.replaceFirst("26Z</Time>", "26</Time>"), "KmsResponse/Time", "no zone, taken as UTC"),
                Arguments.of(
                        PLAIN.replaceFirst(
                                "<UserUri>([^<]*)</UserUri><KmsUri>([^<]*)</KmsUri>",
                                "<KmsUri>$2</KmsUri><UserUri>$1</UserUri>"),
                        "KmsResponse/UserUri",
                        "the schema has it earlier"),
                Arguments.of(
                        PLAIN.replace("urn:3gpp:ns:mcsecKMSInterface:1.0", "TOBEDEFINED"),
                        "KmsResponse",
                        "namespace of a TS 33.179 (Rel-13) peer"),
                Arguments.of(
                        REQUEST.replace("Version=\"1.1.0\"", "Version=\"1.0.0\""),
                        "SignedKmsRequest/KmsRequest/@Version",
                        "the schema fixes 1.1.0"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("wrong")
    void namesTheFirstThingThatIsWrong(String document, String where, String what) {
        Optional<Fault> fault = EXPLAINER.explain(octets(document)).firstFault();

        assertThat(fault).isPresent();
        assertThat(fault.get().where()).isEqualTo(where);
        assertThat(fault.get().what()).contains(what);
        assertThat(fault.get().clause()).isNotEmpty();
    }

    static Stream<Arguments> wrong() {
        String info = "SignedKmsRequest/Signature/SignedInfo";
        String cached = "KmsResponse/KmsMessage/KmsCertCache/KmsCertificate/";
        return Stream.of(
                Arguments.of(
                        REQUEST.replaceFirst("<Time>[^<]*</Time>", ""), "SignedKmsRequest/KmsRequest", "has no Time"),
                Arguments.of(
                        REQUEST.replace("2024-05-18T05:52:25Z", "2024-02-30T05:52:25Z"),
                        "SignedKmsRequest/KmsRequest/Time",
                        "not a possible time"),
                Arguments.of(
                        REQUEST.replace("</UserUri>", "</UserUri><UserUri>sip:eve@example.org</UserUri>"),
                        "SignedKmsRequest/KmsRequest",
                        "more than one UserUri"),
                Arguments.of(
                        REQUEST.replace("<ClientId>", "<Extra/><ClientId>"),
                        "SignedKmsRequest/KmsRequest/Extra",
                        "has no place here"),
                Arguments.of(
                        REQUEST.replace("<SignatureValue>", "<SignatureValue>*"),
                        "SignedKmsRequest/Signature/SignatureValue",
                        "is not base64"),
                Arguments.of(
                        REQUEST.replace("#hmac-sha256", "#hmac-sha1"),
                        info + "/SignatureMethod/@Algorithm",
                        "not an algorithm used here"),
                Arguments.of(
                        REQUEST.replace(
                                "hmac-sha256\"/>",
                                "hmac-sha256\"><HMACOutputLength>8</HMACOutputLength></SignatureMethod>"),
                        info + "/SignatureMethod/HMACOutputLength",
                        "has no place here"),
                Arguments.of(
                        REQUEST.replace("URI=\"#xmldoc\"", "URI=\"http://example.org/\""),
                        info + "/Reference/@URI",
                        "does not name an element"),
                Arguments.of(REQUEST.replace("URI=\"#xmldoc\"", "URI=\"#other\""), "", "neither SignedKmsRequest nor"),
                Arguments.of(
                        REQUEST.replace("<SignedKmsRequest ", "<SignedKmsRequest Id=\"xmldoc\" "), "", "the same Id"),
                Arguments.of(
                        REQUEST.replace("<KeyName>", "<KeyValue/><KeyName>"),
                        "SignedKmsRequest/Signature/KeyInfo/KeyValue",
                        "has no place here"),
                Arguments.of(
                        REQUEST.replaceFirst("<Signature .*</Signature>", ""), "SignedKmsRequest", "has no Signature"),
                Arguments.of(
                        RESPONSE.replaceFirst("kw-aes-256-pad", "kw-aes-128"),
                        "SignedKmsResponse/KmsResponse/KmsMessage/KmsKeyProv/KmsKeySet/UserDecryptKey"
                                + "/EncryptedKey/EncryptionMethod/@Algorithm",
                        "not an algorithm used here"),
                Arguments.of(
                        RESPONSE.replaceFirst("<xenc:CipherValue>[^<]*<", "<xenc:CipherValue>zzzz<"),
                        "SignedKmsResponse/KmsResponse/KmsMessage/KmsKeyProv/KmsKeySet/UserDecryptKey"
                                + "/EncryptedKey/CipherData/CipherValue",
                        "3 octets"),
                Arguments.of(
                        CACHE.replaceAll("<UserIdFormat>2<", "<UserIdFormat>1<")
                                .replaceFirst("(?s)<SignedKmsCertificate>.*</SignedKmsCertificate>", ""),
                        cached + "UserIdFormat",
                        "is not 2"),
                Arguments.of(
                        CACHE.replaceFirst("(?s)<SignedKmsCertificate>.*</SignedKmsCertificate>", "")
                                .replaceFirst("<PubAuthKey>04", "<PubAuthKey>05"),
                        cached + "PubAuthKey",
                        ""),
                Arguments.of(
                        PLAIN.replaceFirst("(?s)<KmsMessage>.*</KmsMessage>", ""),
                        "KmsResponse",
                        "needs exactly one of"),
                Arguments.of("<html xmlns=\"http://www.w3.org/1999/xhtml\"/>", "", "root element is html"),
                Arguments.of("<KmsRequest/>", "", "has no namespace"));
    }

    @Test
    void walksRedirectResponsesOfAnyForm() {
        Explanation explanation = EXPLAINER.explain(octets(
                "<KmsRedirectResponse xmlns=\"urn:3gpp:ns:mcsecKMSKRR:1.0\"><Proposed><KmsUri>kms.b.example</KmsUri>"
                        + "</Proposed></KmsRedirectResponse>"));

        assertThat(explanation.kind()).isEqualTo(DocumentKind.KMS_REDIRECT_RESPONSE);
        assertThat(explanation.faults()).isEmpty();
        assertThat(explanation.lines()).extracting(Line::path).contains("KmsRedirectResponse/Proposed/KmsUri");
    }

    private static Line line(String document, String path) {
        return EXPLAINER.explain(octets(document)).lines().stream()
                .filter(line -> line.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line " + path));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
