package org.mckms.mikeysakke.eccsi;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretScalar;

/** A source of randomness that always says the same must not give the SSK away, as one j for two messages would. */
class EccsiNonceTest {
    private static final Octets IDENTITY = Octets.ofAscii("alice");
    private static final byte[] ONE_MESSAGE = {1, 2, 3};
    private static final byte[] OTHER_MESSAGE = {1, 2, 4};

    private final EccsiVerifier verifier = new EccsiVerifier(Fixtures.KPAK);

    @Test
    void takesAnotherScalarForAnotherMessage() {
        EccsiSigner stuck = signer(0x1234, new StuckRandom());

        EccsiSignature one = stuck.sign(ONE_MESSAGE);
        EccsiSignature other = stuck.sign(OTHER_MESSAGE);
        List<EccsiSignature> batch = stuck.signAll(List.of(ONE_MESSAGE, OTHER_MESSAGE));

        assertThat(other.r()).isNotEqualTo(one.r());
        assertThat(batch.get(0).r()).isNotEqualTo(batch.get(1).r());
        assertThat(verifier.verify(IDENTITY, ONE_MESSAGE, one)).isTrue();
        assertThat(verifier.verify(IDENTITY, OTHER_MESSAGE, other)).isTrue();
    }

    @Test
    void takesAnotherScalarForAnotherKey() {
        EccsiSignature one = signer(0x1234, new StuckRandom()).sign(ONE_MESSAGE);
        EccsiSignature other = signer(0x1235, new StuckRandom()).sign(ONE_MESSAGE);

        assertThat(other.r()).isNotEqualTo(one.r());
    }

    /** A key with the identity of another user: the signatures do not verify, but HE differs as for another message. */
    @Test
    void takesAnotherScalarForAnotherIdentity() {
        EccsiSignature one = signer(0x1234, new StuckRandom()).sign(ONE_MESSAGE);
        EccsiSignature other =
                signer(0x1234, Octets.ofAscii("bob"), new StuckRandom()).sign(ONE_MESSAGE);

        assertThat(other.r()).isNotEqualTo(one.r());
    }

    @Test
    void takesAnotherScalarEachTimeFromASoundSource() {
        EccsiSigner signer = signer(0x1234, Fixtures.seeded(7));

        assertThat(signer.sign(ONE_MESSAGE).r())
                .isNotEqualTo(signer.sign(ONE_MESSAGE).r());
    }

    private static EccsiSigner signer(int v, SecureRandom random) {
        return signer(v, IDENTITY, random);
    }

    /** With the key of {@link #IDENTITY}, whoever is said to sign. */
    private static EccsiSigner signer(int v, Octets identity, SecureRandom random) {
        byte[] octets = new byte[32];
        octets[30] = (byte) (v >>> 8);
        octets[31] = (byte) v;
        try (KmsSecretAuthenticationKey ksak = Fixtures.ksak();
                SecretScalar scalar = SecretScalar.takeFrom(octets)) {
            PublicValidationToken pvt = EccsiExtraction.pvt(scalar);
            SecretSigningKey ssk = EccsiExtraction.ssk(ksak, EccsiExtraction.hs(Fixtures.KPAK, IDENTITY, pvt), scalar);
            return new EccsiSigner(identity, ssk, pvt, Fixtures.KPAK, random);
        }
    }

    private static final class StuckRandom extends SecureRandom {
        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 1);
        }
    }
}
