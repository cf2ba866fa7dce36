package org.mckms.protocol.partner;

import static org.mckms.protocol.error.KmsErrorCode.SIGNATURE_REQUIRED;
import static org.mckms.protocol.security.XmlSignature.NAMESPACE;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cms.AsnFaults;
import org.mckms.protocol.cms.DerShape;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.security.Sha256;
import org.mckms.protocol.security.XmlSignature;
import org.mckms.protocol.xml.CanonicalXml;
import org.mckms.protocol.xml.ChildElements;
import org.mckms.protocol.xml.HardenedXml;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The ds:Signature of a SignedKmsCertificate, read by rules that name everything that may stand there: one Reference to the
 * certificate beside it (no transform) or to the root (enveloped-signature), SHA-256, ECDSA on P-256, one X.509 certificate.
 */
final class CertificateSignature {
    private static final int DIGEST_OCTETS = 32;
    private static final int MAX_X509_OCTETS = 8192;

    private final Element root;
    private final Element certificate;
    private final Element signature;

    CertificateSignature(Element root, Element certificate, Element signature) {
        this.root = root;
        this.certificate = certificate;
        this.signature = signature;
    }

    /** Refuses a certificate with a signature somewhere in it, which would sign nothing. */
    static void refuseInside(Element element) {
        if (ChildElements.is(element, NAMESPACE, "Signature")) {
            throw refused("a signature stands where it signs nothing");
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                refuseInside(inner);
            }
        }
    }

    /** The signer's certificate, if the signature holds. */
    X509Certificate verifiedSigner() {
        if (HardenedXml.hasComments(root.getOwnerDocument())) {
            throw refused("a signed document has no comments");
        }
        ChildElements in = children(signature, "Id");
        Element signedInfo = in.take(NAMESPACE, "SignedInfo");
        byte[] value = octets(in.take(NAMESPACE, "SignatureValue"), "Id");
        X509Certificate signer = signer(in.take(NAMESPACE, "KeyInfo"));
        in.end();
        Reference reference = signedInfo(signedInfo);
        boolean digestHolds = MessageDigest.isEqual(
                Sha256.of(covered(reference)).toByteArray(), reference.digest().toByteArray());
        if (value.length != EcdsaValue.OCTETS || !digestHolds || !verifies(signedInfo, value, signer)) {
            throw refused("it does not hold");
        }
        return signer;
    }

    private record Reference(String id, boolean enveloped, Octets digest) {}

    private static Reference signedInfo(Element signedInfo) {
        ChildElements in = children(signedInfo, "Id");
        require(algorithm(in.take(NAMESPACE, "CanonicalizationMethod")), XmlSignature.C14N);
        require(algorithm(in.take(NAMESPACE, "SignatureMethod")), XmlSignature.ECDSA_SHA256);
        Element reference = in.take(NAMESPACE, "Reference");
        in.end();
        ChildElements parts = children(reference, "Id", "URI");
        String uri = reference.getAttributeNS(null, "URI");
        boolean enveloped = parts.isNext(NAMESPACE, "Transforms");
        if (enveloped) {
            ChildElements transforms = children(parts.take(NAMESPACE, "Transforms"));
            require(algorithm(transforms.take(NAMESPACE, "Transform")), XmlSignature.ENVELOPED);
            transforms.end();
        }
        require(algorithm(parts.take(NAMESPACE, "DigestMethod")), XmlSignature.SHA256);
        byte[] digest = octets(parts.take(NAMESPACE, "DigestValue"));
        parts.end();
        if (uri.length() < 2 || uri.charAt(0) != '#' || digest.length != DIGEST_OCTETS) {
            throw refused("the Reference is not # and an Id with a digest of SHA-256");
        }
        return new Reference(uri.substring(1), enveloped, Octets.copyOf(digest));
    }

    /** What the Reference names: there are two places for an Id, and it must stand in exactly one of them. */
    private byte[] covered(Reference reference) {
        boolean namesRoot = reference.id().equals(root.getAttributeNS(null, "Id"));
        boolean namesCertificate = reference.id().equals(certificate.getAttributeNS(null, "Id"));
        if (namesRoot == namesCertificate || namesRoot != reference.enveloped() || hasId(reference.id(), certificate)) {
            throw refused("the Reference does not name the certificate or, with enveloped-signature, the root alone");
        }
        return namesRoot ? CanonicalXml.without(signature, root) : CanonicalXml.of(certificate);
    }

    /** Whether something inside an element has this Id. */
    private static boolean hasId(String id, Element element) {
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner && (id.equals(inner.getAttributeNS(null, "Id")) || hasId(id, inner))) {
                return true;
            }
        }
        return false;
    }

    private static X509Certificate signer(Element keyInfo) {
        ChildElements in = children(keyInfo, "Id");
        ChildElements data = children(in.take(NAMESPACE, "X509Data"));
        byte[] der = octets(data.take(NAMESPACE, "X509Certificate"));
        data.end();
        in.end();
        try {
            DerShape.check(der, MAX_X509_OCTETS);
            X509Certificate signer = AsnFaults.asMalformed(() -> (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
            return requireP256(signer);
        } catch (KmsException e) {
            throw new KmsException(
                    SIGNATURE_REQUIRED, "the signature is refused: it has no X.509 certificate on P-256", e);
        }
    }

    private static X509Certificate requireP256(X509Certificate signer) {
        if (signer.getPublicKey() instanceof ECPublicKey key
                && X9ObjectIdentifiers.prime256v1.equals(SubjectPublicKeyInfo.getInstance(key.getEncoded())
                        .getAlgorithm()
                        .getParameters())) {
            return signer;
        }
        throw refused("the key of the X.509 certificate is not on P-256");
    }

    private static boolean verifies(Element signedInfo, byte[] value, X509Certificate signer) {
        try {
            Signature ecdsa = Signature.getInstance("SHA256withECDSAinP1363Format");
            ecdsa.initVerify(signer.getPublicKey());
            ecdsa.update(CanonicalXml.of(signedInfo));
            return ecdsa.verify(value);
        } catch (GeneralSecurityException e) {
            throw new KmsException(SIGNATURE_REQUIRED, "the signature is refused: it cannot be verified", e);
        }
    }

    private static ChildElements children(Element parent, String... attributes) {
        ChildElements.onlyAttributes(parent, SIGNATURE_REQUIRED, attributes);
        return new ChildElements(parent, SIGNATURE_REQUIRED);
    }

    private static String algorithm(Element method) {
        children(method, "Algorithm").end();
        return method.getAttributeNS(null, "Algorithm");
    }

    private static void require(String algorithm, String only) {
        if (!algorithm.equals(only)) {
            throw refused("an algorithm is not " + only);
        }
    }

    private static byte[] octets(Element element, String... attributes) {
        ChildElements.onlyAttributes(element, SIGNATURE_REQUIRED, attributes);
        try {
            return Base64.getDecoder()
                    .decode(ChildElements.text(element, SIGNATURE_REQUIRED).replaceAll("[ \t\r\n]", ""));
        } catch (IllegalArgumentException e) {
            throw new KmsException(
                    SIGNATURE_REQUIRED, "the signature is refused: " + element.getLocalName() + " is not base64", e);
        }
    }

    private static KmsException refused(String message) {
        return new KmsException(SIGNATURE_REQUIRED, "the signature is refused: " + message);
    }
}
