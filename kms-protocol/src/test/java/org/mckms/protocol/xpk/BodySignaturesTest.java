package org.mckms.protocol.xpk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.SIGNATURE_REQUIRED;
import static org.mckms.protocol.xpk.XpkFixtures.INFO;
import static org.mckms.protocol.xpk.XpkFixtures.INFO_TYPE;
import static org.mckms.protocol.xpk.XpkFixtures.info;
import static org.mckms.protocol.xpk.XpkFixtures.keys;
import static org.mckms.protocol.xpk.XpkFixtures.only;
import static org.mckms.protocol.xpk.XpkFixtures.utf8;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.crypto.OctetStreamData;
import javax.xml.crypto.URIDereferencer;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.JdkSignature;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.security.XmlSignature;
import org.mckms.protocol.smime.BodyPart;
import org.mckms.protocol.smime.MultipartBody;
import org.mckms.protocol.xml.HardenedXml;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class BodySignaturesTest {
    private static final String LOCATION =
            "<location-info xmlns=\"urn:3gpp:ns:mcpttLocationInfo:1.0\"></location-info>";
    private static final String LOCATION_TYPE = "application/vnd.3gpp.mcptt-location-info+xml";
    private static final String SDP = "v=0\r\n";

    private final XpkKeys keys = keys();

    @AfterEach
    void close() {
        keys.close();
    }

    private static MultipartBody message(BodyPart... parts) {
        return MultipartBody.parse(
                MultipartBody.of(MultipartBody.MIXED, List.of(parts)).toBody());
    }

    private MultipartBody signed() {
        BodyPart info = info("info@alice");
        return message(info, BodyPart.of("application/sdp", utf8(SDP)), BodySignatures.sign(List.of(info), keys));
    }

    private List<VerifiedBody> verify(MultipartBody message, Set<XpkDeviation> deviations) {
        return BodySignatures.verify(message, only(keys), deviations);
    }

    private void assertRefused(MultipartBody message) {
        assertRefused(message, SIGNATURE_REQUIRED, Set.of());
    }

    private void assertRefused(MultipartBody message, KmsErrorCode code, Set<XpkDeviation> deviations) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> verify(message, deviations))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    /** The message with a text replaced in the document of the signatures only. */
    private static MultipartBody changed(MultipartBody message, String old, String replacement) {
        List<BodyPart> parts = new ArrayList<>(message.parts());
        int last = parts.size() - 1;
        String document = new String(parts.get(last).content().toByteArray(), UTF_8);
        assertThat(document).contains(old);
        parts.set(last, BodyPart.of(BodySignatures.MEDIA_TYPE, utf8(document.replace(old, replacement))));
        return message(parts.toArray(BodyPart[]::new));
    }

    private static MultipartBody with(MultipartBody message, int index, BodyPart part) {
        List<BodyPart> parts = new ArrayList<>(message.parts());
        parts.set(index, part);
        return message(parts.toArray(BodyPart[]::new));
    }

    private static MultipartBody adding(MultipartBody message, BodyPart part) {
        List<BodyPart> parts = new ArrayList<>(message.parts());
        parts.add(part);
        return message(parts.toArray(BodyPart[]::new));
    }

    private static SecretKeySpec jdkKey() {
        return new SecretKeySpec(HexFormat.of().parseHex(XpkFixtures.INTEGRITY), "HmacSHA256");
    }

    /** Gives the bodies of a message for cid: URLs. */
    private static URIDereferencer bodies(MultipartBody message) {
        return (reference, context) -> new OctetStreamData(new ByteArrayInputStream(message.parts().stream()
                .filter(part -> part.contentId()
                        .map(id -> "cid:" + id)
                        .filter(reference.getURI()::equals)
                        .isPresent())
                .findFirst()
                .orElseThrow()
                .content()
                .toByteArray()));
    }

    private static boolean jdkVerifies(MultipartBody message) throws Exception {
        Document document = HardenedXml.parse(
                message.parts().get(message.parts().size() - 1).content().toByteArray());
        NodeList found = document.getElementsByTagNameNS(XmlSignature.NAMESPACE, "Signature");
        for (int i = 0; i < found.getLength(); i++) {
            DOMValidateContext context = new DOMValidateContext(jdkKey(), found.item(i));
            context.setURIDereferencer(bodies(message));
            context.setProperty("org.jcp.xml.dsig.secureValidation", Boolean.FALSE);
            if (!JdkSignature.FACTORY.unmarshalXMLSignature(context).validate(context)) {
                return false;
            }
        }
        return true;
    }

    /** A signature of the JDK over the first part of a message. */
    private static BodyPart jdkSigns(MultipartBody message, String uri, List<Transform> transforms) throws Exception {
        Document document = HardenedXml.parse(
                ("<signatures xmlns=\"" + BodySignatures.NAMESPACE + "\"></signatures>").getBytes(UTF_8));
        Reference reference = JdkSignature.FACTORY.newReference(
                uri, JdkSignature.FACTORY.newDigestMethod(DigestMethod.SHA256, null), transforms, null, null);
        KeyInfoFactory infos = JdkSignature.FACTORY.getKeyInfoFactory();
        XMLSignature signature = JdkSignature.FACTORY.newXMLSignature(
                JdkSignature.FACTORY.newSignedInfo(
                        JdkSignature.FACTORY.newCanonicalizationMethod(
                                CanonicalizationMethod.INCLUSIVE, (C14NMethodParameterSpec) null),
                        JdkSignature.FACTORY.newSignatureMethod(XmlSignature.HMAC_SHA256, null),
                        List.of(reference)),
                infos.newKeyInfo(List.of(infos.newKeyName(XpkFixtures.KEY_NAME))));
        DOMSignContext context = new DOMSignContext(jdkKey(), document.getDocumentElement());
        context.setURIDereferencer((named, any) -> new OctetStreamData(
                new ByteArrayInputStream(message.parts().get(0).content().toByteArray())));
        context.setProperty("org.jcp.xml.dsig.secureValidation", Boolean.FALSE);
        signature.sign(context);
        return BodyPart.of(BodySignatures.MEDIA_TYPE, Octets.copyOf(JdkSignature.serialized(document)));
    }

    private static List<Transform> transform(String algorithm) throws Exception {
        return List.of(JdkSignature.FACTORY.newTransform(algorithm, (TransformParameterSpec) null));
    }

    @Test
    void aSignedBodyVerifiesHereAndWithTheJdk() throws Exception {
        MultipartBody message = signed();

        assertThat(BodySignatures.isSigned(message)).isTrue();
        assertThat(verify(message, Set.of()))
                .containsExactly(new VerifiedBody("info@alice", INFO_TYPE, utf8(INFO), XpkFixtures.CSK_ID));
        assertThat(jdkVerifies(message)).isTrue();
        assertThat(jdkVerifies(with(message, 0, BodyPart.of(INFO_TYPE, "info@alice", utf8(LOCATION)))))
                .isFalse();
    }

    @Test
    void eachBodyHasASignatureOfItsOwn() throws Exception {
        BodyPart info = info("1@alice");
        BodyPart location = BodyPart.of(LOCATION_TYPE, "2 %@alice".replace(' ', '+'), utf8(LOCATION));
        MultipartBody message = message(info, location, BodySignatures.sign(List.of(info, location), keys));

        assertThat(verify(message, Set.of()))
                .extracting(VerifiedBody::contentId)
                .containsExactly("1@alice", "2+%@alice");
        assertThat(new String(message.parts().get(2).content().toByteArray(), UTF_8))
                .contains("URI=\"cid:2+%25@alice\"");
    }

    @Test
    void weVerifyWhatTheJdkSigns() throws Exception {
        String pretty = "<?xml version=\"1.0\"?>\n<a  b='1'/>\n";
        MultipartBody message = message(BodyPart.of("application/xml", "x@y", utf8(pretty)));

        MultipartBody canonical =
                adding(message, jdkSigns(message, "cid:x@y", transform(CanonicalizationMethod.INCLUSIVE)));
        MultipartBody asItIs = adding(message, jdkSigns(message, "cid:x@y", List.of()));

        assertThat(verify(canonical, Set.of()).get(0).octets()).isEqualTo(utf8("<a b=\"1\"></a>"));
        assertThat(verify(asItIs, Set.of()).get(0).octets()).isEqualTo(utf8(pretty));
    }

    @Test
    void otherTransformsAreRefusedThoughTheyVerify() throws Exception {
        MultipartBody message = message(info("x@y"));
        for (String algorithm : List.of(
                CanonicalizationMethod.EXCLUSIVE,
                CanonicalizationMethod.INCLUSIVE_WITH_COMMENTS,
                "http://www.w3.org/2006/12/xml-c14n11")) {
            assertRefused(adding(message, jdkSigns(message, "cid:x@y", transform(algorithm))));
        }
        assertRefused(adding(
                message,
                jdkSigns(
                        message,
                        "cid:x@y",
                        List.of(
                                transform(CanonicalizationMethod.INCLUSIVE).get(0),
                                transform(CanonicalizationMethod.INCLUSIVE).get(0)))));
    }

    @Test
    void theTypeOfAPartIsNotCoveredSoTheRootElementSaysWhatABodyIs() {
        MultipartBody message = with(signed(), 0, BodyPart.of(LOCATION_TYPE, "info@alice", utf8(INFO)));

        VerifiedBody body = verify(message, Set.of()).get(0);

        assertThat(body.contentType()).as("anybody on the path may change it").isEqualTo(LOCATION_TYPE);
        Element root = HardenedXml.parse(body.octets().toByteArray()).getDocumentElement();
        Element signed = HardenedXml.parse(utf8(INFO).toByteArray()).getDocumentElement();
        assertThat(root.getNamespaceURI()).isEqualTo(signed.getNamespaceURI());
        assertThat(root.getLocalName()).isEqualTo(signed.getLocalName());
    }

    @Test
    void aBodyWithoutSignatureIsNotAmongTheResults() {
        MultipartBody message = adding(signed(), BodyPart.of(LOCATION_TYPE, "2@alice", utf8(LOCATION)));

        assertThat(verify(message, Set.of()))
                .extracting(VerifiedBody::contentId)
                .containsExactly("info@alice");
    }

    @Test
    void anAlteredBodyIsRefused() {
        MultipartBody message = signed();
        byte[] body = INFO.getBytes(UTF_8);
        for (int i = INFO.indexOf("sip:bob"); i < INFO.indexOf("</mcpttURI>"); i++) {
            byte[] altered = body.clone();
            altered[i] ^= 1;
            if (altered[i] != '<' && altered[i] != '&') {
                assertRefused(with(message, 0, BodyPart.of(INFO_TYPE, "info@alice", Octets.copyOf(altered))));
            }
        }
        assertRefused(with(message, 0, BodyPart.of(INFO_TYPE, "info@alice", utf8(LOCATION))));
    }

    @Test
    void aBodyMovedToAnotherIdIsRefused() {
        MultipartBody message = signed();

        assertRefused(with(message, 0, info("other@alice")));
        assertRefused(with(message, 0, info("INFO@alice")));
        assertRefused(with(message, 0, BodyPart.of(INFO_TYPE, utf8(INFO))));
    }

    /** The one signed stays, under its Content-ID, beside another under the same one. */
    @Test
    void twoBodiesOfOneIdAreRefused() {
        BodyPart eve = BodyPart.of(INFO_TYPE, "info@alice", utf8(INFO.replace("bob", "eve")));
        MultipartBody message = signed();
        List<BodyPart> first = new ArrayList<>(message.parts());
        first.add(0, eve);

        assertRefused(adding(message, eve));
        assertRefused(message(first.toArray(BodyPart[]::new)));
    }

    @Test
    void bodiesThatChangedPlacesAreRefused() {
        BodyPart info = info("1@alice");
        BodyPart location = BodyPart.of(LOCATION_TYPE, "2@alice", utf8(LOCATION));
        BodyPart signatures = BodySignatures.sign(List.of(info, location), keys);

        assertRefused(message(
                BodyPart.of(INFO_TYPE, "1@alice", utf8(LOCATION)),
                BodyPart.of(LOCATION_TYPE, "2@alice", utf8(INFO)),
                signatures));
    }

    @Test
    void twoSignaturesForOneBodyAreRefused() {
        BodyPart info = info("1@alice");
        String document =
                new String(BodySignatures.sign(List.of(info), keys).content().toByteArray(), UTF_8);
        String one = document.replaceAll("(?s).*(<Signature .*</Signature>).*", "$1");

        assertRefused(message(info, BodyPart.of(BodySignatures.MEDIA_TYPE, utf8(document.replace(one, one + one)))));
        assertRefused(message(
                info,
                BodyPart.of(
                        BodySignatures.MEDIA_TYPE,
                        utf8(document.replace(one, one + one.replace("cid:1@alice", "cid:%31@alice"))))));
    }

    @Test
    void twoPartsWithSignaturesAreRefused() {
        MultipartBody message = signed();

        assertRefused(adding(message, message.parts().get(2)));
        assertRefused(message(info("info@alice")));
    }

    @Test
    void signaturesDoNotSignThemselves() {
        BodyPart info = info("1@alice");
        byte[] document = BodySignatures.sign(List.of(info), keys).content().toByteArray();

        assertRefused(message(BodyPart.of(BodySignatures.MEDIA_TYPE, "1@alice", Octets.copyOf(document))));
    }

    @Test
    void anotherKeyIsRefused() {
        MultipartBody message = signed();
        try (XpkKeys others = XpkFixtures.keys("00".repeat(16), XpkFixtures.CSK_ID);
                XpkKeys renamed = XpkFixtures.keys(XpkFixtures.CSK, new KeyIdentifier(0x2DDD5BF1))) {
            for (XpkKeys wrong : List.of(others, renamed)) {
                assertThatExceptionOfType(KmsException.class)
                        .isThrownBy(() -> BodySignatures.verify(message, only(wrong), Set.of()))
                        .satisfies(e -> assertThat(e.code()).isEqualTo(SIGNATURE_REQUIRED));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<KeyName>Ld1b8A==|<KeyName>Ld1b8Q==",
                "<KeyName>Ld1b8A==|<KeyName>2DDD5BF0",
                "<KeyName>Ld1b8A==|<KeyName>",
                "<KeyName>|<KeyName>Ld1b8A==</KeyName><KeyName>",
                "cid:info@alice|#info@alice",
                "cid:info@alice|info@alice",
                "cid:info@alice|CID:info@alice",
                "cid:info@alice|mid:info@alice",
                "URI=\"cid:info@alice\"|URI=\"\"",
                "URI=\"cid:info@alice\"|",
                "#hmac-sha256\"></SignatureMethod>|#hmac-sha256\"><HMACOutputLength>256</HMACOutputLength></SignatureMethod>",
                "xmldsig-more#hmac-sha256|xmldsig-more#hmac-sha384",
                "xmlenc#sha256|xmlenc#sha512",
                "<SignatureValue>|<SignatureValue><!-- x -->",
                "</KeyInfo>|</KeyInfo><Object></Object>",
                "</Signature>|</Signature><other></other>",
                "</Signature>|</Signature>text",
                "<signatures |<signatures Id=\"a\" ",
                "mcpttSignedDoc:1.0|mcpttSignedDoc:2.0"
            })
    void anotherFormIsRefused(String old, String replacement) {
        assertRefused(
                changed(signed(), old, replacement == null ? "" : replacement),
                SIGNATURE_REQUIRED,
                EnumSet.of(XpkDeviation.CANONICAL_WITHOUT_TRANSFORM));
    }

    @Test
    void cutMacsAreRefused() {
        MultipartBody message = signed();
        String document = new String(message.parts().get(2).content().toByteArray(), UTF_8);
        String value = document.replaceAll("(?s).*<SignatureValue>(.*)</SignatureValue>.*", "$1");
        byte[] mac = Base64.getDecoder().decode(value);
        for (int length : new int[] {0, 1, 16, 31}) {
            assertRefused(changed(message, value, Base64.getEncoder().encodeToString(Arrays.copyOf(mac, length))));
        }
        mac[31] ^= 1;
        assertRefused(changed(message, value, Base64.getEncoder().encodeToString(mac)));
    }

    @Test
    void commentsInASignedBodyAreRefused() {
        assertRefused(with(
                signed(), 0, BodyPart.of(INFO_TYPE, "info@alice", utf8(INFO.replace("sip:bob", "sip:b<!-- -->ob")))));
    }

    @Test
    void eachDeviationIsReadOnlyIfItIsSwitchedOn() throws Exception {
        MultipartBody message = message(BodyPart.of("application/xml", "x@y", utf8("<a  b='1'/>")));
        MultipartBody bare = adding(message, jdkSigns(message, "x@y", transform(CanonicalizationMethod.INCLUSIVE)));
        MultipartBody canonical = message(BodyPart.of("application/xml", "x@y", utf8("<a b=\"1\"></a>")));
        MultipartBody without = adding(message, jdkSigns(canonical, "cid:x@y", List.of()));

        assertDeviation(bare, XpkDeviation.BARE_CONTENT_ID);
        assertDeviation(without, XpkDeviation.CANONICAL_WITHOUT_TRANSFORM);
    }

    private void assertDeviation(MultipartBody message, XpkDeviation deviation) {
        assertRefused(message, SIGNATURE_REQUIRED, EnumSet.complementOf(EnumSet.of(deviation)));
        assertThat(verify(message, Set.of(deviation)).get(0).octets()).isEqualTo(utf8("<a b=\"1\"></a>"));
    }

    @Test
    void whatCannotBeNamedOrIsNoXmlIsNotSigned() {
        assertNotSigned(List.of());
        assertNotSigned(List.of(BodyPart.of(INFO_TYPE, utf8(INFO))));
        assertNotSigned(List.of(info("1@alice"), info("1@alice")));
        assertNotSigned(List.of(BodyPart.of("application/sdp", "1@alice", utf8(SDP))));
        assertNotSigned(List.of(BodyPart.of(INFO_TYPE, "1@alice", utf8("no XML"))));
    }

    private void assertNotSigned(List<BodyPart> parts) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> BodySignatures.sign(parts, keys))
                .satisfies(e -> assertThat(e.code()).isEqualTo(MALFORMED_REQUEST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no XML", "<a/>", "<signatures xmlns=\"urn:3gpp:ns:mcpttSignedDoc:1.0\"/>"})
    void aDocumentWithoutSignaturesVerifiesNothing(String document) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> verify(
                        message(info("1@alice"), BodyPart.of(BodySignatures.MEDIA_TYPE, utf8(document))), Set.of()));
    }
}
