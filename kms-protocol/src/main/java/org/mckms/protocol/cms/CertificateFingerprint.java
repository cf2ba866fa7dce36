package org.mckms.protocol.cms;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import org.mckms.mikeysakke.Octets;

/** SHA-256 of a certificate in DER: how people compare certificates. */
public final class CertificateFingerprint {
    private CertificateFingerprint() {}

    /** The 32 octets. */
    public static Octets of(X509Certificate certificate) {
        try {
            return Octets.copyOf(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate cannot be hashed", e);
        }
    }
}
