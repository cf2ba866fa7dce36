package org.mckms.protocol.codec;

import static org.mckms.protocol.codec.ElementReader.malformed;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.smime.ContentEncryptionKey;
import org.mckms.protocol.xml.ChildElements;
import org.mckms.protocol.xml.KmsSchema;
import org.w3c.dom.Element;

/**
 * What the elements of the CEK extension have in common. In its own namespace nothing is passed over: attributes and elements
 * are those of {@code cek-1.0.xsd} and stand in its order.
 */
final class CekXml {
    static final String NAMESPACE = KmsSchema.CEK_NAMESPACE;
    static final String KEY_ID = "KeyId";
    static final String REVISION = "Revision";
    static final String SESSION = "Session";
    static final String PEER = "Peer";

    private CekXml() {}

    static String base64(Octets octets) {
        return SignatureXml.base64(octets.toByteArray());
    }

    /** A Key ID in base64, in the one spelling that it has. */
    static Octets keyId(String text) {
        try {
            byte[] octets = Base64.getDecoder().decode(text);
            if (octets.length == ContentEncryptionKey.KEY_ID_OCTETS
                    && Base64.getEncoder().encodeToString(octets).equals(text)) {
                return Octets.copyOf(octets);
            }
        } catch (IllegalArgumentException e) {
            throw malformed("a Key ID is not base64");
        }
        throw malformed("a Key ID is not " + ContentEncryptionKey.KEY_ID_OCTETS + " octets in base64");
    }

    static long revision(Element element) {
        return Lexical.integer(requiredAttribute(element, REVISION), REVISION, 1, Long.MAX_VALUE);
    }

    static String requiredAttribute(Element element, String name) {
        return ElementReader.attribute(element, name)
                .orElseThrow(() -> malformed(element.getLocalName() + " has no attribute " + name));
    }

    /** The text of the next child if it is the one of this name. */
    static Optional<String> optionalText(ChildElements children, String name) {
        return children.isNext(NAMESPACE, name) ? Optional.of(text(children, name)) : Optional.empty();
    }

    /** The text of the next child, which must be the one of this name. */
    static String text(ChildElements children, String name) {
        return Lexical.trimmed(ChildElements.bareText(children.take(NAMESPACE, name), MALFORMED_REQUEST));
    }

    /** The children of an element that has these attributes and no others. */
    static ChildElements children(Element element, String... attributes) {
        ChildElements.onlyAttributes(element, MALFORMED_REQUEST, attributes);
        return new ChildElements(element, MALFORMED_REQUEST);
    }

    /** The name of an element that stands for the whole extension. */
    static String rootOf(Element element, String... known) {
        String name = element.getLocalName();
        if (!Arrays.asList(known).contains(name)) {
            throw malformed("an element " + name + " of " + NAMESPACE + " does not belong there");
        }
        return name;
    }
}
