package org.mckms.protocol.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class HardenedXmlTest {
    /** The parser reads ahead by one buffer; a quarter of the largest document is ample. */
    private static final int EARLY = 16 * 1024;

    @Test
    void buildsTheTreeWithNamespacesAndWithoutComments() {
        Document document = HardenedXml.parse("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                .concat("<a xmlns='urn:a' xmlns:b='urn:b' b:c='1' d='2'>x<!-- y -->z<b:e/>&amp;&#65;</a>")
                .getBytes(UTF_8));
        Element root = document.getDocumentElement();
        assertThat(root.getNamespaceURI()).isEqualTo("urn:a");
        assertThat(root.getLocalName()).isEqualTo("a");
        assertThat(root.getAttributeNS("urn:b", "c")).isEqualTo("1");
        assertThat(root.getAttribute("d")).isEqualTo("2");
        assertThat(root.getAttributeNS("http://www.w3.org/2000/xmlns/", "b")).isEqualTo("urn:b");
        assertThat(root.getFirstChild().getNodeValue()).isEqualTo("xz");
        assertThat(root.getChildNodes().item(1).getNamespaceURI()).isEqualTo("urn:b");
        assertThat(root.getLastChild().getNodeValue()).isEqualTo("&A");
    }

    @Test
    void acceptsAByteOrderMark() {
        byte[] octets = "\uFEFF<?xml version=\"1.0\"?><a/>".getBytes(UTF_8);
        assertThat(HardenedXml.parse(octets).getDocumentElement().getLocalName())
                .isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a><a/>",
                "<!DOCTYPE a SYSTEM 'http://192.0.2.1/a.dtd'><a/>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'http://192.0.2.1/x'>]><a>&x;</a>",
                "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://192.0.2.1/x'> %x;]><a/>",
                "<!DOCTYPE a [<!ENTITY x 'ha'><!ENTITY y '&x;&x;&x;&x;&x;'><!ENTITY z '&y;&y;&y;&y;']><a>&z;</a>",
                "<!DOCTYPE a [<!ATTLIST a b CDATA 'c'>]><a/>"
            })
    void refusesADocumentTypeDeclaration(String text) {
        assertThat(refusal(text)).hasMessage("the document is refused: a document type declaration is not accepted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<:a/>", "<a xmlns='urn:a'><:b/></a>", "<a :b='1'/>", "<a xmlns:b='urn:b' b:='1'/>", "<a:b:c/>"})
    void refusesNamesThatAreNotQualified(String text) {
        refusal(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{\"a\":1}",
                "<a>",
                "<a></b>",
                "<a/><b/>",
                "<a b='1' b='2'/>",
                "<a>&x;</a>",
                "<x:a/>",
                "<a>&#0;</a>",
                "<a/>\0",
                "text<a/>",
                "<a xmlns:b='urn:b' xmlns:c='urn:b' b:d='' c:d=''/>"
            })
    void refusesWhatIsNotWellFormed(String text) {
        assertThat(refusal(text)).hasMessageStartingWith("the document is not well-formed XML");
    }

    @Test
    void refusesProcessingInstructions() {
        assertThat(refusal("<a><?b c?></a>"))
                .hasMessage("the document is refused: processing instructions are not accepted");
    }

    @Test
    void refusesUtf16WithAndWithoutByteOrderMark() {
        String hidden = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>";
        assertThat(refusal(hidden.getBytes(StandardCharsets.UTF_16))).hasMessage("the document is not UTF-8");
        assertThat(refusal(hidden.getBytes(StandardCharsets.UTF_16LE))).hasMessageContaining("not well-formed");
        assertThat(refusal(hidden.getBytes(StandardCharsets.UTF_16BE))).hasMessageContaining("not well-formed");
    }

    @Test
    void takesADeclaredEncodingForNothing() {
        assertThat(refusal("<?xml version='1.0' encoding='ISO-8859-1'?><a>\u00E4</a>"
                        .getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessage("the document is not UTF-8");
        byte[] utf8 = "<?xml version='1.0' encoding='ISO-8859-1'?><a>\u00E4</a>".getBytes(UTF_8);
        assertThat(HardenedXml.parse(utf8).getDocumentElement().getTextContent())
                .isEqualTo("\u00E4");
    }

    @Test
    void refusesOverlongUtf8() {
        byte[] overlong = {'<', 'a', '>', (byte) 0xC0, (byte) 0xBC, '<', '/', 'a', '>'};
        assertThat(refusal(overlong)).hasMessage("the document is not UTF-8");
    }

    @Test
    void stopsAtTheDepthLimitOfEightThousandNestedElements() {
        Run run = new Run("<a>".repeat(8000) + "</a>".repeat(8000));
        assertThat(run.refusal).hasMessage("the document is refused: elements are nested deeper than 32");
        assertThat(run.builder.elements()).isEqualTo(33);
        assertThat(run.reader.characters()).isLessThanOrEqualTo(EARLY);
    }

    @Test
    void acceptsTheDepthLimitItself() {
        byte[] octets = ("<a>".repeat(32) + "</a>".repeat(32)).getBytes(UTF_8);
        assertThat(HardenedXml.parse(octets).getElementsByTagName("a").getLength())
                .isEqualTo(32);
    }

    @Test
    void stopsAtTheElementLimit() {
        Run run = new Run("<a>" + "<b/>".repeat(16000) + "</a>");
        assertThat(run.refusal).hasMessage("the document is refused: there are more than 1000 elements");
        assertThat(run.builder.elements()).isEqualTo(1001);
        assertThat(run.reader.characters()).isLessThanOrEqualTo(EARLY);
    }

    @Test
    void refusesAnAttributeOf64KibAfterReadingItOnce() {
        String text = "<a b='" + "x".repeat(65_000) + "'/>";
        Run run = new Run(text);
        assertThat(run.refusal).hasMessage("the document is refused: an attribute is longer than 2048 characters");
        assertThat(run.builder.elements()).isEqualTo(1);
        assertThat(run.reader.characters()).isLessThanOrEqualTo(text.length());
    }

    @Test
    void stopsAtTheAttributeLimitOfThousandsOfAttributes() {
        String attributes =
                IntStream.range(0, 6000).mapToObj(i -> " a" + i + "=''").collect(Collectors.joining());
        Run run = new Run("<a" + attributes + "/>");
        assertThat(run.refusal).hasMessage("the document is refused: it is over a limit of the parser");
        assertThat(run.refusal.code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST);
        assertThat(run.builder.elements()).isZero();
        assertThat(run.reader.characters()).isLessThanOrEqualTo(EARLY);
    }

    @Test
    void stopsAtTheNameLimit() {
        Run run = new Run("<" + "a".repeat(65_000) + "/>");
        assertThat(run.refusal).hasMessage("the document is refused: it is over a limit of the parser");
        assertThat(run.refusal.code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST);
        assertThat(run.builder.elements()).isZero();
    }

    @Test
    void refusesMoreThan64KibUnread() {
        byte[] octets = ("<a>" + "x".repeat(64 * 1024) + "</a>").getBytes(UTF_8);
        KmsException refusal = catchThrowableOfType(KmsException.class, () -> HardenedXml.parse(octets));
        assertThat(refusal.code()).isEqualTo(KmsErrorCode.BODY_TOO_LARGE);
        assertThat(HardenedXml.parse(octets, XmlLimits.RESPONSE)
                        .getDocumentElement()
                        .getTextContent())
                .hasSize(64 * 1024);
    }

    private static KmsException refusal(String text) {
        return refusal(text.getBytes(UTF_8));
    }

    private static KmsException refusal(byte[] octets) {
        KmsException refusal = catchThrowableOfType(KmsException.class, () -> HardenedXml.parse(octets));
        assertThat(refusal.code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST);
        return refusal;
    }

    /** One refused parse, with the counters that tell how much work it was. */
    private static final class Run {
        final CountingReader reader;
        final LimitedDomBuilder builder = new LimitedDomBuilder(XmlLimits.REQUEST, HardenedXml.emptyDocument());
        final KmsException refusal;

        Run(String text) {
            reader = new CountingReader(text.toCharArray(), 0, text.length());
            refusal = catchThrowableOfType(KmsException.class, () -> HardenedXml.parse(reader, builder));
        }
    }
}
