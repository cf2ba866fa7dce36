package org.mckms.protocol.security;

import static org.mckms.protocol.security.SignatureParts.refused;
import static org.mckms.protocol.security.SignatureParts.require;

import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.xml.CanonicalXml;
import org.w3c.dom.Element;

/** Reads the ds:Signature of a Signed... document; its Reference names the message, or the root that it stands in. */
public final class SignatureReader {
    private SignatureReader() {}

    /**
     * Reads the signature of a document whose structure {@link SignedDocument} describes.
     *
     * @throws KmsException SIGNATURE_REQUIRED with one sentence if any rule is broken
     */
    public static MessageSignature read(SignedDocument document) {
        document.refuseWrapping();
        SignatureParts parts = SignatureParts.read(document.signature());
        return parts.over(covered(document, parts));
    }

    /** The canonical form of what the Reference names, which is the root or its child and nothing else. */
    private static byte[] covered(SignedDocument document, SignatureParts parts) {
        String uri = parts.uri();
        if (uri.length() < 2 || uri.charAt(0) != '#' || uri.indexOf('(') >= 0) {
            throw refused("the URI of the Reference is not # and an Id");
        }
        parts.transform().ifPresent(transform -> require(transform, XmlSignature.ENVELOPED, "Transform"));
        boolean enveloped = parts.transform().isPresent();
        Element named = document.named(uri.substring(1));
        if (named == document.root()) {
            if (!enveloped) {
                throw refused("the Reference names the root without the enveloped-signature transform");
            }
            return CanonicalXml.without(document.signature(), named);
        }
        if (enveloped) {
            throw refused("the Reference has a transform that does not belong there");
        }
        return CanonicalXml.of(named);
    }
}
