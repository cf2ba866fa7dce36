package org.mckms.protocol.xpk;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import javax.xml.XMLConstants;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.security.XmlSignature;
import org.mckms.protocol.xml.CanonicalText;
import org.mckms.protocol.xml.CanonicalXml;
import org.mckms.protocol.xml.ChildElements;
import org.mckms.protocol.xml.HardenedXml;
import org.mckms.protocol.xml.WipeableBuffer;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.Text;

/**
 * The content of an element as one xenc:EncryptedData of the type Content (XML Encryption 1.1 clauses 3.4 and 5.2.4): AES-128-GCM,
 * CipherValue the IV, the ciphertext and the tag in base64, ds:KeyName the XPK-ID in base64.
 */
final class EncryptedContent {
    /** Namespace of XML Encryption. */
    static final String NAMESPACE = "http://www.w3.org/2001/04/xmlenc#";
    /** The algorithm that is used. */
    static final String AES128_GCM = "http://www.w3.org/2009/xmlenc11#aes128-gcm";

    private static final String ENCRYPTED_DATA = "EncryptedData";
    private static final String CONTENT = NAMESPACE + "Content";
    private static final String WRAPPER = "content";
    private static final int MIN_OCTETS = XpkCipher.IV_OCTETS + XpkCipher.TAG_OCTETS;

    private EncryptedContent() {}

    /** Whether the only thing in an element is encrypted data. */
    static boolean isIn(Element parent) {
        Node first = firstChild(parent);
        return first instanceof Element element && ChildElements.is(element, NAMESPACE, ENCRYPTED_DATA);
    }

