package org.mckms.protocol.codec;

import static org.mckms.protocol.codec.ElementReader.malformed;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.Role;
import org.mckms.protocol.xml.ChildElements;
import org.mckms.protocol.xml.HardenedXml;
import org.mckms.protocol.xml.KmsSchema;
import org.w3c.dom.Element;

/** A KMS certificate as a document of its own (TS 33.180 clause D.3.2): SignedKmsCertificate without a signature. */
public final class CertificateCodec {
    private CertificateCodec() {}

    /** Writes it. */
    public static byte[] encode(KmsCertificate certificate) {
        return XmlWriter.document(
                "SignedKmsCertificate",
                WireDialect.STANDARD,
                XmlWriter.xsi(),
                out -> CertificateXml.write(out, certificate));
    }

    /**
     * Reads a KmsCertificate or a SignedKmsCertificate, whose signature, if any, is not looked at.
     *
     * @throws KmsException MALFORMED_REQUEST if it is neither, has another role, or keys that are none
     */
    public static KmsCertificate read(byte[] octets, Role expected) {
        Element root = HardenedXml.parse(octets).getDocumentElement();
        try {
            if (ChildElements.is(root, KmsSchema.NAMESPACE, "SignedKmsCertificate")) {
                return CertificateXml.readSigned(root, expected);
            }
            if (ChildElements.is(root, KmsSchema.NAMESPACE, "KmsCertificate")) {
                return CertificateXml.read(root, expected);
            }
        } catch (MikeySakkeException e) {
            throw new KmsException(MALFORMED_REQUEST, e.getMessage(), e);
        }
        throw malformed("the document is no KmsCertificate of the KMS interface");
    }
}
