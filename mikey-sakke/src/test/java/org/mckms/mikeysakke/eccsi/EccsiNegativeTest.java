package org.mckms.mikeysakke.eccsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.DegenerateScalarException;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretScalar;

class EccsiNegativeTest {
    private static final String ZERO = "0000000000000000000000000000000000000000000000000000000000000000";
    private static final String ONE = "0000000000000000000000000000000000000000000000000000000000000001";
    private static final String Q = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551";
    private static final String Q_PLUS_1 = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632552";
    private static final String Q_MINUS_1 = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632550";
    private static final Octets IDENTITY = Octets.ofAscii("alice");
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final Octets V = Octets.fromHex("00".repeat(30) + "1234");

    private final SecureRandom random = Fixtures.seeded(1);
    private final PublicValidationToken pvt;
    private final SecretSigningKey ssk;
    private final EccsiSignature signature;
    private final EccsiVerifier verifier = new EccsiVerifier(Fixtures.KPAK);

    EccsiNegativeTest() {
        try (KmsSecretAuthenticationKey ksak = Fixtures.ksak();
                SecretScalar v = scalar(V)) {
            pvt = EccsiExtraction.pvt(v);
            ssk = EccsiExtraction.ssk(ksak, EccsiExtraction.hs(Fixtures.KPAK, IDENTITY, pvt), v);
        }
        signature = new EccsiSigner(IDENTITY, ssk, pvt, Fixtures.KPAK, random).sign(MESSAGE);
    }

    private static SecretScalar scalar(Octets octets) {
        return SecretScalar.takeFrom(octets.toByteArray());
    }

    static Stream<Octets> notPoints() {
        Octets kpak = Fixtures.KPAK.octets();
        Octets p = Octets.fromHex("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF");
        return Stream.of(
                Octets.fromHex(""),
                Octets.fromHex("00"),
                Octets.copyOf(new byte[65]),
                Octets.fromHex("04").concat(Octets.copyOf(new byte[64])),
                kpak.slice(0, 64),
                kpak.concat(Octets.fromHex("00")),
                Octets.fromHex("03").concat(kpak.slice(1, 33)),
                Octets.fromHex("05").concat(kpak.slice(1, 65)),
                Fixtures.flipped(kpak, 0),
                Fixtures.flipped(kpak, 300),
                Octets.fromHex("04").concat(p, kpak.slice(33, 65)),
                Octets.fromHex("04").concat(kpak.slice(1, 33), Octets.fromHex("FF".repeat(32))));
    }

    @ParameterizedTest
    @MethodSource("notPoints")
    void rejectsPublicKeysThatAreNoPoints(Octets octets) {
        assertThatThrownBy(() -> new KmsPublicAuthenticationKey(octets))
                .isInstanceOf(InvalidKeyMaterialException.class);
        assertThatThrownBy(() -> new PublicValidationToken(octets)).isInstanceOf(InvalidKeyMaterialException.class);
    }

    static Stream<Octets> notPointsOfRightLength() {
        return notPoints().filter(octets -> octets.size() == 65);
    }

