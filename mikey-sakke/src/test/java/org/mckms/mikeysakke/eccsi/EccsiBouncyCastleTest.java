package org.mckms.mikeysakke.eccsi;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECCSIKeyPairGenerator;
import org.bouncycastle.crypto.params.ECCSIKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECCSIPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECCSIPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.ECCSISigner;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.Octets;

/** Keys and signatures of Bouncy Castle, with code of its own for all of ECCSI, are good here, and ours are good there. */
class EccsiBouncyCastleTest {
    private static final X9ECParameters P256 = CustomNamedCurves.getByName("P-256");
    private static final long FIRST_SEED = 1860;
    private static final int ROUNDS = 50;

    @Test
    void agreesWithBouncyCastle() throws CryptoException {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + ROUNDS; seed++) {
            Round round = new Round(seed);
            EccsiSignature ours =
                    new EccsiSigner(round.identity, round.ssk, round.pvt, round.kpak, round.random).sign(round.message);
            EccsiSignature theirs = new EccsiSignature(Octets.copyOf(round.sign()));
            EccsiVerifier verifier = new EccsiVerifier(round.kpak);

            assertThat(EccsiKeyCheck.isValid(round.identity, round.ssk, round.pvt, round.kpak))
                    .as("key, seed %d", seed)
                    .isTrue();
            assertThat(round.verifies(ours)).as("ours, seed %d", seed).isTrue();
            assertThat(verifier.verify(round.identity, round.message, theirs))
                    .as("theirs, seed %d", seed)
                    .isTrue();
            int bit = round.random.nextInt(512);
            EccsiSignature altered = new EccsiSignature(Fixtures.flipped(ours.octets(), 8 * 65 + bit));
            assertThat(round.verifies(altered)).as("bit %d, seed %d", bit, seed).isFalse();
            assertThat(verifier.verify(round.identity, round.message, altered))
                    .as("bit %d, seed %d", bit, seed)
                    .isFalse();
        }
    }

    /** A key pair of Bouncy Castle, whose KMS lives as long as its parameters. */
    private static final class Round {
        private final SecureRandom random;
        private final Octets identity;
        private final byte[] message;
        private final ECPoint theirKpak;
        private final AsymmetricCipherKeyPair theirs;
        private final KmsPublicAuthenticationKey kpak;
        private final PublicValidationToken pvt;
        private final SecretSigningKey ssk;

        Round(long seed) {
            random = Fixtures.seeded(seed);
            identity = Octets.copyOf(Fixtures.bytes(random, 32));
            message = Fixtures.bytes(random, random.nextInt(300));
            ECCSIKeyGenerationParameters parameters =
                    new ECCSIKeyGenerationParameters(random, P256, new SHA256Digest(), identity.toByteArray());
            ECCSIKeyPairGenerator generator = new ECCSIKeyPairGenerator();
            generator.init(parameters);
            theirs = generator.generateKeyPair();
            theirKpak = parameters.getKPAK();
            kpak = new KmsPublicAuthenticationKey(Octets.copyOf(theirKpak.getEncoded(false)));
            pvt = new PublicValidationToken(Octets.copyOf(
                    ((ECCSIPublicKeyParameters) theirs.getPublic()).getPVT().getEncoded(false)));
            BigInteger secret = ((ECCSIPrivateKeyParameters) theirs.getPrivate()).getSSK();
            ssk = SecretSigningKey.takeFrom(
                    Octets.fromHex(String.format("%064X", secret)).toByteArray());
        }

        private ECCSISigner signer() {
            return new ECCSISigner(theirKpak, P256, new SHA256Digest(), identity.toByteArray());
        }

        byte[] sign() throws CryptoException {
            ECCSISigner signer = signer();
            signer.init(true, new ParametersWithRandom(theirs.getPrivate(), random));
            signer.update(message, 0, message.length);
            return signer.generateSignature();
        }

        boolean verifies(EccsiSignature signature) {
            ECCSISigner verifier = signer();
            verifier.init(false, theirs.getPublic());
            verifier.update(message, 0, message.length);
            return verifier.verifySignature(signature.octets().toByteArray());
        }
    }
}
