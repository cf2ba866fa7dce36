package org.mckms.protocol.cms;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;

/** A {@link BundleSigner} as Bouncy Castle wants it. */
final class BundleContentSigner implements ContentSigner {
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final BundleSigner signer;

    BundleContentSigner(BundleSigner signer) {
        this.signer = signer;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    @Override
    public OutputStream getOutputStream() {
        return message;
    }

    @Override
    public byte[] getSignature() {
        return signer.sign(message.toByteArray());
    }
}
