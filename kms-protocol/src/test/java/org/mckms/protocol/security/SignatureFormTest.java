package org.mckms.protocol.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mckms.protocol.JdkSignature.FACTORY;

import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.xml.crypto.XMLStructure;
import javax.xml.crypto.dom.DOMStructure;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.HMACParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.crypto.dsig.spec.XPathFilterParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.JdkSignature;
import org.mckms.protocol.Samples;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.ReceivedRequest;
import org.mckms.protocol.codec.RequestLeniency;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.xml.CanonicalXml;
import org.mckms.protocol.xml.HardenedXml;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Signatures made by the JDK, each with a MAC that is right: the forms accepted, and the forms refused although the MAC is
 * right.
 */
class SignatureFormTest {
    private static final KeyInfoFactory KEY_INFOS = FACTORY.getKeyInfoFactory();
    private static final String C14N_11 = "http://www.w3.org/2006/12/xml-c14n11";

    @Test
    void acceptsTheFormOfTheStandard() throws Exception {
        assertVerifies(signed(signedInfo(c14n(), hmac(), reference("#xmldoc"))));
    }

    @Test
    void acceptsTheFormOfKapsch() throws Exception {
        byte[] octets = kapsch();
        assertThat(new String(octets, UTF_8))
                .contains("<SignedKmsRequest xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\" Id=\"root\"");
        assertVerifies(octets);
    }

    @Test
    void refusesTheFormOfKapschAfterAChangeInTheBody() throws Exception {
        String changed = new String(kapsch(), UTF_8).replace("device-1", "device-2");
        assertThat(read(changed.getBytes(UTF_8)).signature().orElseThrow().verifies(SecurityVectors.ink()))
                .isFalse();
    }

    private static byte[] kapsch() throws Exception {
        String unsigned = unsigned().replace("<SignedKmsRequest ", "<SignedKmsRequest Id=\"root\" ");
        return sign(
                unsigned,
                signedInfo(c14n(CanonicalizationMethod.INCLUSIVE_WITH_COMMENTS), hmac(), enveloped("#root")),
                keyName());
    }

