package org.mckms.protocol.partner;

import static org.mckms.protocol.error.KmsErrorCode.INVALID_CERTIFICATE;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.mckms.protocol.cms.BundleSigner;
import org.mckms.protocol.codec.CertificateCodec;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.Role;
import org.mckms.protocol.security.XmlSignature;
import org.mckms.protocol.xml.ChildElements;
import org.mckms.protocol.xml.HardenedXml;
import org.mckms.protocol.xml.KmsSchema;
import org.w3c.dom.Element;

/**
 * The document in which a KMS certificate goes to a partner: SignedKmsCertificate with role External and, from us always, a
 * ds:Signature. TS 33.180 leaves the algorithm of that signature open; this is the one of clause D.4.2: ecdsa-sha256, inclusive
 * canonical XML, X.509 in KeyInfo.
 */
public final class PartnerCertificateDocument {
    private PartnerCertificateDocument() {}

    /** Writes a certificate as External, whatever its role here, signed. */
    public static byte[] write(KmsCertificate certificate, BundleSigner signer) {
        try {
            return CertificateCodec.encodeSigned(
                    asExternal(certificate),
                    signer.certificate().getEncoded(),
                    signedInfo -> EcdsaValue.plain(signer.sign(signedInfo)));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("the certificate of the signing key cannot be written", e);
        }
    }

    /** The same certificate in the role that it has for a partner. */
    public static KmsCertificate asExternal(KmsCertificate own) {
        return new KmsCertificate(
                Role.EXTERNAL,
                own.certUri(),
                own.kmsUri(),
                own.issuer(),
                own.validFrom(),
                own.validTo(),
                own.revoked(),
                own.schedule(),
                own.pubEncKey(),
                own.pubAuthKey(),
                own.domains(),
                own.securityGateway());
    }

    /**
     * Reads a partner's certificate, signed or not. Both points are on their curves and of the order that belongs there, the
     * user identifier format is 2 and the parameter set 1, the offset is below the period; a signature holds.
     *
     * @throws KmsException INVALID_CERTIFICATE with the first thing that is wrong in the certificate; SIGNATURE_REQUIRED if
     *     there is a signature that breaks a rule or does not hold; BODY_TOO_LARGE, MALFORMED_REQUEST if it is no such document
     */
    public static PartnerCertificate read(byte[] document) {
        Element root = HardenedXml.parse(document).getDocumentElement();
        if (ChildElements.is(root, KmsSchema.NAMESPACE, "KmsCertificate")) {
            CertificateSignature.refuseInside(root);
            return new PartnerCertificate(certificate(root), Optional.empty());
        }
        if (!ChildElements.is(root, KmsSchema.NAMESPACE, "SignedKmsCertificate")) {
            throw new KmsException(MALFORMED_REQUEST, "the document is no KmsCertificate of the KMS interface");
        }
        ChildElements in = new ChildElements(root, MALFORMED_REQUEST);
        Element element = in.take(KmsSchema.NAMESPACE, "KmsCertificate");
        CertificateSignature.refuseInside(element);
        Optional<X509Certificate> signer = Optional.empty();
        if (in.isNext(XmlSignature.NAMESPACE, "Signature")) {
            Element signature = in.take(XmlSignature.NAMESPACE, "Signature");
            signer = Optional.of(new CertificateSignature(root, element, signature).verifiedSigner());
        }
        in.end();
        return new PartnerCertificate(certificate(element), signer);
    }

    private static KmsCertificate certificate(Element element) {
        try {
            return CertificateCodec.read(element, Role.EXTERNAL);
        } catch (KmsException e) {
            throw e.code() == MALFORMED_REQUEST ? new KmsException(INVALID_CERTIFICATE, e.getMessage(), e) : e;
        }
    }
}
