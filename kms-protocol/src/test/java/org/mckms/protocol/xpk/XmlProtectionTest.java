package org.mckms.protocol.xpk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.NOT_FOUND;
import static org.mckms.protocol.error.KmsErrorCode.WRONG_RECIPIENT;
import static org.mckms.protocol.xpk.XpkFixtures.INFO;
import static org.mckms.protocol.xpk.XpkFixtures.MCPTT_INFO;
import static org.mckms.protocol.xpk.XpkFixtures.keys;
import static org.mckms.protocol.xpk.XpkFixtures.only;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.smime.BodyPart;
import org.mckms.protocol.smime.MultipartBody;
import org.mckms.protocol.tool.ExternalTool;

class XmlProtectionTest {
    private static final ProtectionPlan.Name REQUEST_URI = new ProtectionPlan.Name(MCPTT_INFO, "mcptt-request-uri");
    private static final ProtectionPlan PLAN = ProtectionPlan.ofContents(REQUEST_URI);
    private static final String LISTS = "urn:ietf:params:xml:ns:resource-lists";
    private static final String RESOURCE_LISTS = "<resource-lists xmlns=\"" + LISTS + "\"><list>"
            + "<entry uri=\"sip:bob@example.org\"></entry><entry uri=\"sip:carol@example.org\"></entry>"
            + "</list></resource-lists>";
    private static final String TEMPLATE = "<EncryptedData xmlns=\"http://www.w3.org/2001/04/xmlenc#\""
            + " Type=\"http://www.w3.org/2001/04/xmlenc#Content\">"
            + "<EncryptionMethod Algorithm=\"http://www.w3.org/2009/xmlenc11#aes128-gcm\"/>"
            + "<KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><KeyName>Ld1b8A==</KeyName></KeyInfo>"
            + "<CipherData><CipherValue/></CipherData></EncryptedData>";

    @TempDir
    private Path folder;

    private final SecureRandom random = new SecureRandom();
    private final XpkKeys keys = keys();
    private ExternalTool xmlsec1;

    @BeforeEach
    void tool() {
        xmlsec1 = new ExternalTool("xmlsec1", folder);
        xmlsec1.write("key", HexFormat.of().parseHex(XpkFixtures.CONFIDENTIALITY));
    }

    @AfterEach
    void close() {
        keys.close();
    }

    private String protect(String document, ProtectionPlan plan) {
        return new String(XmlProtection.protect(document.getBytes(UTF_8), plan, keys, random), UTF_8);
    }

    private String open(String document) {
        return new String(XmlProtection.open(document.getBytes(UTF_8), only(keys), Set.of()), UTF_8);
    }

