package org.mckms.protocol.sealed;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.cms.RecipientInfo;

/** What opens a registration file: its passphrase, or the private key that it was sealed for. */
public abstract sealed class Opener implements AutoCloseable permits PassphraseOpener, PrivateKeyOpener {
    Opener() {}

    /** Opens with the passphrase; it is copied, the caller wipes his. */
    public static Opener passphrase(char[] passphrase) {
        return new PassphraseOpener(passphrase);
    }

    /** Opens with the private key of a certificate; the key may live in a token. */
    public static Opener privateKey(PrivateKey key, X509Certificate certificate) {
        return new PrivateKeyOpener(key, certificate);
    }

    /** Takes the content key out, which the caller wipes; a KmsException WRONG_RECIPIENT or a security exception if it cannot. */
    abstract byte[] unwrap(RecipientInfo recipient) throws GeneralSecurityException, IOException;

    /** Wipes the passphrase. */
    @Override
    public abstract void close();
}
