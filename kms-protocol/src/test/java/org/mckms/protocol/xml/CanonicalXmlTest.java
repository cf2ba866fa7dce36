package org.mckms.protocol.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.JdkSignature;
import org.mckms.protocol.Samples;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.security.XmlSignature;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Our canonical form beside the one of the JDK, which its signatures are computed over. */
class CanonicalXmlTest {
    private static final String SIGNATURE = "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo>"
            + "<CanonicalizationMethod Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"/>"
            + "<SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#hmac-sha256\"/>"
            + "<Reference URI=\"#a\">TRANSFORMS"
            + "<DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><DigestValue>AA==</DigestValue>"
            + "</Reference></SignedInfo><SignatureValue>"
            + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=</SignatureValue></Signature>";
    private static final String ENVELOPED =
            "<Transforms><Transform Algorithm=\"" + XmlSignature.ENVELOPED + "\"/></Transforms>";
    private static final int DOCUMENTS = 400;

    @ParameterizedTest
    @ValueSource(strings = {Samples.SIGNED_REQUEST, Samples.SIGNED_RESPONSE})
    void isTheBodyOfTheVectors(String sample) throws Exception {
        Document document = HardenedXml.parse(Samples.octets(sample), XmlLimits.RESPONSE);
        byte[] canonical =
                CanonicalXml.of((Element) document.getDocumentElement().getFirstChild());
        assertThat(new String(canonical, UTF_8))
                .isEqualTo(SecurityVectors.signature(sample).getString("canonicalBody"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<b/>",
                "text &amp; &lt; &gt; \" ' &#xD; \t\n \u00E9 \u20AC \uD83D\uDD11 ]]&gt;",
                "<![CDATA[ <&> ]]>",
                "<b z='1' a='&#9;&#10;&#13; &quot;&lt;&amp;>&apos;' é='\u00E9'/>",
                "<b xmlns:p='urn:p' xmlns:a='urn:z' p:x='1' a:x='2' x='3'/>",
                "<b xmlns=''><c xmlns='urn:c'><d xmlns=''/></c></b>",
                "<b xmlns='urn:root'/>",
                "<p:b xmlns:p='urn:p'><p:c xmlns:p='urn:p'/><p:c xmlns:p='urn:q'><p:d/></p:c></p:b>",
                "<b xml:lang='en' xml:space='preserve'> <c xml:lang='de'/></b>",
                "<b xmlns:xml='http://www.w3.org/XML/1998/namespace'/>",
                "<r:b xmlns:r='urn:other'/><r:c/>",
                "\n  <b>\n  </b>\n"
            })
    void equalsTheOneOfTheJdk(String content) throws Exception {
        assertSameAsJdk("<s xmlns='urn:root' xmlns:r='urn:r' xml:lang='fr' xml:base='http://x/'><m Id='a'>" + content
                + "</m>SIGNATURE</s>");
        assertSameAsJdk(
                "<r:s xmlns:r='urn:r' xmlns:unused='urn:u'><m Id='a' xmlns=''>" + content + "</m>SIGNATURE</r:s>");
        assertSameAsJdk("<s xmlns='urn:root' xmlns:r='urn:r' Id='a'>" + content + "<m/>" + content + "SIGNATURE</s>");
    }

    @Test
    void equalsTheOneOfTheJdkForDocumentsAtRandom() throws Exception {
        for (int seed = 0; seed < DOCUMENTS; seed++) {
            Random random = new Random(seed);
            String message = element(random, 0, " Id='a'");
            String root = "<s xmlns='urn:0' xmlns:p0='urn:0' xmlns:p1='urn:1' xmlns:p2='urn:2'" + xml(random) + ">"
                    + message + "SIGNATURE</s>";
            assertSameAsJdk(root);
        }
    }

    @Test
    void refusesPrefixesUndeclaredAsXml11Allows() {
        String document = "<?xml version='1.1'?><s xmlns:p='urn:p'><m xmlns:p=''/></s>";
        Element root = HardenedXml.parse(document.getBytes(UTF_8)).getDocumentElement();
        assertThat(catchThrowableOfType(KmsException.class, () -> CanonicalXml.of(root)))
                .hasMessage("a namespace prefix is undeclared, which XML 1.0 forbids");
    }

    private static String element(Random random, int depth, String attributes) {
        String name = (random.nextInt(3) == 0 ? "p" + random.nextInt(3) + ":" : "") + (char) ('a' + random.nextInt(26));
        StringBuilder text = new StringBuilder("<" + name + attributes + declarations(random) + xml(random));
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append(" ").append((char) ('a' + i)).append(random.nextInt(9)).append("='&amp;&#9;x\u00E9'");
        }
        if (random.nextBoolean()) {
            text.append(" p").append(random.nextInt(3)).append(":q='1'");
        }
        text.append('>');
        for (int i = depth < 5 ? random.nextInt(4) : 0; i > 0; i--) {
            text.append(random.nextBoolean() ? " t&lt;\u20AC&#xD;\n" : element(random, depth + 1, ""));
        }
        return text.append("</").append(name).append(">").toString();
    }

    private static String declarations(Random random) {
        StringBuilder text = new StringBuilder();
        if (random.nextInt(3) == 0) {
            text.append(" xmlns='")
                    .append(random.nextInt(3) == 0 ? "" : "urn:" + random.nextInt(3))
                    .append("'");
        }
        for (int prefix = 0; prefix < 3; prefix++) {
            if (random.nextInt(4) == 0) {
                text.append(" xmlns:p")
                        .append(prefix)
                        .append("='urn:")
                        .append(random.nextInt(3))
                        .append("'");
            }
        }
        return text.toString();
    }

    private static String xml(Random random) {
        return random.nextInt(4) == 0 ? " xml:lang='" + random.nextInt(3) + "'" : "";
    }

    private static void assertSameAsJdk(String template) throws Exception {
        boolean root = template.contains("' Id='a'>")
                && template.startsWith("<s")
                && template.indexOf("Id") < template.indexOf('>');
        String text = template.replace("SIGNATURE", SIGNATURE.replace("TRANSFORMS", root ? ENVELOPED : ""));
        JdkSignature.Outcome jdk = JdkSignature.validate(text.getBytes(UTF_8), SecurityVectors.ink());
        Document document = HardenedXml.parse(text.getBytes(UTF_8), XmlLimits.RESPONSE);
        Element top = document.getDocumentElement();
        Element signature = (Element) top.getLastChild();
        byte[] ours = root ? CanonicalXml.without(signature, top) : CanonicalXml.of((Element) top.getFirstChild());
        assertThat(new String(ours, UTF_8)).as(text).isEqualTo(new String(jdk.referenced(), UTF_8));
        byte[] signedInfo = CanonicalXml.of((Element) signature.getFirstChild());
        assertThat(new String(signedInfo, UTF_8)).as(text).isEqualTo(new String(jdk.signedInfo(), UTF_8));
    }
}
