package org.mckms.benchmarks.bouncycastle;

import java.security.SecureRandom;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECCSIKeyPairGenerator;
import org.bouncycastle.crypto.params.ECCSIKeyGenerationParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.ECCSISigner;
import org.bouncycastle.math.ec.ECPoint;

/**
 * One ECCSI key in Bouncy Castle, on the curve implementation that is its fastest for P-256. Its key generation parameters make a new
 * KSAK for each identity, so signer and KMS are one.
 */
final class BouncyCastleSigner {
    private static final X9ECParameters P256 = CustomNamedCurves.getByName("P-256");

    private final SecureRandom random;
    private final byte[] identity;
    private final ECPoint kpak;
    private final ECCSIKeyPairGenerator generator = new ECCSIKeyPairGenerator();
    private final AsymmetricCipherKeyPair key;

    BouncyCastleSigner(byte[] identity, SecureRandom random) {
        this.random = random;
        this.identity = identity;
        ECCSIKeyGenerationParameters parameters =
                new ECCSIKeyGenerationParameters(random, P256, new SHA256Digest(), identity);
        kpak = parameters.getKPAK();
        generator.init(parameters);
        key = generator.generateKeyPair();
    }

    /** PVT and SSK of another v. */
    AsymmetricCipherKeyPair extract() {
        return generator.generateKeyPair();
    }

    byte[] sign(byte[] message) {
        ECCSISigner signer = new ECCSISigner(kpak, P256, new SHA256Digest(), identity);
        signer.init(true, new ParametersWithRandom(key.getPrivate(), random));
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean verify(byte[] message, byte[] signature) {
        ECCSISigner verifier = new ECCSISigner(kpak, P256, new SHA256Digest(), identity);
        verifier.init(false, key.getPublic());
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }
}
