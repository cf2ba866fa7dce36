package org.mckms.protocol.partner;

import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.codec.CertificateCodec;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.security.Sha256;

/**
 * A partner's certificate as it was received.
 *
 * @param certificate role External
 * @param signer the X.509 certificate in the document, whose key signed it; that the signature holds was checked, whether
 *     the signer is to be trusted is for people to say; empty if the document is not signed
 */
public record PartnerCertificate(KmsCertificate certificate, Optional<X509Certificate> signer) {
    public PartnerCertificate {
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(signer, "signer");
    }

    /**
     * What two people read to each other before an import: SHA-256 over the certificate as {@link CertificateCodec#encode}
     * writes it, so independent of white space, signature and order in the document; 32 octets.
     */
    public Octets fingerprint() {
        return fingerprint(certificate);
    }

    /** The fingerprint of a certificate that was not received but is held. */
    public static Octets fingerprint(KmsCertificate certificate) {
        return Sha256.of(CertificateCodec.encode(certificate));
    }
}
