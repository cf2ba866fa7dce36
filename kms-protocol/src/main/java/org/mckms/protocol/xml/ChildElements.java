package org.mckms.protocol.xml;

import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * Takes the child elements of one element in the one order they may have; anything else between them but white space is
 * refused. For structures where tolerance would be dangerous.
 */
public final class ChildElements {
    private final Element parent;
    private final KmsErrorCode refusal;
    private Element next;

    /**
     * @param refusal code of the exception when something is in its wrong place
     */
    public ChildElements(Element parent, KmsErrorCode refusal) {
        this.parent = parent;
        this.refusal = refusal;
        this.next = following(parent.getFirstChild());
    }

    /** Takes the next child, which must be this one. */
    public Element take(String namespace, String name) {
        if (!isNext(namespace, name)) {
            throw refused(parent.getLocalName() + " has no " + name + " in its place");
        }
        Element taken = next;
        next = following(taken.getNextSibling());
        return taken;
    }

    /** Whether the next child is this one. */
    public boolean isNext(String namespace, String name) {
        return next != null && is(next, namespace, name);
    }

    /** Says that no child may be left. */
    public void end() {
        if (next != null) {
            throw refused(parent.getLocalName() + " contains an element " + next.getLocalName()
                    + " that does not belong there");
        }
    }

    private Element following(Node node) {
        for (Node child = node; child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                return element;
            }
            if (!isWhiteSpace(child.getNodeValue())) {
                throw refused(parent.getLocalName() + " contains text between its elements");
            }
        }
        return null;
    }

    /** Whether an element has this name. */
    public static boolean is(Element element, String namespace, String name) {
        return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
    }

    /** The text of an element that has neither child elements nor attributes. */
    public static String bareText(Element element, KmsErrorCode refusal) {
        onlyAttributes(element, refusal);
        return text(element, refusal);
    }

    /** The text of an element that has no child elements. */
    public static String text(Element element, KmsErrorCode refusal) {
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element) {
                throw new KmsException(refusal, element.getLocalName() + " contains elements, text expected");
            }
        }
        return element.getTextContent();
    }

    /** Refuses any attribute but those named, which have no namespace; namespace declarations do not count. */
    public static void onlyAttributes(Element element, KmsErrorCode refusal, String... names) {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Attr attribute = (Attr) attributes.item(i);
            if (!CanonicalXml.isDeclaration(attribute) && !isOneOf(attribute, names)) {
                throw new KmsException(
                        refusal,
                        element.getLocalName() + " has an attribute " + attribute.getName()
                                + " that does not belong there");
            }
        }
    }

    private static boolean isOneOf(Attr attribute, String... names) {
        for (String name : names) {
            if (attribute.getNamespaceURI() == null && name.equals(attribute.getLocalName())) {
                return true;
            }
        }
        return false;
    }

    private KmsException refused(String message) {
        return new KmsException(refusal, message);
    }

    private static boolean isWhiteSpace(String text) {
        return text.chars().allMatch(c -> c == ' ' || c == '\t' || c == '\r' || c == '\n');
    }
}
