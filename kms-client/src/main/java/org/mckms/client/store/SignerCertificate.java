package org.mckms.client.store;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.mckms.mikeysakke.Octets;

/** The X.509 certificate out of its DER encoding. */
final class SignerCertificate {
    private SignerCertificate() {}

    static X509Certificate of(Octets der) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der.toByteArray()));
        } catch (CertificateException e) {
            throw SecretReader.damaged(e);
        }
    }
}
