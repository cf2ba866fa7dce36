package org.mckms.mikeysakke.eccsi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.curve.P256Point;
import org.mckms.mikeysakke.secret.SecretScalar;

class KnownSignersTest {
    private static final byte[] MESSAGE = {1, 2, 3};

    private final AtomicInteger tables = new AtomicInteger();

    private P256Point key() {
        tables.incrementAndGet();
        return Fixtures.KPAK.point();
    }

    private static Octets hs(int signer) {
        return Octets.fromHex(String.format("%064X", signer));
    }

    private void meet(KnownSigners signers, int signer, int times) {
        for (int i = 0; i < times; i++) {
            signers.remember(hs(signer), this::key);
        }
    }

    @Test
    void makesOneTableForASignerThatComesBack() {
        KnownSigners signers = new KnownSigners(2);
        meet(signers, 1, KnownSigners.MEETINGS - 1);
        assertThat(signers.table(hs(1))).isEmpty();
        meet(signers, 1, 1);
        assertThat(signers.table(hs(1))).isPresent();
        meet(signers, 1, 20);

        assertThat(tables).hasValue(1);
        assertThat(signers.table(hs(2))).isEmpty();
    }

    @Test
    void forgetsTheSignerMetLongestAgo() {
        KnownSigners signers = new KnownSigners(2);
        meet(signers, 1, KnownSigners.MEETINGS);
        meet(signers, 2, KnownSigners.MEETINGS);
        assertThat(signers.table(hs(1))).isPresent();
        meet(signers, 3, 1);

        assertThat(signers.table(hs(1))).isPresent();
        assertThat(signers.table(hs(2))).isEmpty();
    }

    @Test
    void remembersNobodyWithoutRoom() {
        KnownSigners signers = new KnownSigners(0);
        meet(signers, 1, 2 * KnownSigners.MEETINGS);

        assertThat(signers.table(hs(1))).isEmpty();
        assertThat(tables).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8})
    void verifiesTheSameWithAndWithoutATable(int room) {
        EccsiVerifier verifier = new EccsiVerifier(Fixtures.KPAK, room);
        List<Signed> signatures =
                IntStream.rangeClosed(1, 2).mapToObj(Signed::new).toList();
        for (int i = 0; i < KnownSigners.MEETINGS + 3; i++) {
            for (Signed signed : signatures) {
                assertThat(verifier.verify(signed.identity, MESSAGE, signed.signature))
                        .isTrue();
                assertThat(verifier.verify(signed.identity, new byte[] {1, 2}, signed.signature))
                        .isFalse();
                assertThat(verifier.verify(Octets.ofAscii("mallory"), MESSAGE, signed.signature))
                        .isFalse();
                assertThat(verifier.verify(signed.identity, MESSAGE, signed.altered()))
                        .isFalse();
            }
        }
    }

    @Test
    void verifiesInManyThreads() {
        EccsiVerifier verifier = new EccsiVerifier(Fixtures.KPAK, 2);
        List<Signed> signatures =
                IntStream.rangeClosed(1, 4).mapToObj(Signed::new).toList();

        assertThat(IntStream.range(0, 400).parallel().allMatch(i -> {
                    Signed signed = signatures.get(i % 7 % 4);
                    return verifier.verify(signed.identity, MESSAGE, signed.signature)
                            && !verifier.verify(signed.identity, MESSAGE, signed.altered());
                }))
                .isTrue();
    }

    /** A signature of the message by a user of its own. */
    private static final class Signed {
        private final Octets identity;
        private final EccsiSignature signature;

        Signed(int user) {
            identity = Octets.ofAscii("user " + user);
            try (KmsSecretAuthenticationKey ksak = Fixtures.ksak();
                    SecretScalar v = SecretScalar.takeFrom(hs(7 * user).toByteArray())) {
                PublicValidationToken pvt = EccsiExtraction.pvt(v);
                Octets hs = EccsiExtraction.hs(Fixtures.KPAK, identity, pvt);
                try (SecretSigningKey ssk = EccsiExtraction.ssk(ksak, hs, v)) {
                    signature = new EccsiSigner(identity, ssk, pvt, Fixtures.KPAK, Fixtures.seeded(user)).sign(MESSAGE);
                }
            }
        }

        EccsiSignature altered() {
            return new EccsiSignature(Fixtures.flipped(signature.octets(), 8 * 70));
        }
    }
}