    @Test
    void acceptsWhiteSpaceAsPrettyPrintersPutIt() throws Exception {
        assertVerifies(Samples.text(Samples.SIGNED_REQUEST)
                .replace("<KmsRequest ", "\n  <KmsRequest ")
                .replace("<SignedInfo>", "\n\t<SignedInfo>")
                .replace("<KeyInfo><KeyName>", "\r\n<KeyInfo>\n  <KeyName>\n")
                .replace("tnu+5vw9Bl9e", "\n  tnu+5v\n  w9Bl9e")
                .getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {CanonicalizationMethod.EXCLUSIVE, CanonicalizationMethod.EXCLUSIVE_WITH_COMMENTS, C14N_11})
    void refusesAnotherCanonicalization(String algorithm) throws Exception {
        assertRefused(
                signed(signedInfo(c14n(algorithm), hmac(), reference("#xmldoc"))),
                "SignedInfo is canonicalized in another way than inclusive canonical XML 1.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
                "http://www.w3.org/2001/04/xmldsig-more#hmac-sha384",
                "http://www.w3.org/2001/04/xmldsig-more#hmac-sha512"
            })
    void refusesAnotherMac(String algorithm) throws Exception {
        SignatureMethod method = FACTORY.newSignatureMethod(algorithm, null);
        assertRefused(
                signed(signedInfo(c14n(), method, reference("#xmldoc"))),
                "SignatureMethod is not http://www.w3.org/2001/04/xmldsig-more#hmac-sha256");
    }

    @ParameterizedTest
    @ValueSource(strings = {DigestMethod.SHA1, DigestMethod.SHA512, "http://www.w3.org/2001/04/xmldsig-more#sha384"})
    void refusesAnotherDigest(String algorithm) throws Exception {
        Reference reference = FACTORY.newReference("#xmldoc", FACTORY.newDigestMethod(algorithm, null));
        assertRefused(
                signed(signedInfo(c14n(), hmac(), reference)),
                "DigestMethod is not http://www.w3.org/2001/04/xmlenc#sha256");
    }

    @Test
    void refusesATruncatedMac() throws Exception {
        String value = SecurityVectors.signature(Samples.SIGNED_REQUEST).getString("signatureValue");
        String announced = Samples.text(Samples.SIGNED_REQUEST)
                .replace("hmac-sha256\"/>", "hmac-sha256\"><HMACOutputLength>8</HMACOutputLength></SignatureMethod>");
        Document document = HardenedXml.parse(announced.getBytes(UTF_8));
        byte[] signedInfo = CanonicalXml.of(
                (Element) document.getElementsByTagName("SignedInfo").item(0));
        byte[] mac = HmacSha256.of(SecurityVectors.ink(), m -> m.update(signedInfo));
        String first = Base64.getEncoder().encodeToString(Arrays.copyOf(mac, 1));
        assertThat(refusal(announced.replace(value, first).getBytes(UTF_8)))
                .hasMessage("SignatureMethod contains an element HMACOutputLength that does not belong there");
    }

    @Test
    void refusesHmacOutputLengthEvenIfItIsFull() throws Exception {
        SignatureMethod full = FACTORY.newSignatureMethod(XmlSignature.HMAC_SHA256, new HMACParameterSpec(256));
        assertThat(refusal(signed(signedInfo(c14n(), full, reference("#xmldoc")))))
                .hasMessage("SignatureMethod contains an element HMACOutputLength that does not belong there");
    }

    @Test
    void refusesAShortMacWithoutSayingSo() throws Exception {
        String sample = Samples.text(Samples.SIGNED_REQUEST);
        String value = SecurityVectors.signature(Samples.SIGNED_REQUEST).getString("signatureValue");
        byte[] octets = sample.replace(value, value.substring(0, 20)).getBytes(UTF_8);
        assertRefused(octets, "SignatureValue does not have 32 octets");
        assertRefused(sample.replace(value, "").getBytes(UTF_8), "SignatureValue does not have 32 octets");
        assertThat(refusal(sample.replace(value, "!" + value).getBytes(UTF_8)))
                .hasMessage("SignatureValue is not base64");
    }

    @Test
    void refusesAnExtraReference() throws Exception {
        assertThat(refusal(signed(signedInfo(c14n(), hmac(), reference("#xmldoc"), reference("#xmldoc")))))
                .hasMessage("SignedInfo contains an element Reference that does not belong there");
    }

    @Test
    void refusesAnEmptyUri() throws Exception {
        assertRefused(signed(signedInfo(c14n(), hmac(), enveloped(""))), "the URI of the Reference is not # and an Id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#xpointer(id('xmldoc'))", "#xpointer(/)"})
    void refusesAnXpointer(String uri) throws Exception {
        Reference reference = uri.contains("/") ? enveloped(uri) : reference(uri);
        assertRefused(signed(signedInfo(c14n(), hmac(), reference)), "the URI of the Reference is not # and an Id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://kms.example.org/x", "file:///etc/hostname", "xmldoc", "#"})
    void refusesAnotherUri(String uri) throws Exception {
        assertRefused(
                Samples.changed(Samples.SIGNED_REQUEST, "URI=\"#xmldoc\"", "URI=\"" + uri + "\""),
                "the URI of the Reference is not # and an Id");
    }

    @Test
    void refusesAReferenceWithoutUri() throws Exception {
        assertRefused(
                Samples.changed(Samples.SIGNED_REQUEST, " URI=\"#xmldoc\"", ""),
                "the URI of the Reference is not # and an Id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CanonicalizationMethod.INCLUSIVE,
                CanonicalizationMethod.INCLUSIVE_WITH_COMMENTS,
                CanonicalizationMethod.EXCLUSIVE,
                C14N_11
            })
    void refusesACanonicalizationAsTransform(String algorithm) throws Exception {
        Transform transform = FACTORY.newTransform(algorithm, (TransformParameterSpec) null);
        assertRefused(
                signed(signedInfo(c14n(), hmac(), reference("#xmldoc", transform))),
                "Transform is not http://www.w3.org/2000/09/xmldsig#enveloped-signature");
    }

    @Test
    void refusesAnXpathTransform() throws Exception {
        Transform nothing = FACTORY.newTransform(Transform.XPATH, new XPathFilterParameterSpec("false()"));
        assertThat(refusal(signed(signedInfo(c14n(), hmac(), reference("#xmldoc", nothing))))
                        .getMessage())
                .contains("Transform contains an element XPath that does not belong there");
    }

    @Test
    void refusesTheEnvelopedTransformOnTheChild() throws Exception {
        assertRefused(
                signed(signedInfo(c14n(), hmac(), enveloped("#xmldoc"))),
                "the Reference has a transform that does not belong there");
    }

    @Test
    void refusesTwoTransformsOnTheRoot() throws Exception {
        Transform enveloped = FACTORY.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null);
        Transform canonical = FACTORY.newTransform(CanonicalizationMethod.INCLUSIVE, (TransformParameterSpec) null);
        byte[] octets = sign(
                unsigned().replace("<SignedKmsRequest ", "<SignedKmsRequest Id=\"root\" "),
                signedInfo(c14n(), hmac(), reference("#root", enveloped, canonical)),
                keyName());
        assertThat(refusal(octets)).hasMessage("Transforms contains an element Transform that does not belong there");
    }

    @Test
    void refusesAKeyInKeyInfo() throws Exception {
        KeyInfo withKey = KEY_INFOS.newKeyInfo(List.of(
                KEY_INFOS.newKeyName(SecurityVectors.INK_NAME),
                KEY_INFOS.newKeyValue(
                        KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic())));
        assertThat(refusal(sign(unsigned(), signedInfo(c14n(), hmac(), reference("#xmldoc")), withKey)))
                .hasMessage("KeyInfo contains an element KeyValue that does not belong there");
    }

