package org.mckms.protocol.xpk;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.xml.CanonicalXml;
import org.mckms.protocol.xml.HardenedXml;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * XML bodies with some of their contents and URIs encrypted under the confidentiality key (TS 33.180 clause 9.3, TS 24.379
 * clause 6.6). Documents are written in canonical form, without comments. Nothing binds a ciphertext to its place: that is
 * what the signature of the body is for, made over the encrypted body and verified before it is opened.
 */
public final class XmlProtection {
    /** Where an element says whether its content is encrypted, in the documents of TS 24.379 annex F. */
    private static final String TYPE = "type";

    private static final String NORMAL = "Normal";
    private static final String ENCRYPTED = "Encrypted";

    private XmlProtection() {}

    /**
     * Encrypts what a plan names.
     *
     * @param document at most 64 KiB
     * @return the document in canonical form, UTF-8
     * @throws KmsException MALFORMED_REQUEST or BODY_TOO_LARGE as {@link HardenedXml#parse(byte[])}; MALFORMED_REQUEST too if
     *     something is encrypted already, or no URI where one is to be encrypted
     */
    public static byte[] protect(byte[] document, ProtectionPlan plan, XpkKeys keys, SecureRandom random) {
        Element root = HardenedXml.parse(document).getDocumentElement();
        EncryptedContent.refuseIn(root);
        protect(root, plan, keys, random);
        return CanonicalXml.of(root);
    }

    /**
     * Decrypts whatever is encrypted.
     *
     * @param document at most 64 KiB
     * @param keys finds the keys by their XPK-ID; they stay their owner's
     * @return the document in canonical form, UTF-8
     * @throws KmsException NOT_FOUND if there is no key of an XPK-ID; WRONG_RECIPIENT if something does not open; MALFORMED_REQUEST
     *     or BODY_TOO_LARGE if the document is malformed, is encrypted in another way than this, or within itself
     */
    public static byte[] open(
            byte[] document, Function<KeyIdentifier, Optional<XpkKeys>> keys, Set<XpkDeviation> deviations) {
        Element root = HardenedXml.parse(document).getDocumentElement();
        open(root, keys, uri -> UriEncryption.decrypt(uri, keys, deviations));
        return CanonicalXml.of(root);
    }

    private static void protect(Element element, ProtectionPlan plan, XpkKeys keys, SecureRandom random) {
        ProtectionPlan.Name name = nameOf(element);
        UnaryOperator<String> encrypt = uri -> UriEncryption.encrypt(uri, keys, random);
        attributes(element).stream()
                .filter(attribute -> attribute.getNamespaceURI() == null
                        && plan.uriAttributes().contains(new ProtectionPlan.Attribute(name, attribute.getLocalName())))
                .forEach(attribute -> attribute.setValue(encrypt.apply(attribute.getValue())));
        if (plan.contents().contains(name)) {
            EncryptedContent.encrypt(element, keys, random);
            replaceType(element, NORMAL, ENCRYPTED);
        } else if (plan.uriValues().contains(name)) {
            if (!children(element).isEmpty()) {
                throw malformed(element.getLocalName() + " holds elements, a URI expected");
            }
            element.setTextContent(encrypt.apply(element.getTextContent().strip()));
        } else {
            children(element).forEach(child -> protect(child, plan, keys, random));
        }
    }

    private static void open(
            Element element, Function<KeyIdentifier, Optional<XpkKeys>> keys, UnaryOperator<String> decrypt) {
        EncryptedContent.refuseMisplaced(element);
        attributes(element).stream()
                .filter(attribute -> UriEncryption.isEncrypted(attribute.getValue()))
                .forEach(attribute -> attribute.setValue(decrypt.apply(attribute.getValue())));
        List<Element> children = children(element);
        if (children.isEmpty()) {
            String text = element.getTextContent().strip();
            if (UriEncryption.isEncrypted(text)) {
                element.setTextContent(decrypt.apply(text));
            }
        } else if (EncryptedContent.isIn(element)) {
            EncryptedContent.decrypt(element, keys);
            children(element).forEach(XmlProtection::refuseProtected);
            replaceType(element, ENCRYPTED, NORMAL);
        } else {
            children.forEach(child -> open(child, keys, decrypt));
        }
    }

    /** What was encrypted is not encrypted once more inside. */
    private static void refuseProtected(Element element) {
        EncryptedContent.refuseIn(element);
        boolean uris = attributes(element).stream()
                        .anyMatch(attribute -> UriEncryption.isEncrypted(attribute.getValue()))
                || children(element).isEmpty()
                        && UriEncryption.isEncrypted(element.getTextContent().strip());
        if (uris) {
            throw malformed("something is encrypted within what was encrypted");
        }
        children(element).forEach(XmlProtection::refuseProtected);
    }

    private static void replaceType(Element element, String from, String to) {
        if (from.equals(element.getAttributeNS(null, TYPE))) {
            element.setAttributeNS(null, TYPE, to);
        }
    }

    private static ProtectionPlan.Name nameOf(Element element) {
        String namespace = element.getNamespaceURI();
        return new ProtectionPlan.Name(namespace == null ? "" : namespace, element.getLocalName());
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    private static List<Attr> attributes(Element element) {
        NamedNodeMap all = element.getAttributes();
        List<Attr> attributes = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            Attr attribute = (Attr) all.item(i);
            if (!CanonicalXml.isDeclaration(attribute)) {
                attributes.add(attribute);
            }
        }
        return attributes;
    }

    private static KmsException malformed(String message) {
        return new KmsException(MALFORMED_REQUEST, message);
    }
}
