package org.mckms.protocol.sealed;

import static org.mckms.protocol.error.KmsErrorCode.INVALID_CERTIFICATE;

import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.mckms.protocol.error.KmsException;

/** Wraps the content key for the key of a certificate. */
final class CertificateRecipient extends Recipient {
    /** TrK and InK serve for years: 3072 bits have the strength of P-256. */
    private static final int MIN_RSA_BITS = 3072;

    private static final List<ASN1ObjectIdentifier> CURVES =
            List.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1);

    private final X509Certificate certificate;

    CertificateRecipient(X509Certificate certificate) {
        if (!isStrong(certificate.getPublicKey())) {
            throw new KmsException(
                    INVALID_CERTIFICATE,
                    "the recipient's key is neither RSA of 3072 bits or more nor EC on P-256 or P-384");
        }
        this.certificate = certificate;
    }

    private static boolean isStrong(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength() >= MIN_RSA_BITS;
        }
        return key instanceof ECPublicKey
                && CURVES.contains(SubjectPublicKeyInfo.getInstance(key.getEncoded())
                        .getAlgorithm()
                        .getParameters());
    }

    @Override
    RecipientInfo wrap(byte[] contentKey, SecureRandom random) {
        return certificate.getPublicKey() instanceof RSAPublicKey
                ? new RecipientInfo(RsaWrap.wrap(contentKey, certificate, random))
                : new RecipientInfo(EcdhWrap.wrap(contentKey, certificate, random));
    }

    @Override
    public void close() {
        // a certificate is no secret
    }
}