    private void assertRefused(String document, KmsErrorCode code) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> open(document))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("bob"));
    }

    private static byte[] cipherValue(String document) {
        return Base64.getDecoder().decode(document.replaceAll("(?s).*<CipherValue>(.*)</CipherValue>.*", "$1"));
    }

    private static String withCipherValue(String document, byte[] value) {
        return document.replaceAll(
                "<CipherValue>.*</CipherValue>",
                "<CipherValue>" + Base64.getEncoder().encodeToString(value) + "</CipherValue>");
    }

    @Test
    void contentComesBackAsItWas() {
        String encrypted = protect(INFO, PLAN);

        assertThat(encrypted)
                .contains(
                        "<mcptt-request-uri type=\"Encrypted\"><EncryptedData xmlns=\"http://www.w3.org/2001/04/xmlenc#\""
                                + " Type=\"http://www.w3.org/2001/04/xmlenc#Content\"><EncryptionMethod"
                                + " Algorithm=\"http://www.w3.org/2009/xmlenc11#aes128-gcm\"></EncryptionMethod>"
                                + "<KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><KeyName>Ld1b8A==</KeyName></KeyInfo>"
                                + "<CipherData><CipherValue>")
                .contains("<session-type>private</session-type>")
                .doesNotContain("bob");
        assertThat(open(encrypted)).isEqualTo(INFO);
        assertThat(protect(INFO, PLAN)).isNotEqualTo(encrypted);
    }

    @Test
    void xmlsec1DecryptsOurs() {
        xmlsec1.write("ours.xml", protect(INFO, PLAN).getBytes(UTF_8));

        xmlsec1.succeeds("--decrypt", "--aeskey:Ld1b8A==", "key", "--output", "opened.xml", "ours.xml");

        assertThat(new String(xmlsec1.read("opened.xml"), UTF_8))
                .contains("sip:bob@example.org</mcpttURI></mcptt-request-uri></mcptt-Params></mcpttinfo>");
    }

    @Test
    void weDecryptWhatXmlsec1Encrypts() {
        xmlsec1.write("plain.xml", INFO.getBytes(UTF_8));
        xmlsec1.write("template.xml", TEMPLATE.getBytes(UTF_8));
        xmlsec1.succeeds(
                "--encrypt",
                "--aeskey:Ld1b8A==",
                "key",
                "--xml-data",
                "plain.xml",
                "--node-name",
                MCPTT_INFO + ":mcptt-request-uri",
                "--output",
                "theirs.xml",
                "template.xml");
        String theirs = new String(xmlsec1.read("theirs.xml"), UTF_8);

        assertThat(theirs).contains("EncryptedData").doesNotContain("bob");
        assertThat(open(theirs)).isEqualTo(INFO);
    }

    @Test
    void urisInAttributesAndValuesComeBack() {
        ProtectionPlan plan = new ProtectionPlan(
                Set.of(),
                Set.of(new ProtectionPlan.Attribute(new ProtectionPlan.Name(LISTS, "entry"), "uri")),
                Set.of(new ProtectionPlan.Name(MCPTT_INFO, "mcpttURI")));

        String lists = protect(RESOURCE_LISTS, plan);
        String info = protect(INFO, plan);

        assertThat(lists).doesNotContain("bob", "carol").containsPattern("uri=\"sip:[^\"]*@mc1-encrypted");
        assertThat(info).doesNotContain("bob").contains("@mc1-encrypted.3gppnetwork.org</mcpttURI>");
        assertThat(open(lists)).isEqualTo(RESOURCE_LISTS);
        assertThat(open(info)).isEqualTo(INFO);
    }

    @Test
    void theLongestUriFitsIntoAnAttribute() {
        String longest = "sip:" + "x".repeat(1008) + "@example.org";
        String lists = RESOURCE_LISTS.replace("sip:bob@example.org", longest);
        ProtectionPlan plan = new ProtectionPlan(
                Set.of(),
                Set.of(new ProtectionPlan.Attribute(new ProtectionPlan.Name(LISTS, "entry"), "uri")),
                Set.of());

        assertThat(longest).hasSize(1024);
        assertThat(open(protect(lists, plan))).isEqualTo(lists);
    }

    @Test
    void textAndMixedContentComeBack() {
        String mixed = "<a xmlns=\"urn:a\" xmlns:p=\"urn:p\">text &amp; &lt;more&gt; <p:b c=\"1\">é</p:b> end</a>";
        String encrypted = protect(mixed, ProtectionPlan.ofContents(new ProtectionPlan.Name("urn:a", "a")));

        assertThat(open(encrypted))
                .isEqualTo("<a xmlns=\"urn:a\" xmlns:p=\"urn:p\">text &amp; &lt;more&gt; "
                        + "<p:b c=\"1\">é</p:b> end</a>");
    }

    @Test
    void whatIsNotNamedStaysAsItIs() {
        assertThat(protect(INFO, ProtectionPlan.ofContents(new ProtectionPlan.Name("urn:other", "mcptt-request-uri"))))
                .isEqualTo(INFO);
        assertThat(open(INFO)).isEqualTo(INFO);
    }

    @Test
    void nothingAlteredOpens() {
        String encrypted = protect(INFO, PLAN);
        byte[] value = cipherValue(encrypted);
        for (int i = 0; i < value.length; i++) {
            byte[] altered = value.clone();
            altered[i] ^= 0x40;
            assertRefused(withCipherValue(encrypted, altered), WRONG_RECIPIENT);
        }
    }

    @Test
    void cutTagsAndOtherLengthsOfTheIvAreRefused() {
        String encrypted = protect(INFO, PLAN);
        byte[] value = cipherValue(encrypted);

        assertRefused(withCipherValue(encrypted, Arrays.copyOf(value, value.length - 1)), WRONG_RECIPIENT);
        assertRefused(withCipherValue(encrypted, Arrays.copyOf(value, value.length - 4)), WRONG_RECIPIENT);
        assertRefused(withCipherValue(encrypted, Arrays.copyOf(value, 27)), MALFORMED_REQUEST);
        assertRefused(withCipherValue(encrypted, new byte[0]), MALFORMED_REQUEST);
        assertRefused(withCipherValue(encrypted, Arrays.copyOfRange(value, 4, value.length)), WRONG_RECIPIENT);
    }

    @Test
    void anotherKeyOpensNothing() {
        String encrypted = protect(INFO, PLAN);

        assertRefused(encrypted.replace("Ld1b8A==", "Ld1b8Q=="), NOT_FOUND);
        assertRefused(encrypted.replace("Ld1b8A==", "2DDD5BF0"), MALFORMED_REQUEST);
        try (XpkKeys others = XpkFixtures.keys("00".repeat(16), XpkFixtures.CSK_ID)) {
            assertThatExceptionOfType(KmsException.class)
                    .isThrownBy(() -> XmlProtection.open(encrypted.getBytes(UTF_8), only(others), Set.of()))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(WRONG_RECIPIENT));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "xmlenc#Content|xmlenc#Element",
                "Type=\"http://www.w3.org/2001/04/xmlenc#Content\"|",
                "aes128-gcm|aes256-gcm",
                "xmlenc11#aes128-gcm|xmlenc#aes128-cbc",
                "></EncryptionMethod>|><KeySize>128</KeySize></EncryptionMethod>",
                "<KeyName>Ld1b8A==</KeyName>|",
                "<KeyName>|<KeyName>Ld1b8A==</KeyName><KeyName>",
                "<CipherValue>|<CipherReference URI=\"#a\"></CipherReference><CipherValue>",
                "</CipherData>|</CipherData><EncryptionProperties></EncryptionProperties>",
                "</EncryptedData>|</EncryptedData>more",
                "</EncryptedData>|</EncryptedData><mcpttURI>sip:eve@example.org</mcpttURI>",
                "<EncryptedData|<mcpttURI>sip:eve@example.org</mcpttURI><EncryptedData",
                "<session-type>|<EncryptedKey xmlns=\"http://www.w3.org/2001/04/xmlenc#\"></EncryptedKey><session-type>"
            })
    void anotherFormIsRefused(String old, String replacement) {
        String encrypted = protect(INFO, PLAN);
        assertThat(encrypted).contains(old);

        assertRefused(encrypted.replace(old, replacement == null ? "" : replacement), MALFORMED_REQUEST);
    }

    @Test
    void aWholeDocumentIsNoEncryptedData() {
        String encrypted = protect(INFO, PLAN);

        assertRefused(encrypted.replaceAll(".*(<EncryptedData.*</EncryptedData>).*", "$1"), MALFORMED_REQUEST);
    }

    private String sealed(String content) {
        XpkCipher.Sealed sealed = XpkCipher.seal(content.getBytes(UTF_8), keys, random);
        return withCipherValue(
                protect(INFO, PLAN), sealed.iv().concat(sealed.text()).toByteArray());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a>",
                "</content><content>",
                "</content></x>",
                "<!DOCTYPE a []>",
                "<?pi?>",
                "<?xml version=\"1.0\"?><a/>",
                "&undefined;",
                "<p:undeclared/>"
            })
    void contentThatIsNoContentIsRefused(String content) {
        assertRefused(sealed(content), MALFORMED_REQUEST);
    }

    @Test
    void nothingIsEncryptedWithinWhatWasEncrypted() {
        String uri = UriEncryption.encrypt("sip:bob@example.org", keys, random);

        assertRefused(sealed(TEMPLATE), MALFORMED_REQUEST);
        assertRefused(sealed("<a><b>" + TEMPLATE + "</b></a>"), MALFORMED_REQUEST);
        assertRefused(sealed("<mcpttURI>" + uri + "</mcpttURI>"), MALFORMED_REQUEST);
        assertRefused(sealed("<entry uri=\"" + uri + "\"/>"), MALFORMED_REQUEST);
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> protect(protect(INFO, PLAN), PLAN))
                .satisfies(e -> assertThat(e.code()).isEqualTo(MALFORMED_REQUEST));
    }

    @Test
    void noUriMeansNoEncryption() {
        ProtectionPlan values = new ProtectionPlan(
                Set.of(), Set.of(), Set.of(REQUEST_URI, new ProtectionPlan.Name(MCPTT_INFO, "none")));

        assertThatExceptionOfType(KmsException.class).isThrownBy(() -> protect(INFO, values));
    }

    /** What binds a ciphertext to its place is the signature of the body, which comes first. */
    @Test
    void theSignatureOfTheBodyBindsACiphertextToItsPlace() {
        String two = "<a xmlns=\"urn:a\"><from>sip:bob@example.org</from><to>sip:carol@example.org</to></a>";
        String encrypted = protect(
                two,
                ProtectionPlan.ofContents(
                        new ProtectionPlan.Name("urn:a", "from"), new ProtectionPlan.Name("urn:a", "to")));
        String swapped = encrypted.replaceAll("<from>(.*)</from><to>(.*)</to>", "<from>$2</from><to>$1</to>");
        BodyPart part = BodyPart.of("application/xml", "a@b", Octets.ofUtf8(encrypted));
        BodyPart changed = BodyPart.of("application/xml", "a@b", Octets.ofUtf8(swapped));
        BodyPart signatures = BodySignatures.sign(List.of(part), keys);

        assertThat(open(swapped)).contains("<from>sip:carol@example.org</from>");
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> BodySignatures.verify(
                        MultipartBody.of(MultipartBody.MIXED, List.of(changed, signatures)), only(keys), Set.of()));
    }
}
