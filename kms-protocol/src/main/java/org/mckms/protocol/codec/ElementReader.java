package org.mckms.protocol.codec;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mckms.protocol.error.KmsException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Takes the children of one element by name, in whatever order they stand. Children of another namespace than its
 * own are passed over; a child of the same namespace that nobody takes is an error, found by {@link #finish()}.
 */
public final class ElementReader {
    private final Element element;
    private final Map<String, List<Element>> children = new LinkedHashMap<>();
    private final List<Element> foreign = new ArrayList<>();

    private ElementReader(Element element) {
        this.element = element;
    }

    /** Begins with the children of an element. */
    public static ElementReader of(Element element) {
        ElementReader reader = new ElementReader(element);
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element childElement) {
                reader.add(childElement);
            } else if (!Lexical.trimmed(child.getNodeValue()).isEmpty()) {
                throw malformed(element.getLocalName() + " contains text between its elements");
            }
        }
        return reader;
    }

    private void add(Element child) {
        String namespace = child.getNamespaceURI();
        if (namespace == null) {
            throw malformed(element.getLocalName() + " contains " + child.getLocalName() + ", which has no namespace");
        }
        if (namespace.equals(element.getNamespaceURI())) {
            children.computeIfAbsent(child.getLocalName(), name -> new ArrayList<>())
                    .add(child);
        } else {
            foreign.add(child);
        }
    }

    String name() {
        return element.getLocalName();
    }

    /** The value of an attribute without namespace. */
    Optional<String> attribute(String name) {
        return attribute(element, name);
    }

    /** The value of an attribute without namespace, without white space around it. */
    public static Optional<String> attribute(Element element, String name) {
        return element.hasAttributeNS(null, name)
                ? Optional.of(Lexical.trimmed(element.getAttributeNS(null, name)))
                : Optional.empty();
    }

    /** A child that there must be once. */
    public Element required(String name) {
        return optional(name).orElseThrow(() -> malformed(element.getLocalName() + " has no " + name));
    }

    /** A child that there may be once. */
    public Optional<Element> optional(String name) {
        List<Element> found = all(name);
        if (found.size() > 1) {
            throw malformed(element.getLocalName() + " has more than one " + name);
        }
        return found.stream().findFirst();
    }

    /** All children of that name, in their order. */
    public List<Element> all(String name) {
        List<Element> found = children.remove(name);
        return found == null ? List.of() : List.copyOf(found);
    }

    /** The children of that name in this namespace and in others. */
    List<Element> allOfAnyNamespace(String name) {
        List<Element> found = new ArrayList<>(all(name));
        foreign.stream().filter(child -> name.equals(child.getLocalName())).forEach(found::add);
        return List.copyOf(found);
    }

    /** The one child of an extension's namespace, if there is one. */
    Optional<Element> extension(String namespace) {
        List<Element> found = foreign.stream()
                .filter(child -> namespace.equals(child.getNamespaceURI()))
                .toList();
        if (found.size() > 1) {
            throw malformed(element.getLocalName() + " has more than one element of " + namespace);
        }
        return found.stream().findFirst();
    }

    /** The text of a mandatory child, without white space around it. */
    public String trimmed(String name) {
        return trimmed(required(name));
    }

    /** The text of an optional child, without white space around it. */
    public Optional<String> optionalTrimmed(String name) {
        return optional(name).map(ElementReader::trimmed);
    }

    /** The text of an optional child as it stands. */
    Optional<String> optionalText(String name) {
        return optional(name).map(ElementReader::text);
    }

    /** Says that nothing more will be taken. */
    public void finish() {
        children.keySet().stream().findFirst().ifPresent(name -> {
            throw malformed(element.getLocalName() + " contains an element " + name + " that does not belong there");
        });
    }

    /** The text of an element without child elements, without white space around it. */
    public static String trimmed(Element element) {
        return Lexical.trimmed(text(element));
    }

    /** The text of an element without child elements. */
    public static String text(Element element) {
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element) {
                throw malformed(element.getLocalName() + " contains elements, text expected");
            }
        }
        return element.getTextContent();
    }

    /** The refusal of what cannot be understood. */
    public static KmsException malformed(String message) {
        return new KmsException(MALFORMED_REQUEST, message);
    }
}
