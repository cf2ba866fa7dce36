package org.mckms.protocol.security;

import static org.mckms.protocol.error.KmsErrorCode.SIGNATURE_REQUIRED;
import static org.mckms.protocol.security.XmlSignature.NAMESPACE;

import java.util.Base64;
import java.util.Set;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.xml.CanonicalXml;
import org.mckms.protocol.xml.ChildElements;
import org.w3c.dom.Element;

/**
 * Reads the ds:Signature of a Signed... document by the strict rules that leave an attacker nothing to choose: every
 * element and attribute that may stand there is named here, everything else is refused.
 */
public final class SignatureReader {
    private static final Set<String> CANONICALIZATIONS = Set.of(XmlSignature.C14N, XmlSignature.C14N_WITH_COMMENTS);

    private SignatureReader() {}

    /**
     * Reads the signature of a document whose structure {@link SignedDocument} describes.
     *
     * @throws KmsException SIGNATURE_REQUIRED with one sentence if any rule is broken
     */
    public static MessageSignature read(SignedDocument document) {
        document.refuseWrapping();
        ChildElements in = new ChildElements(document.signature(), SIGNATURE_REQUIRED);
        ChildElements.onlyAttributes(document.signature(), SIGNATURE_REQUIRED, "Id");
        Element signedInfo = in.take(NAMESPACE, "SignedInfo");
        Element signatureValue = in.take(NAMESPACE, "SignatureValue");
        String keyName = keyName(in.take(NAMESPACE, "KeyInfo"));
        in.end();
        Reference reference = signedInfo(signedInfo);
        Octets value = octets(signatureValue, HmacSha256.OCTETS, "Id");
        byte[] covered = covered(document, reference);
        return new MessageSignature(
                keyName,
                Octets.copyOf(CanonicalXml.of(signedInfo)),
                value,
                Sha256.of(covered),
                reference.digestValue());
    }

    private record Reference(String id, boolean enveloped, Octets digestValue) {}

    private static Reference signedInfo(Element signedInfo) {
        ChildElements in = children(signedInfo, "Id");
        String canonicalization = algorithm(in.take(NAMESPACE, "CanonicalizationMethod"));
        if (!CANONICALIZATIONS.contains(canonicalization)) {
            throw refused("SignedInfo is canonicalized in another way than inclusive canonical XML 1.0");
        }
        require(algorithm(in.take(NAMESPACE, "SignatureMethod")), XmlSignature.HMAC_SHA256, "SignatureMethod");
        Element reference = in.take(NAMESPACE, "Reference");
        in.end();
        return reference(reference);
    }

    private static Reference reference(Element reference) {
        ChildElements in = children(reference, "Id", "URI");
        String uri = reference.getAttributeNS(null, "URI");
        if (uri.length() < 2 || uri.charAt(0) != '#' || uri.indexOf('(') >= 0) {
            throw refused("the URI of the Reference is not # and an Id");
        }
        boolean enveloped = in.isNext(NAMESPACE, "Transforms");
        if (enveloped) {
            ChildElements transforms = children(in.take(NAMESPACE, "Transforms"));
            require(algorithm(transforms.take(NAMESPACE, "Transform")), XmlSignature.ENVELOPED, "Transform");
            transforms.end();
        }
        require(algorithm(in.take(NAMESPACE, "DigestMethod")), XmlSignature.SHA256, "DigestMethod");
        Octets digest = octets(in.take(NAMESPACE, "DigestValue"), HmacSha256.OCTETS);
        in.end();
        return new Reference(uri.substring(1), enveloped, digest);
    }

    /** The canonical form of what the Reference names, which is the root or its child and nothing else. */
    private static byte[] covered(SignedDocument document, Reference reference) {
        Element named = document.named(reference.id());
        if (named == document.root()) {
            if (!reference.enveloped()) {
                throw refused("the Reference names the root without the enveloped-signature transform");
            }
            return CanonicalXml.without(document.signature(), named);
        }
        if (reference.enveloped()) {
            throw refused("the Reference has a transform that does not belong there");
        }
        return CanonicalXml.of(named);
    }

    private static String keyName(Element keyInfo) {
        ChildElements in = children(keyInfo, "Id");
        Element name = in.take(NAMESPACE, "KeyName");
        in.end();
        String text = ChildElements.bareText(name, SIGNATURE_REQUIRED).strip();
        if (text.isEmpty()) {
            throw refused("KeyName is empty");
        }
        return text;
    }

    private static ChildElements children(Element parent, String... attributes) {
        ChildElements.onlyAttributes(parent, SIGNATURE_REQUIRED, attributes);
        return new ChildElements(parent, SIGNATURE_REQUIRED);
    }

    /** The Algorithm of an element that has nothing else: so neither HMACOutputLength nor parameters of a transform. */
    private static String algorithm(Element method) {
        children(method, "Algorithm").end();
        return method.getAttributeNS(null, "Algorithm");
    }

    private static void require(String algorithm, String only, String name) {
        if (!algorithm.equals(only)) {
            throw refused(name + " is not " + only);
        }
    }

    private static Octets octets(Element element, int length, String... attributes) {
        ChildElements.onlyAttributes(element, SIGNATURE_REQUIRED, attributes);
        try {
            byte[] octets = Base64.getDecoder()
                    .decode(ChildElements.text(element, SIGNATURE_REQUIRED).replaceAll("[ \t\r\n]", ""));
            if (octets.length == length) {
                return Octets.copyOf(octets);
            }
        } catch (IllegalArgumentException e) {
            throw new KmsException(SIGNATURE_REQUIRED, element.getLocalName() + " is not base64", e);
        }
        throw refused(element.getLocalName() + " does not have " + length + " octets");
    }

    static KmsException refused(String message) {
        return new KmsException(SIGNATURE_REQUIRED, "the signature is refused: " + message);
    }
}