    @Test
    void refusesARetrievalMethodInKeyInfo() throws Exception {
        KeyInfo elsewhere = KEY_INFOS.newKeyInfo(List.of(
                KEY_INFOS.newKeyName(SecurityVectors.INK_NAME),
                KEY_INFOS.newRetrievalMethod("https://attacker.example/key")));
        assertThat(refusal(sign(unsigned(), signedInfo(c14n(), hmac(), reference("#xmldoc")), elsewhere)))
                .hasMessage("KeyInfo contains an element RetrievalMethod that does not belong there");
    }

    @Test
    void refusesTwoKeyNames() throws Exception {
        KeyInfo two = KEY_INFOS.newKeyInfo(
                List.of(KEY_INFOS.newKeyName(SecurityVectors.INK_NAME), KEY_INFOS.newKeyName("ink.9")));
        assertThat(refusal(sign(unsigned(), signedInfo(c14n(), hmac(), reference("#xmldoc")), two)))
                .hasMessage("KeyInfo contains an element KeyName that does not belong there");
    }

    @Test
    void refusesASignatureWithoutKeyInfo() throws Exception {
        assertThat(refusal(sign(unsigned(), signedInfo(c14n(), hmac(), reference("#xmldoc")), null)))
                .hasMessage("Signature has no KeyInfo in its place");
    }

    @Test
    void refusesAnObject() throws Exception {
        XMLStructure content = new DOMStructure(
                HardenedXml.parse("<a xmlns='urn:a'/>".getBytes(UTF_8)).getDocumentElement());
        XMLSignature signature = FACTORY.newXMLSignature(
                signedInfo(c14n(), hmac(), reference("#xmldoc")),
                keyName(),
                List.of(FACTORY.newXMLObject(List.of(content), null, null, null)),
                null,
                null);
        assertThat(refusal(JdkSignature.sign(unsigned().getBytes(UTF_8), SecurityVectors.ink(), signature)))
                .hasMessage("Signature contains an element Object that does not belong there");
    }

    private static byte[] signed(SignedInfo signedInfo) throws Exception {
        return sign(unsigned(), signedInfo, keyName());
    }

    private static byte[] sign(String unsigned, SignedInfo signedInfo, KeyInfo keyInfo) throws Exception {
        return JdkSignature.sign(
                unsigned.getBytes(UTF_8), SecurityVectors.ink(), FACTORY.newXMLSignature(signedInfo, keyInfo));
    }

    private static String unsigned() throws Exception {
        return Samples.text(Samples.SIGNED_REQUEST).replaceAll("<Signature .*</Signature>", "");
    }

    private static SignedInfo signedInfo(
            CanonicalizationMethod canonicalization, SignatureMethod method, Reference... references) {
        return FACTORY.newSignedInfo(canonicalization, method, Arrays.asList(references));
    }

    private static CanonicalizationMethod c14n() throws Exception {
        return c14n(CanonicalizationMethod.INCLUSIVE);
    }

    private static CanonicalizationMethod c14n(String algorithm) throws Exception {
        return FACTORY.newCanonicalizationMethod(algorithm, (C14NMethodParameterSpec) null);
    }

    private static SignatureMethod hmac() throws Exception {
        return FACTORY.newSignatureMethod(XmlSignature.HMAC_SHA256, null);
    }

    private static Reference enveloped(String uri) throws Exception {
        return reference(uri, FACTORY.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null));
    }

    private static Reference reference(String uri, Transform... transforms) throws Exception {
        return FACTORY.newReference(
                uri, FACTORY.newDigestMethod(DigestMethod.SHA256, null), Arrays.asList(transforms), null, null);
    }

    private static KeyInfo keyName() {
        return KEY_INFOS.newKeyInfo(List.of(KEY_INFOS.newKeyName(SecurityVectors.INK_NAME)));
    }

    private static ReceivedRequest read(byte[] octets) {
        return KmsRequestCodec.read(octets, RequestLeniency.STANDARD);
    }

    private static void assertVerifies(byte[] octets) throws Exception {
        assertThat(JdkSignature.validate(octets, SecurityVectors.ink()).valid()).isTrue();
        assertThat(read(octets).signature().orElseThrow().verifies(SecurityVectors.ink()))
                .isTrue();
    }

    private static void assertRefused(byte[] octets, String reason) {
        assertThat(refusal(octets)).hasMessage("the signature is refused: " + reason);
    }

    private static KmsException refusal(byte[] octets) {
        KmsException refusal = catchThrowableOfType(KmsException.class, () -> read(octets));
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(KmsErrorCode.SIGNATURE_REQUIRED);
        return refusal;
    }
}
