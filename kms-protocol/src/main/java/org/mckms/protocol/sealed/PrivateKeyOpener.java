package org.mckms.protocol.sealed;

import static org.mckms.protocol.error.KmsErrorCode.WRONG_RECIPIENT;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.cms.KeyAgreeRecipientInfo;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.mckms.protocol.error.KmsException;

/** Opens what {@link CertificateRecipient} wrapped. */
final class PrivateKeyOpener extends Opener {
    private final PrivateKey key;
    private final X509Certificate certificate;

    PrivateKeyOpener(PrivateKey key, X509Certificate certificate) {
        this.key = Objects.requireNonNull(key, "key");
        this.certificate = Objects.requireNonNull(certificate, "certificate");
    }

    @Override
    byte[] unwrap(RecipientInfo recipient) throws IOException {
        ASN1Encodable info = recipient.getInfo();
        try {
            if (info instanceof KeyTransRecipientInfo transported) {
                return RsaWrap.unwrap(transported, key, certificate);
            }
            if (info instanceof KeyAgreeRecipientInfo agreed) {
                return EcdhWrap.unwrap(agreed, key, certificate);
            }
        } catch (GeneralSecurityException e) {
            throw new KmsException(WRONG_RECIPIENT, "the private key does not open the file", e);
        }
        throw new KmsException(WRONG_RECIPIENT, "the file is sealed by a passphrase, not for a key");
    }

    @Override
    public void close() {
        // the key is the caller's
    }
}
