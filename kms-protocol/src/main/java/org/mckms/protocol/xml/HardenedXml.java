package org.mckms.protocol.xml;

import static org.mckms.protocol.error.KmsErrorCode.BODY_TOO_LARGE;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.mckms.protocol.error.KmsException;
import org.w3c.dom.DOMException;
import org.w3c.dom.DOMImplementation;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * The only maker of XML parsers. Namespace aware, UTF-8 only, no document type declaration, nothing fetched, nothing
 * expanded but character references, and limits on everything that a sender could make large. It takes the parser of the
 * JDK, whatever other parsers a server puts before it.
 */
public final class HardenedXml {
    private static final String SAX_FEATURES = "http://xml.org/sax/features/";
    private static final String LEXICAL_HANDLER = "http://xml.org/sax/properties/lexical-handler";
    private static final String XERCES_FEATURES = "http://apache.org/xml/features/";
    private static final String JDK_LIMITS = "http://www.oracle.com/xml/jaxp/properties/";
    private static final String JDK_LIMIT_MESSAGE = "JAXP0001";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Set up once, which costs more than a parse; guarded by itself. Every parse has a parser of its own. */
    private static final SAXParserFactory PARSERS = parsers();
    /** Without state. */
    private static final DOMImplementation DOCUMENTS = documents();

    private HardenedXml() {}

    /**
     * Parses a document under {@link XmlLimits#REQUEST}.
     *
     * @param octets the document in UTF-8, with or without byte order mark; a declared encoding is not looked at
     * @return the tree without comments; its text lives in strings, which cannot be wiped
     * @throws KmsException MALFORMED_REQUEST with one sentence if the document is not well formed, not UTF-8, has a
     *     document type declaration or a processing instruction, or is over a limit; BODY_TOO_LARGE if it has too many
     *     octets
     */
    public static Document parse(byte[] octets) {
        return parse(octets, XmlLimits.REQUEST);
    }

    /** As {@link #parse(byte[])} under other limits. */
    public static Document parse(byte[] octets, XmlLimits limits) {
        if (octets.length > limits.octets()) {
            throw new KmsException(
                    BODY_TOO_LARGE, "the document is larger than the limit of " + limits.octets() + " octets");
        }
        CharBuffer text = decode(octets);
        char[] characters = text.array();
        int end = text.length();
        int begin = end > 0 && characters[0] == BYTE_ORDER_MARK ? 1 : 0;
        try {
            return parse(new CountingReader(characters, begin, end), new LimitedDomBuilder(limits, emptyDocument()));
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    /** Whether the parser met comments, which the tree does not have. */
    public static boolean hasComments(Document document) {
        return document.getUserData(LimitedDomBuilder.COMMENTS) != null;
    }

    /** Feeds the builder; tests read the counters of reader and builder afterwards. */
    static Document parse(CountingReader reader, LimitedDomBuilder builder) {
        try {
            SAXParser parser = parser(builder.limits());
            parser.setProperty(LEXICAL_HANDLER, builder);
            parser.parse(new InputSource(reader), builder);
            return builder.document();
        } catch (LimitedDomBuilder.LimitExceeded e) {
            throw new KmsException(MALFORMED_REQUEST, "the document is refused: " + e.getMessage(), e);
        } catch (SAXException e) {
            throw new KmsException(MALFORMED_REQUEST, reason(e), e);
        } catch (DOMException e) {
            // the parser lets names such as :a pass, the tree does not
            throw new KmsException(MALFORMED_REQUEST, "the document has a name that is not a qualified name", e);
        } catch (IOException | ParserConfigurationException e) {
            throw unusable(e);
        }
    }

    /** An empty document to build on. */
    static Document emptyDocument() {
        return DOCUMENTS.createDocument(null, null, null);
    }

    private static DOMImplementation documents() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return factory.newDocumentBuilder().getDOMImplementation();
        } catch (ParserConfigurationException e) {
            throw unusable(e);
        }
    }

    private static SAXParserFactory parsers() {
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
            factory.setXIncludeAware(false);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(XERCES_FEATURES + "disallow-doctype-decl", true);
            factory.setFeature(XERCES_FEATURES + "nonvalidating/load-external-dtd", false);
            factory.setFeature(SAX_FEATURES + "external-general-entities", false);
            factory.setFeature(SAX_FEATURES + "external-parameter-entities", false);
            factory.setFeature(SAX_FEATURES + "namespace-prefixes", true);
            factory.setFeature(SAX_FEATURES + "xmlns-uris", true);
            return factory;
        } catch (ParserConfigurationException | SAXException e) {
            throw unusable(e);
        }
    }

    private static SAXParser parser(XmlLimits limits) throws ParserConfigurationException, SAXException {
        SAXParser parser;
        synchronized (PARSERS) {
            parser = PARSERS.newSAXParser();
        }
        parser.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        parser.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        parser.setProperty(JDK_LIMITS + "elementAttributeLimit", Integer.toString(limits.attributesPerElement()));
        parser.setProperty(JDK_LIMITS + "maxXMLNameLimit", Integer.toString(limits.nameCharacters()));
        return parser;
    }

    private static CharBuffer decode(byte[] octets) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
        } catch (CharacterCodingException e) {
            throw new KmsException(MALFORMED_REQUEST, "the document is not UTF-8", e);
        }
    }

    private static String reason(SAXException e) {
        String text = String.valueOf(e.getMessage());
        if (text.contains("DOCTYPE")) {
            return "the document is refused: a document type declaration is not accepted";
        }
        if (text.contains(JDK_LIMIT_MESSAGE)) {
            return "the document is refused: it is over a limit of the parser";
        }
        String place = e instanceof SAXParseException at
                ? " (line " + at.getLineNumber() + ", column " + at.getColumnNumber() + ")"
                : "";
        return "the document is not well-formed XML" + place;
    }

    private static IllegalStateException unusable(Exception cause) {
        return new IllegalStateException("the XML parser of the Java platform cannot be used", cause);
    }
}
