package org.mckms.client;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import org.mckms.protocol.cms.BundleSigner;

/** Signs registration files and bundles with a key in memory, in place of the token of a KMS. */
public record TestSigner(TestPki.Holder holder) implements BundleSigner {
    public static TestSigner of(TestPki pki) {
        return new TestSigner(pki.issue("bundles of kms.example.org"));
    }

    @Override
    public X509Certificate certificate() {
        return holder.certificate();
    }

    /** The certificate in PEM. */
    public String pem() {
        try {
            return TestPki.pem("CERTIFICATE", certificate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(holder.key());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
