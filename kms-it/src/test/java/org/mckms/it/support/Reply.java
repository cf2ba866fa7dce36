package org.mckms.it.support;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * An HTTP answer as it came over the wire. Reading the XML here uses the JDK's parser and no code of the product, so that
 * what is asserted about an answer does not depend on the product's own reader.
 */
public record Reply(int status, Map<String, List<String>> headers, byte[] body) {
    /** The namespace of the KMS interface (TS 33.180 annex D.3.5). */
    public static final String NAMESPACE = "urn:3gpp:ns:mcsecKMSInterface:1.0";

    public Reply {
        Map<String, List<String>> byName = new TreeMap<>();
        headers.forEach((name, values) -> byName.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        headers = byName;
        body = body.clone();
    }

    /** The value of a header that must not come twice. */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        if (values.size() > 1) {
            throw new AssertionError("header " + name + " came " + values.size() + " times: " + values);
        }
        return values.stream().findFirst();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body as a namespace-aware document. */
    public Document xml() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(body));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError("status " + status + ", not XML: " + text(), e);
        }
    }

    /** The text of the only element of the KMS namespace with this local name. */
    public String only(String localName) {
        List<String> found = all(localName);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " elements " + localName + " in " + text());
        }
        return found.get(0);
    }

    /** The texts of all elements of the KMS namespace with this local name, in document order. */
    public List<String> all(String localName) {
        NodeList nodes = xml().getElementsByTagNameNS(NAMESPACE, localName);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .map(Node::getTextContent)
                .toList();
    }

    /** The ErrorCode of the KmsError of this answer. */
    public int errorCode() {
        return Integer.parseInt(only("ErrorCode"));
    }

    @Override
    public String toString() {
        return "Reply[" + status + " " + headers + " " + text() + "]";
    }
}
