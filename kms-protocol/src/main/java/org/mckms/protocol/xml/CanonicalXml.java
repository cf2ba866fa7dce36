package org.mckms.protocol.xml;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import org.mckms.protocol.error.KmsException;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.Text;

/**
 * Canonical XML 1.0, inclusive, of one element with everything in it, as XML Signature takes it (W3C, 15 March 2001). For
 * trees of {@link HardenedXml}: these have elements and text only, so with and without comments are the same, and no
 * document type that would bring default attributes.
 */
public final class CanonicalXml {
    private static final String DECLARATION = XMLConstants.XMLNS_ATTRIBUTE_NS_URI;

    private static final String XML_PREFIX = "xmlns:xml";
    /** No namespace, which is what a prefix stands for before it is declared. */
    private static final String NONE = "";

    private final WipeableBuffer out = new WipeableBuffer();
    private final Optional<Element> omitted;
    /** Declarations that hold where the writer stands, by attribute name; one map, since a sender could nest many. */
    private final Map<String, String> inForce = new HashMap<>();

    private CanonicalXml(Optional<Element> omitted) {
        this.omitted = omitted;
    }

    /** The canonical form of an element that stands in a document, with the namespaces it inherits. */
    public static byte[] of(Element apex) {
        return write(apex, Optional.empty());
    }

    /** The same without one element in it: what the enveloped-signature transform leaves. */
    public static byte[] without(Element omitted, Element apex) {
        return write(apex, Optional.of(omitted));
    }

    private static byte[] write(Element apex, Optional<Element> omitted) {
        CanonicalXml writer = new CanonicalXml(omitted);
        TreeMap<String, String> declared = new TreeMap<>();
        TreeMap<String, Attr> attributes = new TreeMap<>();
        for (Node node = apex.getParentNode(); node instanceof Element ancestor; node = ancestor.getParentNode()) {
            collect(ancestor, declared, attributes);
        }
        writer.element(apex, declared, attributes);
        return writer.out.take();
    }

    /** Adds what an ancestor gives to the apex and no nearer one did. */
    private static void collect(Element ancestor, Map<String, String> declared, Map<String, Attr> attributes) {
        NamedNodeMap all = ancestor.getAttributes();
        for (int i = 0; i < all.getLength(); i++) {
            Attr attribute = (Attr) all.item(i);
            if (isDeclaration(attribute)) {
                declared.putIfAbsent(attribute.getName(), attribute.getValue());
            } else if (XMLConstants.XML_NS_URI.equals(attribute.getNamespaceURI())) {
                attributes.putIfAbsent(sortKey(attribute), attribute);
            }
        }
    }

    /** Whether an attribute declares a namespace. */
    public static boolean isDeclaration(Attr attribute) {
        return DECLARATION.equals(attribute.getNamespaceURI());
    }

    /**
     * @param declared declarations that the element inherits though no parent was written; gets its own too
     * @param attributes attributes that it inherits; gets its own too
     */
    private void element(Element element, TreeMap<String, String> declared, TreeMap<String, Attr> attributes) {
        split(element, declared, attributes);
        CanonicalText.raw(out, "<" + element.getTagName());
        Map<String, String> outside = declarations(declared);
        attributes.values().forEach(a -> CanonicalText.attribute(out, a.getName(), a.getValue()));
        out.write('>');
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Text text) {
                CanonicalText.text(out, text.getData());
            } else if (child instanceof Element childElement && childElement != omitted.orElse(null)) {
                element(childElement, new TreeMap<>(), new TreeMap<>());
            }
        }
        CanonicalText.raw(out, "</" + element.getTagName() + ">");
        inForce.putAll(outside);
    }

    private static void split(Element element, Map<String, String> declared, Map<String, Attr> attributes) {
        NamedNodeMap all = element.getAttributes();
        for (int i = 0; i < all.getLength(); i++) {
            Attr attribute = (Attr) all.item(i);
            if (isDeclaration(attribute)) {
                declared.put(attribute.getName(), attribute.getValue());
            } else {
                attributes.put(sortKey(attribute), attribute);
            }
        }
    }

    /** Writes the declarations that are not in force yet; gives what was in force in their place. */
    private Map<String, String> declarations(TreeMap<String, String> declared) {
        Map<String, String> outside = new HashMap<>();
        declared.forEach((name, uri) -> {
            if (uri.isEmpty() && !name.equals(XMLConstants.XMLNS_ATTRIBUTE)) {
                throw new KmsException(MALFORMED_REQUEST, "a namespace prefix is undeclared, which XML 1.0 forbids");
            }
            String before = inForce.getOrDefault(name, NONE);
            if (!before.equals(uri) && !name.equals(XML_PREFIX)) {
                CanonicalText.attribute(out, name, uri);
                outside.put(name, before);
                inForce.put(name, uri);
            }
        });
        return outside;
    }

    /** Attributes stand in the order of namespace, then local name; without namespace first. */
    private static String sortKey(Attr attribute) {
        String namespace = attribute.getNamespaceURI();
        return (namespace == null ? "" : namespace) + '\0' + attribute.getLocalName();
    }
}
