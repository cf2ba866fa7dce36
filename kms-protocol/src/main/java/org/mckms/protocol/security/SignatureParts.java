package org.mckms.protocol.security;

import static org.mckms.protocol.error.KmsErrorCode.SIGNATURE_REQUIRED;
import static org.mckms.protocol.security.XmlSignature.NAMESPACE;

import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.xml.CanonicalXml;
import org.mckms.protocol.xml.ChildElements;
import org.w3c.dom.Element;

/**
 * A ds:Signature with HMAC-SHA-256 and one Reference, read by strict rules that leave an attacker nothing to choose: every
 * element and attribute that may stand there is named here, everything else is refused. What the Reference may name is for
 * the reader of the document to say.
 *
 * @param keyName not empty
 * @param signedInfo SignedInfo in canonical form
 * @param value SignatureValue, 32 octets
 * @param uri of the Reference
 * @param transform the only one of the Reference, if it has any
 * @param digestValue SHA-256, 32 octets
 */
public record SignatureParts(
        String keyName, Octets signedInfo, Octets value, String uri, Optional<String> transform, Octets digestValue) {
    private static final Set<String> CANONICALIZATIONS = Set.of(XmlSignature.C14N, XmlSignature.C14N_WITH_COMMENTS);

    private record Reference(String uri, Optional<String> transform, Octets digestValue) {}

    /**
     * Reads a signature.
     *
     * @throws KmsException SIGNATURE_REQUIRED with one sentence if any rule is broken
     */
    public static SignatureParts read(Element signature) {
        ChildElements in = children(signature, "Id");
        Element signedInfo = in.take(NAMESPACE, "SignedInfo");
        Element signatureValue = in.take(NAMESPACE, "SignatureValue");
        String keyName = keyName(in.take(NAMESPACE, "KeyInfo"));
        in.end();
        Reference reference = signedInfo(signedInfo);
        return new SignatureParts(
                keyName,
                Octets.copyOf(CanonicalXml.of(signedInfo)),
                octets(signatureValue, HmacSha256.OCTETS, "Id"),
                reference.uri(),
                reference.transform(),
                reference.digestValue());
    }

    /** The signature, to be verified, over what the reader took for the thing that the Reference names. */
    public MessageSignature over(byte[] covered) {
        return new MessageSignature(keyName, signedInfo, value, Sha256.of(covered), digestValue);
    }

    /** A refusal of a signature. */
    public static KmsException refused(String message) {
        return new KmsException(SIGNATURE_REQUIRED, "the signature is refused: " + message);
    }

    /** Refuses another algorithm than the only one for something. */
    static void require(String algorithm, String only, String name) {
        if (!algorithm.equals(only)) {
            throw refused(name + " is not " + only);
        }
    }

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
        Optional<String> transform = Optional.empty();
        if (in.isNext(NAMESPACE, "Transforms")) {
            ChildElements transforms = children(in.take(NAMESPACE, "Transforms"));
            transform = Optional.of(algorithm(transforms.take(NAMESPACE, "Transform")));
            transforms.end();
        }
        require(algorithm(in.take(NAMESPACE, "DigestMethod")), XmlSignature.SHA256, "DigestMethod");
        Octets digest = octets(in.take(NAMESPACE, "DigestValue"), HmacSha256.OCTETS);
        in.end();
        return new Reference(reference.getAttributeNS(null, "URI"), transform, digest);
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
}
