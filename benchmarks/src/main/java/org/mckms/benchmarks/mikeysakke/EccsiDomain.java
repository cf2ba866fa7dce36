package org.mckms.benchmarks.mikeysakke;

import java.security.SecureRandom;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiExtraction;
import org.mckms.mikeysakke.eccsi.EccsiSigner;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.secret.SecretScalar;

/** A KMS with a random KSAK, and its signers. */
final class EccsiDomain {
    private static final int SCALAR_OCTETS = 32;
    private static final int IDENTITY_OCTETS = 32;

    private final SecureRandom random;
    private final KmsSecretAuthenticationKey ksak;
    private final KmsPublicAuthenticationKey kpak;

    /** Somebody who can sign. */
    record Signer(Octets identity, EccsiSigner signer) {}

    /** What the KMS gives to a signer. */
    static final class Key {
        private final SecretSigningKey ssk;
        private final PublicValidationToken pvt;

        Key(SecretSigningKey ssk, PublicValidationToken pvt) {
            this.ssk = ssk;
            this.pvt = pvt;
        }

        SecretSigningKey ssk() {
            return ssk;
        }

        PublicValidationToken pvt() {
            return pvt;
        }
    }

    EccsiDomain(SecureRandom random) {
        this.random = random;
        this.ksak = KmsSecretAuthenticationKey.takeFrom(scalar());
        this.kpak = ksak.publicKey();
    }

    KmsPublicAuthenticationKey kpak() {
        return kpak;
    }

    Key extract(Octets identity) {
        try (SecretScalar v = SecretScalar.takeFrom(scalar())) {
            PublicValidationToken pvt = EccsiExtraction.pvt(v);
            return new Key(EccsiExtraction.ssk(ksak, EccsiExtraction.hs(kpak, identity, pvt), v), pvt);
        }
    }

    Signer signer() {
        byte[] octets = new byte[IDENTITY_OCTETS];
        random.nextBytes(octets);
        Octets identity = Octets.copyOf(octets);
        Key key = extract(identity);
        return new Signer(identity, new EccsiSigner(identity, key.ssk(), key.pvt(), kpak, random));
    }

    /** 32 random octets below the order of P-256, which begins with 32 bits set. */
    private byte[] scalar() {
        byte[] scalar = new byte[SCALAR_OCTETS];
        random.nextBytes(scalar);
        scalar[0] &= 0x7f;
        return scalar;
    }
}