    /** Replaces the content of an element. */
    static void encrypt(Element element, XpkKeys keys, SecureRandom random) {
        WipeableBuffer plain = new WipeableBuffer();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Text text) {
                CanonicalText.text(plain, text.getData());
            } else if (child instanceof Element inner) {
                byte[] octets = CanonicalXml.of(inner);
                plain.write(octets, 0, octets.length);
            }
        }
        XpkCipher.Sealed sealed = XpkCipher.seal(plain.take(), keys, random);
        removeContent(element);
        Element data = add(element, NAMESPACE, ENCRYPTED_DATA);
        data.setAttributeNS(null, "Type", CONTENT);
        add(data, NAMESPACE, "EncryptionMethod").setAttributeNS(null, "Algorithm", AES128_GCM);
        add(add(data, XmlSignature.NAMESPACE, "KeyInfo"), XmlSignature.NAMESPACE, "KeyName")
                .setTextContent(keys.keyName());
        add(add(data, NAMESPACE, "CipherData"), NAMESPACE, "CipherValue")
                .setTextContent(XpkCipher.base64(sealed.iv().concat(sealed.text())));
    }

    /** Replaces the encrypted data in an element by what was encrypted. */
    static void decrypt(Element element, Function<KeyIdentifier, Optional<XpkKeys>> keys) {
        ChildElements only = new ChildElements(element, MALFORMED_REQUEST);
        Element data = only.take(NAMESPACE, ENCRYPTED_DATA);
        only.end();
        Read read = read(data);
        Octets value = XpkCipher.octets(read.cipherValue(), "CipherValue");
        if (value.size() < MIN_OCTETS) {
            throw malformed("CipherValue has less than " + MIN_OCTETS + " octets, IV and tag");
        }
        XpkCipher.Sealed sealed = new XpkCipher.Sealed(
                value.slice(0, XpkCipher.IV_OCTETS), value.slice(XpkCipher.IV_OCTETS, value.size()));
        byte[] plain = XpkCipher.open(
                sealed, XpkCipher.named(read.keyName(), keys), "the content of " + element.getLocalName());
        try {
            Element content = parsed(element, plain);
            removeContent(element);
            for (Node child = content.getFirstChild(); child != null; child = child.getNextSibling()) {
                element.appendChild(element.getOwnerDocument().importNode(child, true));
            }
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** Refuses elements of XML Encryption where no content can be. */
    static void refuseMisplaced(Element element) {
        if (NAMESPACE.equals(element.getNamespaceURI())) {
            throw malformed("an element " + element.getLocalName() + " of XML Encryption does not belong there");
        }
    }

    /** Refuses elements of XML Encryption anywhere. */
    static void refuseIn(Element element) {
        refuseMisplaced(element);
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                refuseIn(inner);
            }
        }
    }

    private record Read(String keyName, String cipherValue) {}

    private static Read read(Element data) {
        ChildElements in = children(data, "Id", "Type");
        if (!CONTENT.equals(data.getAttributeNS(null, "Type"))) {
            throw malformed("EncryptedData is not of the type " + CONTENT);
        }
        Element method = in.take(NAMESPACE, "EncryptionMethod");
        children(method, "Algorithm").end();
        if (!AES128_GCM.equals(method.getAttributeNS(null, "Algorithm"))) {
            throw malformed("content is encrypted by another algorithm than " + AES128_GCM);
        }
        ChildElements keyInfo = children(in.take(XmlSignature.NAMESPACE, "KeyInfo"), "Id");
        Element keyName = keyInfo.take(XmlSignature.NAMESPACE, "KeyName");
        keyInfo.end();
        ChildElements cipherData = children(in.take(NAMESPACE, "CipherData"));
        Element cipherValue = cipherData.take(NAMESPACE, "CipherValue");
        cipherData.end();
        in.end();
        return new Read(
                ChildElements.bareText(keyName, MALFORMED_REQUEST).strip(),
                ChildElements.bareText(cipherValue, MALFORMED_REQUEST).replaceAll("[ \t\r\n]", ""));
    }

    private static ChildElements children(Element parent, String... attributes) {
        ChildElements.onlyAttributes(parent, MALFORMED_REQUEST, attributes);
        return new ChildElements(parent, MALFORMED_REQUEST);
    }

    /** The content as if it stood in the element: with the namespaces in force there. */
    private static Element parsed(Element element, byte[] content) {
        WipeableBuffer out = new WipeableBuffer();
        CanonicalText.raw(out, "<" + WRAPPER);
        inForce(element).forEach((name, uri) -> CanonicalText.attribute(out, name, uri));
        CanonicalText.raw(out, ">");
        out.write(content, 0, content.length);
        CanonicalText.raw(out, "</" + WRAPPER + ">");
        Document document = HardenedXml.parse(out.take());
        return document.getDocumentElement();
    }

    private static TreeMap<String, String> inForce(Element element) {
        TreeMap<String, String> declarations = new TreeMap<>();
        for (Node node = element; node instanceof Element ancestor; node = ancestor.getParentNode()) {
            NamedNodeMap attributes = ancestor.getAttributes();
            for (int i = 0; i < attributes.getLength(); i++) {
                Attr attribute = (Attr) attributes.item(i);
                if (CanonicalXml.isDeclaration(attribute)) {
                    declarations.putIfAbsent(attribute.getName(), attribute.getValue());
                }
            }
        }
        return declarations;
    }

    /** The first child that is no white space. */
    private static Node firstChild(Element parent) {
        Node child = parent.getFirstChild();
        while (child instanceof Text text && text.getData().isBlank()) {
            child = child.getNextSibling();
        }
        return child;
    }

    private static void removeContent(Element element) {
        while (element.getFirstChild() != null) {
            element.removeChild(element.getFirstChild());
        }
    }

    private static Element add(Element parent, String namespace, String name) {
        Element child = parent.getOwnerDocument().createElementNS(namespace, name);
        if (!namespace.equals(parent.getNamespaceURI()) || parent.getPrefix() != null) {
            child.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, XMLConstants.XMLNS_ATTRIBUTE, namespace);
        }
        parent.appendChild(child);
        return child;
    }

    private static KmsException malformed(String message) {
        return new KmsException(MALFORMED_REQUEST, message);
    }
}
