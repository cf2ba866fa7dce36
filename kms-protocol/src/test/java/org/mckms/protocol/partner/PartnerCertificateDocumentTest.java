package org.mckms.protocol.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.protocol.error.KmsErrorCode.BODY_TOO_LARGE;
import static org.mckms.protocol.error.KmsErrorCode.INVALID_CERTIFICATE;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.SIGNATURE_REQUIRED;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.cms.TestIdentity;
import org.mckms.protocol.codec.CertificateCodec;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.Role;
import org.mckms.protocol.tool.ExternalTool;

class PartnerCertificateDocumentTest {
    private static final TestIdentity SIGNER = TestIdentity.p256("kms.sign.cert");
    private static final TestIdentity OTHER = TestIdentity.p256("kms.sign.cert");
    private static final KmsCertificate ROOT = Fixtures.certificate(Role.ROOT, Fixtures.KMS, "example.org");
    private static final String SIGNED =
            new String(PartnerCertificateDocument.write(ROOT, SIGNER), StandardCharsets.UTF_8);
    private static final String PLAIN =
            new String(CertificateCodec.encode(PartnerCertificateDocument.asExternal(ROOT)), StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private ExternalTool xmlsec1;

    @BeforeEach
    void hasXmlsec1() {
        xmlsec1 = new ExternalTool("xmlsec1", folder);
        xmlsec1.write("signer.pem", SIGNER.certificate());
        xmlsec1.write("other.pem", OTHER.certificate());
    }

    @Test
    void goesOutAsExternalAndSigned() {
        PartnerCertificate read = read(SIGNED);

        assertThat(read.certificate()).isEqualTo(PartnerCertificateDocument.asExternal(ROOT));
        assertThat(read.certificate().role()).isEqualTo(Role.EXTERNAL);
        assertThat(read.signer()).contains(SIGNER.certificate());
    }

    @Test
    void isVerifiedByXmlsec1() {
        xmlsec1.write("document", SIGNED.getBytes(StandardCharsets.UTF_8));

        xmlsec1.succeeds(verify("signer.pem"));
        assertThat(xmlsec1.run(verify("other.pem")).exitCode()).isNotZero();

        xmlsec1.write("document", SIGNED.replace("example.org", "example.net").getBytes(StandardCharsets.UTF_8));
        assertThat(xmlsec1.run(verify("signer.pem")).exitCode()).isNotZero();
    }

    @Test
    void isReadWhenXmlsec1SignsTheRoot() {
        xmlsec1.write("signer.key", SIGNER.key());
        xmlsec1.write("template", rootTemplate().getBytes(StandardCharsets.UTF_8));
        xmlsec1.succeeds(
                "--sign",
                "--id-attr:Id",
                "urn:3gpp:ns:mcsecKMSInterface:1.0:SignedKmsCertificate",
                "--privkey-pem",
                "signer.key,signer.pem",
                "--output",
                "document",
                "template");

        PartnerCertificate read = read(new String(xmlsec1.read("document"), StandardCharsets.UTF_8));

        assertThat(read.signer()).contains(SIGNER.certificate());
        assertThat(read.fingerprint()).isEqualTo(read(SIGNED).fingerprint());
    }

    @Test
    void isReadWithoutASignature() {
        PartnerCertificate read = read(PLAIN);

        assertThat(read.signer()).isEmpty();
        assertThat(read.fingerprint())
                .isEqualTo(read(SIGNED).fingerprint())
                .isEqualTo(PartnerCertificate.fingerprint(read.certificate()));
    }

    static Stream<Arguments> altered() {
        return Stream.of(
                Arguments.of("another domain", "example.org</KmsDomain>", "example.net</KmsDomain>"),
                Arguments.of("another period", "<UserKeyOffset>", "<UserKeyOffset>1"),
                Arguments.of("other white space", "<KmsUri>", "\n<KmsUri>"),
                Arguments.of("another digest", "<DigestValue>", "<DigestValue>AAAA"),
                Arguments.of("HMAC", "#ecdsa-sha256", "#hmac-sha256"),
                Arguments.of("SHA-1", "xmlenc#sha256", "xmldsig#sha1"),
                Arguments.of("exclusive form", "REC-xml-c14n-20010315", "10/xml-exc-c14n#"),
                Arguments.of("no Id", " Id=\"xmldoc\"", ""),
                Arguments.of("another Id", "URI=\"#xmldoc\"", "URI=\"#other\""),
                Arguments.of("the whole document", "URI=\"#xmldoc\"", "URI=\"\""),
                Arguments.of("elsewhere", "URI=\"#xmldoc\"", "URI=\"http://x/\""),
                Arguments.of(
                        "a transform",
                        "<DigestMethod",
                        "<Transforms><Transform Algorithm=\"http://www.w3.org/TR/1999/"
                                + "REC-xslt-19991116\"></Transform></Transforms><DigestMethod"),
                Arguments.of(
                        "enveloped on the certificate",
                        "<DigestMethod",
                        "<Transforms><Transform Algorithm="
                                + "\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></Transform></Transforms><DigestMethod"),
                Arguments.of("a key by name", "<KeyInfo>", "<KeyInfo><KeyName>me</KeyName>"),
                Arguments.of("an object", "</KeyInfo>", "</KeyInfo><Object></Object>"),
                Arguments.of("a comment", "<KmsUri>", "<KmsUri><!-- c -->"),
                Arguments.of(
                        "one Id twice", "</KmsDomainList>", "</KmsDomainList><x xmlns=\"urn:x\" Id=\"xmldoc\"></x>"),
                Arguments.of("not base64", "<X509Certificate>", "<X509Certificate>*"),
                Arguments.of("no X.509", "<X509Certificate>", "<X509Certificate>AAAA"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("altered")
    void doesNotHoldWhenAltered(String how, String old, String replacement) {
        assertThat(SIGNED).contains(old);

        refused(SIGNATURE_REQUIRED, SIGNED.replace(old, replacement));
    }

    @Test
    void doesNotHoldUnderAnotherSignersCertificate() throws Exception {
        String ours = base64(SIGNER);
        assertThat(SIGNED).contains(ours);

        refused(SIGNATURE_REQUIRED, SIGNED.replace(ours, base64(OTHER)));
        refused(SIGNATURE_REQUIRED, SIGNED.replace(ours, base64(TestIdentity.ec("x", "secp384r1"))));
        refused(SIGNATURE_REQUIRED, SIGNED.replace(ours, base64(TestIdentity.rsa("x", 2048))));
    }

    @Test
    void doesNotHoldUnderACertificateWhoseKeyIsMalformed() throws Exception {
        HexFormat hex = HexFormat.of().withUpperCase();
        String der = hex.formatHex(SIGNER.certificate().getEncoded());
        String ecKeyThenCurve = "2A8648CE3D0201" + "06082A";
        assertThat(der).contains(ecKeyThenCurve);
        byte[] malformed = hex.parseHex(der.replace(ecKeyThenCurve, "2A8648CE3D4200" + "E4082A"));

        refused(
                SIGNATURE_REQUIRED,
                SIGNED.replace(base64(SIGNER), Base64.getEncoder().encodeToString(malformed)));
    }

    @Test
    void hasNoSignatureInside() {
        String signature = SIGNED.substring(SIGNED.indexOf("<Signature "), SIGNED.indexOf("</SignedKms"));

        refused(SIGNATURE_REQUIRED, SIGNED.replace("</KmsCertificate>", signature + "</KmsCertificate>"));
        refused(SIGNATURE_REQUIRED, PLAIN.replace("</KmsCertificate>", signature + "</KmsCertificate>"));
        refused(MALFORMED_REQUEST, SIGNED.replace("</SignedKms", signature + "</SignedKms"));
    }

    static Stream<Arguments> bad() {
        String zT = ROOT.pubEncKey().octets().toHex().toUpperCase(Locale.ROOT);
        String kpak = ROOT.pubAuthKey().octets().toHex().toUpperCase(Locale.ROOT);
        return Stream.of(
                Arguments.of("Z_T off the curve", zT, zT.substring(0, 512) + flipped(zT.substring(512))),
                Arguments.of("Z_T at infinity", zT, "00"),
                Arguments.of("Z_T of order 2, the point (0, 0)", zT, "04" + "0".repeat(512)),
                Arguments.of("Z_T compressed", zT, "02" + zT.substring(2, 258)),
                Arguments.of("Z_T too short", zT, zT.substring(0, 512)),
                Arguments.of("Z_T with coordinates over p", zT, "04" + "F".repeat(512)),
                Arguments.of("KPAK off the curve", kpak, kpak.substring(0, 128) + flipped(kpak.substring(128))),
                Arguments.of("KPAK at infinity", kpak, "00"),
                Arguments.of("KPAK zero", kpak, "04" + "0".repeat(128)),
                Arguments.of("KPAK in place of Z_T", zT, kpak),
                Arguments.of("another user identifier format", "<UserIdFormat>2", "<UserIdFormat>1"),
                Arguments.of("another parameter set", "<ParameterSet>1", "<ParameterSet>2"),
                Arguments.of("offset not below the period", "<UserKeyOffset>0", "<UserKeyOffset>2592000"),
                Arguments.of("negative offset", "<UserKeyOffset>0", "<UserKeyOffset>-1"),
                Arguments.of("no period", "<UserKeyPeriod>2592000", "<UserKeyPeriod>0"),
                Arguments.of("endless period", "<UserKeyPeriod>", "<UserKeyPeriod>9999999"),
                Arguments.of("Root", "Role=\"External\"", "Role=\"Root\""),
                Arguments.of("no KMS URI", "<KmsUri>kms.example.org</KmsUri>", ""),
                Arguments.of("empty KMS URI", "<KmsUri>kms.example.org", "<KmsUri>"),
                Arguments.of("long KMS URI", "<KmsUri>kms", "<KmsUri>" + "k".repeat(2049)),
                Arguments.of("long issuer", "<Issuer>", "<Issuer>" + "i".repeat(1025)),
                Arguments.of("ends before it begins", "<ValidTo>2026", "<ValidTo>2020"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void isRefusedWithABadValue(String how, String old, String replacement) {
        assertThat(PLAIN).contains(old);

        refused(INVALID_CERTIFICATE, PLAIN.replace(old, replacement));
    }

    @ParameterizedTest
    @CsvSource({"<a/>", "not XML", "'<!DOCTYPE a><a/>'", "<KmsResponse xmlns='urn:3gpp:ns:mcsecKMSInterface:1.0'/>"})
    void isNoOtherDocument(String document) {
        refused(MALFORMED_REQUEST, document);
    }

    @Test
    void isOneCertificate() {
        String certificate = PLAIN.substring(PLAIN.indexOf("<KmsCertificate"), PLAIN.indexOf("</SignedKms"));

        refused(MALFORMED_REQUEST, PLAIN.replace("</SignedKms", certificate + "</SignedKms"));
        refused(BODY_TOO_LARGE, PLAIN + " ".repeat(65_536));
    }

    private static String flipped(String hexDigit) {
        return hexDigit.charAt(0) == '1' ? "2" + hexDigit.substring(1) : "1" + hexDigit.substring(1);
    }

    private static String base64(TestIdentity identity) throws Exception {
        return Base64.getEncoder().encodeToString(identity.certificate().getEncoded());
    }

    private static PartnerCertificate read(String document) {
        return PartnerCertificateDocument.read(document.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(KmsErrorCode code, String document) {
        assertThatThrownBy(() -> read(document)).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .as(e.getMessage())
                .isEqualTo(code));
    }

    private static String[] verify(String trusted) {
        return new String[] {
            "--verify",
            "--id-attr:Id",
            "urn:3gpp:ns:mcsecKMSInterface:1.0:KmsCertificate",
            "--trusted-pem",
            trusted,
            "--verification-time",
            "2026-05-01 12:00:00",
            "document"
        };
    }

    private static String rootTemplate() {
        String signature = SIGNED.substring(SIGNED.indexOf("<Signature "), SIGNED.indexOf("</SignedKms"))
                .replace("#xmldoc", "#root")
                .replace(
                        "<DigestMethod",
                        "<Transforms><Transform Algorithm="
                                + "\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/></Transforms><DigestMethod")
                .replaceAll("<DigestValue>[^<]*", "<DigestValue>")
                .replaceAll("<SignatureValue>[^<]*", "<SignatureValue>")
                .replaceAll("<X509Certificate>[^<]*", "<X509Certificate>");
        return PLAIN.replace("<SignedKmsCertificate ", "<SignedKmsCertificate Id=\"root\" ")
                .replace("</SignedKms", "\n  " + signature + "\n</SignedKms");
    }
}
