package org.mckms.protocol.security;

import static org.mckms.protocol.error.KmsErrorCode.SIGNATURE_REQUIRED;
import static org.mckms.protocol.security.SignatureParts.refused;

import java.util.Set;
import org.mckms.protocol.xml.ChildElements;
import org.mckms.protocol.xml.HardenedXml;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * A Signed... document: its root, the one message in it, and the signature beside that. Knows the rules against signature
 * wrapping that concern the whole document.
 *
 * @param root the document element
 * @param message the child whose content is read
 * @param signature the other child
 */
public record SignedDocument(Element root, Element message, Element signature) {
    private static final String ID = "Id";
    private static final Set<String> MESSAGES =
            Set.of("KmsRequest", "KmsResponse", "SignedKmsRequest", "SignedKmsResponse");
    /** What may carry signatures of its own, which say nothing about the message. */
    private static final Set<String> SIGNED_ELSEWHERE = Set.of("SignedKmsCertificate", "KrrList");

    /** Whether a signature stands anywhere in an element but where it has nothing to say about the message. */
    public static boolean hasSignature(Element element) {
        if (ChildElements.is(element, XmlSignature.NAMESPACE, "Signature")) {
            return true;
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner
                    && !SIGNED_ELSEWHERE.contains(inner.getLocalName())
                    && hasSignature(inner)) {
                return true;
            }
        }
        return false;
    }

    /** Refuses documents that hold a second message or signature, or text that a canonical form would not show. */
    void refuseWrapping() {
        ChildElements in = new ChildElements(root, SIGNATURE_REQUIRED);
        if (in.take(message.getNamespaceURI(), message.getLocalName()) != message
                || in.take(XmlSignature.NAMESPACE, "Signature") != signature) {
            throw refused("the signed message does not stand where it belongs");
        }
        in.end();
        if (HardenedXml.hasComments(root.getOwnerDocument())) {
            throw refused("a signed document has no comments");
        }
        if (hasSignature(message)) {
            throw refused("there is more than one signature");
        }
        refuseSecondMessage(root);
    }

    private void refuseSecondMessage(Element element) {
        if (element != root && element != message && MESSAGES.contains(element.getLocalName())) {
            throw refused("there is more than one message");
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                refuseSecondMessage(inner);
            }
        }
    }

    /** The root or the message, whichever has this Id; nothing else in the document may have it, under no spelling. */
    Element named(String id) {
        if (countOf(id, root) != 1) {
            throw refused("not exactly one element has the Id that the Reference names");
        }
        if (id.equals(root.getAttributeNS(null, ID))) {
            return root;
        }
        if (id.equals(message.getAttributeNS(null, ID))) {
            return message;
        }
        throw refused("the Reference names neither the root nor the message");
    }

    private static int countOf(String id, Element element) {
        int count = 0;
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Attr attribute = (Attr) attributes.item(i);
            if (ID.equalsIgnoreCase(attribute.getLocalName()) && id.equals(attribute.getValue())) {
                count++;
            }
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                count += countOf(id, inner);
            }
        }
        return count;
    }
}
