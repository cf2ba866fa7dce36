package org.mckms.mikeysakke.eccsi;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretScalar;

/** Random keys and messages; a failure names the seed of its round. */
class EccsiPropertyTest {
    private static final long FIRST_SEED = 6507;

    @Test
    void verifiesWhatItSignedAndNothingElse() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + Fixtures.roundTrips(); seed++) {
            Round round = new Round(seed);
            EccsiVerifier verifier = new EccsiVerifier(round.kpak);
            Octets signature = round.signature.octets();
            int bit = round.random.nextInt(8 * EccsiSignature.OCTETS);
            EccsiSignature altered = new EccsiSignature(Fixtures.flipped(signature, bit));
            Octets otherIdentity = Fixtures.flipped(round.identity, round.random.nextInt(8 * round.identity.size()));
            byte[] otherMessage =
                    Octets.copyOf(round.message).concat(Octets.fromHex("00")).toByteArray();

            assertThat(EccsiKeyCheck.isValid(round.identity, round.ssk, round.pvt, round.kpak))
                    .as("key check, seed %d", seed)
                    .isTrue();
            assertThat(verifier.verify(round.identity, round.message, round.signature))
                    .as("seed %d", seed)
                    .isTrue();
            assertThat(verifier.verify(round.identity, round.message, altered))
                    .as("bit %d flipped, seed %d", bit, seed)
                    .isFalse();
            assertThat(verifier.verify(otherIdentity, round.message, round.signature))
                    .as("identity, seed %d", seed)
                    .isFalse();
            assertThat(verifier.verify(round.identity, otherMessage, round.signature))
                    .as("message, seed %d", seed)
                    .isFalse();
        }
    }

    /** With key Y, hash HE and s inverted, an ECCSI signature is one of ECDSA, which the JDK verifies with code of its own. */
    @Test
    void agreesWithTheEcdsaOfTheJdk() throws GeneralSecurityException {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + Fixtures.roundTrips(); seed++) {
            Round round = new Round(seed);
            Octets hs = EccsiExtraction.hs(round.kpak, round.identity, round.pvt);
            Octets he = EccsiSigner.he(hs, round.signature.r(), round.message);

            assertThat(ecdsaVerifies(round, hs, he)).as("seed %d", seed).isTrue();
            assertThat(ecdsaVerifies(round, hs, Fixtures.flipped(he, round.random.nextInt(256))))
                    .as("another HE, seed %d", seed)
                    .isFalse();
        }
    }

    private static boolean ecdsaVerifies(Round round, Octets hs, Octets he) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        ECParameterSpec p256 = parameters.getParameterSpec(ECParameterSpec.class);
        Octets y = Octets.copyOf(
                new EccsiVerifier(round.kpak).verificationKey(hs, round.pvt).encode());
        ECPoint point = new ECPoint(integer(y.slice(1, 33)), integer(y.slice(33, 65)));
        PublicKey key = KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, p256));
        BigInteger sInverse = integer(round.signature.s()).modInverse(p256.getOrder());
        Signature ecdsa = Signature.getInstance("NONEwithECDSAinP1363Format");
        ecdsa.initVerify(key);
        ecdsa.update(he.toByteArray());
        return ecdsa.verify(round.signature
                .r()
                .concat(Octets.fromHex(String.format("%064x", sInverse)))
                .toByteArray());
    }

    private static BigInteger integer(Octets octets) {
        return new BigInteger(octets.toHex(), 16);
    }

    /** Master, user and message made from one seed; every fourth round has an edge among its identities or messages. */
    private static final class Round {
        private final SecureRandom random;
        private final Octets identity;
        private final byte[] message;
        private final KmsPublicAuthenticationKey kpak;
        private final PublicValidationToken pvt;
        private final SecretSigningKey ssk;
        private final EccsiSignature signature;

        Round(long seed) {
            random = Fixtures.seeded(seed);
            identity = identity(seed);
            message = seed % 8 == 0 ? new byte[0] : Fixtures.bytes(random, random.nextInt(500));
            try (KmsSecretAuthenticationKey ksak = KmsSecretAuthenticationKey.takeFrom(scalar());
                    SecretScalar v = SecretScalar.takeFrom(scalar())) {
                kpak = ksak.publicKey();
                pvt = EccsiExtraction.pvt(v);
                ssk = EccsiExtraction.ssk(ksak, EccsiExtraction.hs(kpak, identity, pvt), v);
            }
            signature = new EccsiSigner(identity, ssk, pvt, kpak, random).sign(message);
        }

        private Octets identity(long seed) {
            byte[] octets = Fixtures.bytes(random, 32);
            return switch ((int) (seed % 4)) {
                case 0 -> Octets.copyOf(octets).slice(0, 1);
                case 1 -> Octets.copyOf(octets);
                case 2 -> Octets.fromHex("FFFF").concat(Octets.copyOf(octets).slice(2, 32));
                default -> Octets.fromHex("0000").concat(Octets.copyOf(octets).slice(2, 32));
            };
        }

        /** 31 random octets, so below q. */
        private byte[] scalar() {
            byte[] octets = Fixtures.bytes(random, 32);
            octets[0] = 0;
            return octets;
        }
    }
}
