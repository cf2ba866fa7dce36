package org.mckms.protocol.codec;

import static org.mckms.protocol.codec.ElementReader.malformed;
import static org.mckms.protocol.error.KmsErrorCode.SIGNATURE_REQUIRED;

import java.util.Optional;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.security.MessageSignature;
import org.mckms.protocol.security.SignatureReader;
import org.mckms.protocol.security.SignedDocument;
import org.mckms.protocol.security.XmlSignature;
import org.mckms.protocol.xml.ChildElements;
import org.mckms.protocol.xml.KmsSchema;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A received document down to its message: the root itself, or the child of a Signed... root.
 *
 * @param message the element that is read, and the only one
 * @param signature the signature over it, if there is one; not verified yet
 * @param wrapped whether the root is the Signed... form
 */
record Envelope(Element message, Optional<MessageSignature> signature, boolean wrapped) {
    private static final String SIGNED = "Signed";

    /**
     * @param name KmsRequest or KmsResponse
     * @param anyNamespace whether the root may have another namespace than that of TS 33.180
     */
    static Envelope open(Document document, String name, boolean anyNamespace) {
        Element root = document.getDocumentElement();
        String namespace = root.getNamespaceURI();
        boolean ours = KmsSchema.NAMESPACE.equals(namespace)
                || anyNamespace && namespace != null && !namespace.equals(XmlSignature.NAMESPACE);
        boolean wrapped = root.getLocalName().equals(SIGNED + name);
        if (!ours || !wrapped && !root.getLocalName().equals(name)) {
            throw malformed("the root element is not a " + name + " of the KMS interface");
        }
        if (!wrapped) {
            return plain(root);
        }
        return signed(root, namespace, name);
    }

    private static Envelope plain(Element message) {
        if (SignedDocument.hasSignature(message)) {
            throw new KmsException(
                    SIGNATURE_REQUIRED,
                    "a signature stands where it signs nothing; it belongs in a Signed... document");
        }
        return new Envelope(message, Optional.empty(), false);
    }

    private static Envelope signed(Element root, String namespace, String name) {
        ChildElements in = new ChildElements(root, SIGNATURE_REQUIRED);
        Element message = in.take(namespace, name);
        Optional<MessageSignature> signature = Optional.empty();
        if (in.isNext(XmlSignature.NAMESPACE, "Signature")) {
            Element element = in.take(XmlSignature.NAMESPACE, "Signature");
            signature = Optional.of(SignatureReader.read(new SignedDocument(root, message, element)));
        } else {
            plain(message);
        }
        in.end();
        return new Envelope(message, signature, true);
    }
}
