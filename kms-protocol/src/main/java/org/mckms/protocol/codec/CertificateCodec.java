package org.mckms.protocol.codec;

import static org.mckms.protocol.codec.ElementReader.malformed;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.Role;
import org.mckms.protocol.security.Sha256;
import org.mckms.protocol.security.XmlSignature;
import org.mckms.protocol.xml.ChildElements;
import org.mckms.protocol.xml.HardenedXml;
import org.mckms.protocol.xml.KmsSchema;
import org.w3c.dom.Element;

/** A KMS certificate as a document of its own (TS 33.180 clause D.3.2): SignedKmsCertificate, with or without a signature. */
public final class CertificateCodec {
    private static final String SIGNED = "SignedKmsCertificate";

    private CertificateCodec() {}

    /** Writes it without a signature. */
    public static byte[] encode(KmsCertificate certificate) {
        return XmlWriter.document(
                SIGNED, WireDialect.STANDARD, XmlWriter.xsi(), out -> CertificateXml.write(out, certificate));
    }

    /**
     * Writes it with a ds:Signature beside it: ecdsa-sha256 over the certificate, the signer's X.509 certificate in KeyInfo
     * (the way in which clause D.4.2 signs redirect responses).
     *
     * @param x509 the signer's certificate, DER
     * @param sign makes the 64 octets r || s over the octets given
     */
    public static byte[] encodeSigned(KmsCertificate certificate, byte[] x509, UnaryOperator<byte[]> sign) {
        return XmlWriter.document(SIGNED, WireDialect.STANDARD, Map.of(), out -> {
            MessageDigest digest = Sha256.begin();
            CertificateXml.write(out, certificate, SignatureXml.ID, digest::update);
            byte[] digestValue = digest.digest();
            out.element("Signature", XmlSignature.NAMESPACE, () -> {
                ByteArrayOutputStream signedInfo = new ByteArrayOutputStream();
                out.element(
                        "SignedInfo",
                        signedInfo::write,
                        () -> SignatureXml.signedInfo(out, XmlSignature.ECDSA_SHA256, digestValue));
                out.text("SignatureValue", SignatureXml.base64(sign.apply(signedInfo.toByteArray())));
                out.element(
                        "KeyInfo",
                        () -> out.element("X509Data", () -> out.text("X509Certificate", SignatureXml.base64(x509))));
            });
        });
    }

    /**
     * Reads a KmsCertificate or a SignedKmsCertificate, whose signature, if any, is not looked at.
     *
     * @throws KmsException MALFORMED_REQUEST if it is neither, has another role, or keys that are none
     */
    public static KmsCertificate read(byte[] octets, Role expected) {
        return read(HardenedXml.parse(octets).getDocumentElement(), expected);
    }

    /** As {@link #read(byte[], Role)}, of an element that was parsed before. */
    public static KmsCertificate read(Element element, Role expected) {
        try {
            if (ChildElements.is(element, KmsSchema.NAMESPACE, SIGNED)) {
                return CertificateXml.readSigned(element, expected);
            }
            if (ChildElements.is(element, KmsSchema.NAMESPACE, "KmsCertificate")) {
                return CertificateXml.read(element, expected);
            }
        } catch (MikeySakkeException e) {
            throw new KmsException(MALFORMED_REQUEST, e.getMessage(), e);
        }
        throw malformed("the document is no KmsCertificate of the KMS interface");
    }
}
