package org.mckms.kms.application;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.mckms.kms.domain.TokenServices;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cms.BundleSigner;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Signs files with {@code kms.sign.bundle}. Made anew for each piece of work: the token may be another one next time. */
final class TokenBundleSigner implements BundleSigner {

    private final TokenServices tokens;
    private final X509Certificate certificate;

    private TokenBundleSigner(TokenServices tokens, X509Certificate certificate) {
        this.tokens = tokens;
        this.certificate = certificate;
    }

    /** Asks the token for the certificate. */
    static TokenBundleSigner of(TokenServices tokens) {
        try {
            return new TokenBundleSigner(tokens, (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(tokens.bundleCertificateDer())));
        } catch (CertificateException e) {
            throw new KmsException(
                    KmsErrorCode.HSM_UNAVAILABLE, "the certificate of kms.sign.bundle on the token cannot be read", e);
        }
    }

    @Override
    public X509Certificate certificate() {
        return certificate;
    }

    @Override
    public byte[] sign(byte[] message) {
        return tokens.signBundle(Octets.copyOf(message)).toByteArray();
    }
}
