package org.mckms.protocol.xml;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.ext.DefaultHandler2;

/**
 * Builds a document tree from parser events and counts as it goes. Comments are left out; processing instructions and
 * anything that would have to be fetched are refused.
 */
final class LimitedDomBuilder extends DefaultHandler2 {
    /** Key of the document's user data that says that there were comments. */
    static final String COMMENTS = "comments";

    private final XmlLimits limits;
    private final Document document;
    private final StringBuilder text = new StringBuilder();
    private Node current;
    private int depth;
    private int elements;

    LimitedDomBuilder(XmlLimits limits, Document empty) {
        this.limits = limits;
        this.document = empty;
        this.current = empty;
    }

    XmlLimits limits() {
        return limits;
    }

    Document document() {
        return document;
    }

    /** Elements taken so far; the measure of the work done. */
    int elements() {
        return elements;
    }

    @Override
    public void startElement(String namespace, String localName, String name, Attributes attributes)
            throws SAXException {
        flushText();
        depth++;
        elements++;
        refuseIf(depth > limits.depth(), "elements are nested deeper than " + limits.depth());
        refuseIf(elements > limits.elements(), "there are more than " + limits.elements() + " elements");
        refuseIf(
                attributes.getLength() > limits.attributesPerElement(),
                "an element has more than " + limits.attributesPerElement() + " attributes");
        refuseIf(name.length() > limits.nameCharacters(), "a name is longer than " + limits.nameCharacters());
        Element element = document.createElementNS(namespace.isEmpty() ? null : namespace, name);
        for (int i = 0; i < attributes.getLength(); i++) {
            attribute(element, attributes, i);
        }
        current.appendChild(element);
        current = element;
    }

    private void attribute(Element element, Attributes attributes, int i) throws SAXException {
        String name = attributes.getQName(i);
        String value = attributes.getValue(i);
        refuseIf(name.length() > limits.nameCharacters(), "a name is longer than " + limits.nameCharacters());
        refuseIf(
                value.length() > limits.attributeCharacters(),
                "an attribute is longer than " + limits.attributeCharacters() + " characters");
        String namespace = attributes.getURI(i);
        element.setAttributeNS(namespace.isEmpty() ? null : namespace, name, value);
    }

    @Override
    public void endElement(String namespace, String localName, String name) {
        flushText();
        depth--;
        current = current.getParentNode();
    }

    @Override
    public void characters(char[] characters, int start, int length) {
        text.append(characters, start, length);
    }

    @Override
    public void comment(char[] characters, int start, int length) {
        document.setUserData(COMMENTS, Boolean.TRUE, null);
    }

    @Override
    public void processingInstruction(String target, String data) throws SAXException {
        throw new LimitExceeded("processing instructions are not accepted");
    }

    @Override
    public void skippedEntity(String name) throws SAXException {
        throw new LimitExceeded("entities are not accepted");
    }

    @Override
    public InputSource resolveEntity(String publicId, String systemId) throws SAXException {
        throw new LimitExceeded("entities are not accepted");
    }

    @Override
    public InputSource resolveEntity(String name, String publicId, String baseUri, String systemId)
            throws SAXException {
        throw new LimitExceeded("entities are not accepted");
    }

    @Override
    public void error(SAXParseException e) throws SAXException {
        throw e;
    }

    private void flushText() {
        if (!text.isEmpty()) {
            current.appendChild(document.createTextNode(text.toString()));
            text.setLength(0);
        }
    }

    private static void refuseIf(boolean exceeded, String what) throws LimitExceeded {
        if (exceeded) {
            throw new LimitExceeded(what);
        }
    }

    /** Stops the parser; the message is one clause for the sender. */
    static final class LimitExceeded extends SAXException {
        LimitExceeded(String message) {
            super(message);
        }
    }
}
