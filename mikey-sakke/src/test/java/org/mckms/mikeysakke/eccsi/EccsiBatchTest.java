package org.mckms.mikeysakke.eccsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.DegenerateScalarException;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretScalar;

/** Many keys and signatures at once are what one by one they are; sizes around what shares an inversion. */
class EccsiBatchTest {
    private static final String ZERO = "00".repeat(32);
    private static final String Q = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551";

    private final SecureRandom random = Fixtures.seeded(128);

    private static SecretScalar scalar(String hex) {
        return SecretScalar.takeFrom(Octets.fromHex(hex).toByteArray());
    }

    private static List<SecretScalar> scalars(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> scalar(String.format("%064X", 1000003L * i)))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 127, 128, 129})
    void makesManyTokens(int count) {
        List<SecretScalar> v = scalars(count);

        assertThat(EccsiExtraction.pvts(v, random))
                .isEqualTo(v.stream().map(EccsiExtraction::pvt).toList());
    }

    @Test
    void refusesABadScalarAmongMany() {
        List<SecretScalar> v = new ArrayList<>(scalars(5));
        v.set(3, scalar(ZERO));
        assertThatThrownBy(() -> EccsiExtraction.pvts(v, random)).isInstanceOf(DegenerateScalarException.class);
        v.set(3, scalar(Q));
        assertThatThrownBy(() -> EccsiExtraction.pvts(v, random)).isInstanceOf(InvalidKeyMaterialException.class);
        v.set(3, scalar("01"));
        assertThatThrownBy(() -> EccsiExtraction.pvts(v, random)).isInstanceOf(InvalidKeyMaterialException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 127, 128, 129})
    void signsManyMessages(int count) {
        Keys keys = new Keys(1);
        EccsiSigner signer =
                new EccsiSigner(keys.identities.get(0), keys.ssks.get(0), keys.pvts.get(0), Fixtures.KPAK, random);
        EccsiVerifier verifier = new EccsiVerifier(Fixtures.KPAK);
        List<byte[]> messages = IntStream.range(0, count)
                .mapToObj(i -> Fixtures.bytes(random, i))
                .toList();
        List<EccsiSignature> signatures = signer.signAll(messages);

        assertThat(signatures).hasSize(count);
        assertThat(signatures.stream().map(EccsiSignature::r).distinct()).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(verifier.verify(keys.identities.get(0), messages.get(i), signatures.get(i)))
                    .as("message %d", i)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 128, 129})
    void acceptsManyValidKeys(int count) {
        Keys keys = new Keys(count);

        assertThat(keys.areValid()).isTrue();
    }

    @Test
    void refusesManyKeysOfWhichOneIsNotValid() {
        Keys keys = new Keys(130);
        keys.identities.set(129, Octets.ofAscii("mallory"));
        assertThat(keys.areValid()).isFalse();

        keys = new Keys(10);
        keys.pvts.set(0, new PublicValidationToken(Fixtures.KPAK.octets()));
        assertThat(keys.areValid()).isFalse();

        keys = new Keys(10);
        Collections.swap(keys.ssks, 3, 4);
        assertThat(keys.areValid()).isFalse();
    }

    /** One SSK too great by 1, another too small by 1: a sum of the equations without weights would accept them. */
    @Test
    void refusesFaultsThatWouldCancel() {
        Keys keys = new Keys(2);
        keys.ssks.set(0, changed(keys.ssks.get(0), 1));
        keys.ssks.set(1, changed(keys.ssks.get(1), -1));

        assertThat(keys.areValid()).isFalse();
    }

    private static SecretSigningKey changed(SecretSigningKey ssk, int by) {
        byte[] octets = ssk.use(byte[]::clone);
        octets[31] += (byte) by;
        return SecretSigningKey.takeFrom(octets);
    }

    @Test
    void refusesListsThatDoNotFit() {
        Keys keys = new Keys(3);
        keys.ssks.remove(0);
        assertThatThrownBy(keys::areValid).isInstanceOf(IllegalArgumentException.class);

        Keys empty = new Keys(3);
        empty.identities.set(1, Octets.fromHex(""));
        assertThatThrownBy(empty::areValid).isInstanceOf(InvalidValueException.class);
    }

    /** Valid keys of users 0, 1, ... */
    private final class Keys {
        private final List<Octets> identities = new ArrayList<>();
        private final List<PublicValidationToken> pvts = new ArrayList<>();
        private final List<SecretSigningKey> ssks = new ArrayList<>();

        Keys(int count) {
            List<SecretScalar> v = scalars(count);
            try (KmsSecretAuthenticationKey ksak = Fixtures.ksak()) {
                for (int i = 0; i < count; i++) {
                    identities.add(Octets.ofAscii("user " + i));
                    pvts.add(EccsiExtraction.pvt(v.get(i)));
                    Octets hs = EccsiExtraction.hs(Fixtures.KPAK, identities.get(i), pvts.get(i));
                    ssks.add(EccsiExtraction.ssk(ksak, hs, v.get(i)));
                }
            }
        }

        boolean areValid() {
            return EccsiKeyCheck.areValid(identities, ssks, pvts, Fixtures.KPAK, random);
        }
    }
}
