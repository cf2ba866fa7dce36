package org.mckms.protocol.xml;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

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

    private final WipeableBuffer out = new WipeableBuffer();
    private final Optional<Element> omitted;

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
        Map<String, String> inherited = new TreeMap<>();
        TreeMap<String, Attr> xmlAttributes = new TreeMap<>();
        for (Node node = apex.getParentNode(); node instanceof Element ancestor; node = ancestor.getParentNode()) {
            collect(ancestor, inherited, xmlAttributes);
        }
        writer.element(apex, Map.of(), inherited, xmlAttributes);
        return writer.out.take();
    }

    private static void collect(Element ancestor, Map<String, String> inherited, Map<String, Attr> xmlAttributes) {
        NamedNodeMap attributes = ancestor.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Attr attribute = (Attr) attributes.item(i);
            if (isDeclaration(attribute)) {
                inherited.putIfAbsent(attribute.getName(), attribute.getValue());
            } else if (XMLConstants.XML_NS_URI.equals(attribute.getNamespaceURI())) {
                xmlAttributes.putIfAbsent(attribute.getLocalName(), attribute);
            }
        }
    }

    /** Whether an attribute declares a namespace. */
    public static boolean isDeclaration(Attr attribute) {
        return DECLARATION.equals(attribute.getNamespaceURI());
    }

    /**
     * @param written declarations that hold in the parent as it was written, by attribute name
     * @param inherited declarations in force here that need not stand at the element itself
     * @param inheritedAttributes attributes of the namespace xml that the apex takes over, by local name
     */
    private void element(
            Element element,
            Map<String, String> written,
            Map<String, String> inherited,
            Map<String, Attr> inheritedAttributes) {
        TreeMap<String, String> declared = new TreeMap<>(inherited);
        TreeMap<String, Attr> attributes = new TreeMap<>();
        inheritedAttributes.forEach((name, attribute) -> attributes.put(sortKey(attribute), attribute));
        split(element, declared, attributes);
        CanonicalText.raw(out, "<" + element.getTagName());
        Map<String, String> inForce = declarations(written, declared);
        attributes.values().forEach(a -> CanonicalText.attribute(out, a.getName(), a.getValue()));
        out.write('>');
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Text text) {
                CanonicalText.text(out, text.getData());
            } else if (child instanceof Element childElement && childElement != omitted.orElse(null)) {
                element(childElement, inForce, Map.of(), Map.of());
            }
        }
        CanonicalText.raw(out, "</" + element.getTagName() + ">");
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

    /** Writes the declarations that are not in force yet; gives all that are in force then. */
    private Map<String, String> declarations(Map<String, String> written, Map<String, String> declared) {
        if (declared.isEmpty()) {
            return written;
        }
        Map<String, String> inForce = new TreeMap<>(written);
        declared.forEach((name, uri) -> {
            boolean isDefault = name.equals(XMLConstants.XMLNS_ATTRIBUTE);
            if (uri.isEmpty() && !isDefault) {
                throw new KmsException(MALFORMED_REQUEST, "a namespace prefix is undeclared, which XML 1.0 forbids");
            }
            boolean known = isDefault ? inForce.getOrDefault(name, "").equals(uri) : uri.equals(inForce.get(name));
            if (!known && !name.equals("xmlns:xml")) {
                CanonicalText.attribute(out, name, uri);
                inForce.put(name, uri);
            }
        });
        return inForce;
    }

    /** Attributes stand in the order of namespace, then local name; without namespace first. */
    private static String sortKey(Attr attribute) {
        String namespace = attribute.getNamespaceURI();
        return (namespace == null ? "" : namespace) + '\0' + attribute.getLocalName();
    }
}
