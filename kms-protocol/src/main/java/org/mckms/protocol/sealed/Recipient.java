package org.mckms.protocol.sealed;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.cms.RecipientInfo;

/** Who may open a registration file: whoever knows a passphrase, or holds the private key of a certificate. */
public abstract sealed class Recipient implements AutoCloseable permits PassphraseRecipient, CertificateRecipient {
    Recipient() {}

    /**
     * Whoever knows the passphrase.
     *
     * @param passphrase copied; the caller wipes it
     * @throws org.mckms.protocol.error.KmsException WEAK_PASSPHRASE with the reason if it is not a strong one
     */
    public static Recipient passphrase(char[] passphrase) {
        return new PassphraseRecipient(passphrase);
    }

    /**
     * The holder of a key: RSA of 3072 bits or more, or EC on P-256 or P-384.
     *
     * @throws org.mckms.protocol.error.KmsException INVALID_CERTIFICATE if it has another key
     */
    public static Recipient certificate(X509Certificate certificate) {
        return new CertificateRecipient(certificate);
    }

    /** The content key wrapped for this recipient. */
    abstract RecipientInfo wrap(byte[] contentKey, SecureRandom random);

    /** Wipes the passphrase. */
    @Override
    public abstract void close();
}
