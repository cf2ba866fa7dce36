package org.mckms.protocol.sealed;

import static org.mckms.protocol.error.KmsErrorCode.WRONG_RECIPIENT;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.RecipientKeyIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.mckms.protocol.error.KmsException;

/** How a recipient is named in a file: by issuer and serial number, or by the identifier of the key. */
final class CertificateNames {
    private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";

    private CertificateNames() {}

    static IssuerAndSerialNumber issuerAndSerial(X509Certificate certificate) {
        return new IssuerAndSerialNumber(
                X500Name.getInstance(certificate.getIssuerX500Principal().getEncoded()), certificate.getSerialNumber());
    }

    /** Requires that a file names this certificate. */
    static void requireSame(ASN1Encodable named, X509Certificate certificate) {
        if (!same(named, certificate)) {
            throw new KmsException(WRONG_RECIPIENT, "the file is sealed for another certificate");
        }
    }

    private static boolean same(ASN1Encodable named, X509Certificate certificate) {
        if (named instanceof RecipientKeyIdentifier byKey) {
            return same(byKey.getSubjectKeyIdentifier(), certificate);
        }
        if (named instanceof ASN1OctetString identifier) {
            byte[] extension = certificate.getExtensionValue(SUBJECT_KEY_IDENTIFIER);
            return extension != null
                    && Arrays.equals(
                            ASN1OctetString.getInstance(ASN1OctetString.getInstance(extension)
                                            .getOctets())
                                    .getOctets(),
                            identifier.getOctets());
        }
        return issuerAndSerial(certificate).equals(IssuerAndSerialNumber.getInstance(named));
    }
}