    @ParameterizedTest
    @MethodSource("notPointsOfRightLength")
    void rejectsSignaturesWhosePvtIsNoPoint(Octets octets) {
        EccsiSignature altered =
                new EccsiSignature(signature.octets().slice(0, 64).concat(octets));

        assertThat(verifier.verify(IDENTITY, MESSAGE, altered)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", ZERO, Q, Q_PLUS_1, ONE + "00"})
    void rejectsSecretKeysOutOfRangeAndWipesThem(String hex) {
        byte[] ksak = Octets.fromHex(hex).toByteArray();
        byte[] sskOctets = Octets.fromHex(hex).toByteArray();

        assertThatThrownBy(() -> KmsSecretAuthenticationKey.takeFrom(ksak))
                .isInstanceOf(InvalidKeyMaterialException.class);
        assertThatThrownBy(() -> SecretSigningKey.takeFrom(sskOctets)).isInstanceOf(InvalidKeyMaterialException.class);
        assertThat(ksak).isEqualTo(new byte[ksak.length]);
        assertThat(sskOctets).isEqualTo(new byte[sskOctets.length]);
    }

    @ParameterizedTest
    @ValueSource(strings = {ONE, Q_MINUS_1})
    void takesSecretKeysAtTheEndsOfTheRange(String hex) {
        byte[] octets = Octets.fromHex(hex).toByteArray();
        try (KmsSecretAuthenticationKey ksak = KmsSecretAuthenticationKey.takeFrom(octets)) {
            assertThat(octets).containsOnly(0);
            assertThat(ksak.use(Octets::copyOf)).isEqualTo(Octets.fromHex(hex));
            assertThat(ksak).hasToString("KmsSecretAuthenticationKey[hidden]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ZERO, Q, Q_PLUS_1, "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"})
    void rejectsSignaturesWhoseROrSIsOutOfRange(String hex) {
        Octets octets = signature.octets();
        EccsiSignature otherR = new EccsiSignature(Octets.fromHex(hex).concat(octets.slice(32, 129)));
        EccsiSignature otherS =
                new EccsiSignature(octets.slice(0, 32).concat(Octets.fromHex(hex), octets.slice(64, 129)));

        assertThat(verifier.verify(IDENTITY, MESSAGE, otherR)).isFalse();
        assertThat(verifier.verify(IDENTITY, MESSAGE, otherS)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 64, 128, 130})
    void rejectsSignaturesOfAnotherLength(int octets) {
        assertThatThrownBy(() -> new EccsiSignature(Octets.copyOf(new byte[octets])))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void rejectsTheSignatureForAnotherMessageIdentityOrKms() {
        KmsPublicAuthenticationKey other = new KmsPublicAuthenticationKey(pvt.octets());

        assertThat(verifier.verify(IDENTITY, MESSAGE, signature)).isTrue();
        assertThat(verifier.verify(IDENTITY, new byte[] {1, 2, 4}, signature)).isFalse();
        assertThat(verifier.verify(IDENTITY, Arrays.copyOf(MESSAGE, 2), signature))
                .isFalse();
        assertThat(verifier.verify(Octets.ofAscii("alicf"), MESSAGE, signature)).isFalse();
        assertThat(new EccsiVerifier(other).verify(IDENTITY, MESSAGE, signature))
                .isFalse();
    }

    @Test
    void rejectsKeysThatDoNotFit() {
        PublicValidationToken otherPvt = new PublicValidationToken(Fixtures.KPAK.octets());
        KmsPublicAuthenticationKey otherKpak = new KmsPublicAuthenticationKey(pvt.octets());
        byte[] otherSsk =
                ssk.use(octets -> Fixtures.flipped(Octets.copyOf(octets), 0)).toByteArray();

        assertThat(EccsiKeyCheck.isValid(IDENTITY, ssk, pvt, Fixtures.KPAK)).isTrue();
        assertThat(EccsiKeyCheck.isValid(Octets.ofAscii("bob"), ssk, pvt, Fixtures.KPAK))
                .isFalse();
        assertThat(EccsiKeyCheck.isValid(IDENTITY, ssk, otherPvt, Fixtures.KPAK))
                .isFalse();
        assertThat(EccsiKeyCheck.isValid(IDENTITY, ssk, pvt, otherKpak)).isFalse();
        try (SecretSigningKey other = SecretSigningKey.takeFrom(otherSsk)) {
            assertThat(EccsiKeyCheck.isValid(IDENTITY, other, pvt, Fixtures.KPAK))
                    .isFalse();
        }
    }

    @Test
    void asksForAnotherScalarWhenOneIsZero() {
        try (KmsSecretAuthenticationKey ksak = KmsSecretAuthenticationKey.takeFrom(
                        Octets.fromHex(Q_MINUS_1).toByteArray());
                SecretScalar zero = scalar(Octets.fromHex(ZERO));
                SecretScalar one = scalar(Octets.fromHex(ONE))) {
            assertThatThrownBy(() -> EccsiExtraction.pvt(zero)).isInstanceOf(DegenerateScalarException.class);
            assertThatThrownBy(() -> EccsiExtraction.ssk(ksak, Octets.fromHex(ONE), zero))
                    .isInstanceOf(DegenerateScalarException.class);
            assertThatThrownBy(() -> EccsiExtraction.ssk(ksak, Octets.fromHex(ZERO), one))
                    .isInstanceOf(DegenerateScalarException.class);
            assertThatThrownBy(() -> EccsiExtraction.ssk(ksak, Octets.fromHex(Q), one))
                    .isInstanceOf(DegenerateScalarException.class);
            // SSK = (q - 1) + 1 * 1
            assertThatThrownBy(() -> EccsiExtraction.ssk(ksak, Octets.fromHex(ONE), one))
                    .isInstanceOf(DegenerateScalarException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", Q, Q_PLUS_1, ONE + "00"})
    void rejectsAScalarVOfAnotherLengthOrRange(String hex) {
        try (SecretScalar v = scalar(Octets.fromHex(hex));
                KmsSecretAuthenticationKey ksak = Fixtures.ksak()) {
            assertThatThrownBy(() -> EccsiExtraction.pvt(v)).isInstanceOf(InvalidKeyMaterialException.class);
            assertThatThrownBy(() -> EccsiExtraction.ssk(ksak, Octets.fromHex(ONE), v))
                    .isInstanceOf(InvalidKeyMaterialException.class);
        }
    }

    @Test
    void rejectsBadHashesAndEmptyIdentities() {
        Octets empty = Octets.fromHex("");
        try (SecretScalar v = scalar(V);
                KmsSecretAuthenticationKey ksak = Fixtures.ksak()) {
            assertThatThrownBy(() -> EccsiExtraction.ssk(ksak, Octets.fromHex("01"), v))
                    .isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> EccsiExtraction.hs(Fixtures.KPAK, empty, pvt))
                    .isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> verifier.verify(empty, MESSAGE, signature))
                    .isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> new EccsiSigner(empty, ssk, pvt, Fixtures.KPAK, random))
                    .isInstanceOf(InvalidValueException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ZERO, Q, Q_PLUS_1})
    void takesAnotherEphemeralScalarWhenOneIsOutOfRange(String hex) {
        EccsiSigner signer = new EccsiSigner(IDENTITY, ssk, pvt, Fixtures.KPAK, random);

        assertThat(signer.signWith(Octets.fromHex(hex).toByteArray(), MESSAGE)).isEmpty();
        assertThat(signer.signWith(Octets.fromHex(ONE).toByteArray(), MESSAGE)).isPresent();
    }

    @Test
    void neverSignsTwiceWithOneEphemeralScalar() {
        EccsiSigner signer = new EccsiSigner(IDENTITY, ssk, pvt, Fixtures.KPAK, random);

        assertThat(signer.sign(MESSAGE).r()).isNotEqualTo(signer.sign(MESSAGE).r());
    }

    @Test
    void refusesClosedKeys() {
        KmsSecretAuthenticationKey ksak = Fixtures.ksak();
        ksak.close();
        SecretScalar v = scalar(V);
        v.close();
        ssk.close();

        assertThatThrownBy(ksak::publicKey).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ksak.use(Octets::copyOf)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> EccsiExtraction.pvt(v)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ssk.use(Octets::copyOf)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> EccsiKeyCheck.isValid(IDENTITY, ssk, pvt, Fixtures.KPAK))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new EccsiSigner(IDENTITY, ssk, pvt, Fixtures.KPAK, random).sign(MESSAGE))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ssk).hasToString("SecretSigningKey[hidden]");
    }
}
