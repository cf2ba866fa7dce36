package org.mckms.mikeysakke.sakke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.mikeysakke.DecapsulationException;
import org.mckms.mikeysakke.DegenerateScalarException;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.reference.Curve;
import org.mckms.mikeysakke.reference.Point;
import org.mckms.mikeysakke.secret.SecretScalar;
import org.mckms.mikeysakke.vectors.VectorFile;

/** Keys, identities and data that do not fit each other. */
class SakkeNegativeTest {
    private static final Octets ALICE = Octets.ofAscii("alice");
    private static final Octets BOB = Octets.ofAscii("bob");
    private static final Octets EMPTY = Octets.fromHex("");
    /** q, too big as an identity. */
    private static final Octets ORDER = VectorFile.load("field/sakke-parameter-set-1.json").cases().stream()
            .filter(row -> row.name().equals("q"))
            .findFirst()
            .orElseThrow()
            .octets("value");
    /** q - z, the identity for which a + z_T is zero. */
    private static final Octets DEGENERATE = Octets.fromHex(String.format(
            "%0256X", new BigInteger(ORDER.toHex(), 16).subtract(new BigInteger(Fixtures.Z.toHex(), 16))));

    private static final SecureRandom RANDOM = Fixtures.seeded(2);
    private static final KmsMasterSecret MASTER = Fixtures.zT();
    private static final KmsPublicKey Z_T = Fixtures.publicZT();
    private static final ReceiverSecretKey RSK = SakkeExtraction.extract(ALICE, MASTER);
    private static EncapsulatedData data;

    @BeforeAll
    static void encapsulate() {
        try (SharedSecretValue ssv = SharedSecretValue.random(RANDOM)) {
            data = Sakke.encapsulate(ssv, ALICE, Z_T);
        }
    }

    static Stream<Octets> otherPoints() {
        Point r = Curve.SAKKE.decode(data.point().toByteArray());
        Stream<Octets> smallOrder = VectorFile.load("field/wrong-order-selfmade.json").cases().stream()
                .map(row -> row.octets("point"));
        Stream<Octets> shifted = VectorFile.load("field/wrong-order-selfmade.json").cases().stream()
                .map(row -> encoded(r.plus(Curve.SAKKE.decode(row.bytes("point")))));
        Stream<Octets> others = Stream.of(
                encoded(r.negate()),
                encoded(r.twice()),
                encoded(Curve.SAKKE.generator()),
                Z_T.octets(),
                RSK.use(Octets::copyOf),
                Octets.copyOf(new byte[257]),
                Octets.fromHex("04").concat(Octets.fromHex("FF".repeat(256))),
                Octets.fromHex("05").concat(data.point().slice(1, 257)),
                Fixtures.flipped(data.point(), 7));
        return Stream.of(smallOrder, shifted, others).flatMap(points -> points);
    }

    private static Octets encoded(Point point) {
        return Octets.copyOf(point.encode());
    }

    @ParameterizedTest
    @MethodSource("otherPoints")
    void failsWithoutDetailForAnotherPointR(Octets point) {
        assertFailsWithoutDetail(EncapsulatedData.of(point, data.hint()), RSK, ALICE, Z_T);
    }

    @Test
    void failsWithoutDetailForAnotherHint() {
        assertFailsWithoutDetail(EncapsulatedData.of(data.point(), Fixtures.flipped(data.hint(), 0)), RSK, ALICE, Z_T);
        assertFailsWithoutDetail(
                EncapsulatedData.of(data.point(), Fixtures.flipped(data.hint(), 127)), RSK, ALICE, Z_T);
    }

    @Test
    void failsWithoutDetailForAnotherIdentityKeyOrKms() {
        KmsPublicKey other = new KmsPublicKey(encoded(Curve.SAKKE.generator()));
        assertFailsWithoutDetail(data, RSK, BOB, Z_T);
        assertFailsWithoutDetail(data, RSK, ALICE, other);
        try (ReceiverSecretKey bobs = SakkeExtraction.extract(BOB, MASTER)) {
            assertFailsWithoutDetail(data, bobs, ALICE, Z_T);
            assertFailsWithoutDetail(data, bobs, BOB, Z_T);
        }
    }

    @Test
    void failsWithoutDetailWhenTheReceiverIsAtInfinity() {
        assertFailsWithoutDetail(data, RSK, DEGENERATE, Z_T);
    }

    private static void assertFailsWithoutDetail(
            EncapsulatedData data, ReceiverSecretKey rsk, Octets identity, KmsPublicKey zT) {
        assertThatThrownBy(() -> Sakke.decapsulate(data, rsk, identity, zT))
                .isInstanceOf(DecapsulationException.class)
                .hasMessage("encapsulated data cannot be opened")
                .hasNoCause();
    }

    @Test
    void refusesToEncapsulateToInfinity() {
        try (SharedSecretValue ssv = SharedSecretValue.random(RANDOM)) {
            assertThatThrownBy(() -> Sakke.encapsulate(ssv, DEGENERATE, Z_T))
                    .isInstanceOf(InvalidKeyMaterialException.class);
        }
    }

    @Test
    void refusesToExtractForTheIdentityThatCancelsTheMaster() {
        assertThatThrownBy(() -> SakkeExtraction.inverse(DEGENERATE, MASTER))
                .isInstanceOf(DegenerateScalarException.class);
        assertThatThrownBy(() -> SakkeExtraction.extractAll(List.of(ALICE, DEGENERATE), MASTER))
                .isInstanceOf(DegenerateScalarException.class);
    }

    @Test
    void refusesIdentitiesThatAreEmptyOrNotBelowQ() {
        for (Octets identity : List.of(EMPTY, ORDER, Octets.fromHex("FF".repeat(128)), ORDER.concat(ALICE))) {
            try (SharedSecretValue ssv = SharedSecretValue.random(RANDOM)) {
                assertThatThrownBy(() -> Sakke.encapsulate(ssv, identity, Z_T))
                        .isInstanceOf(InvalidValueException.class);
            }
            assertThatThrownBy(() -> Sakke.decapsulate(data, RSK, identity, Z_T))
                    .isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> SakkeExtraction.inverse(identity, MASTER))
                    .isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> SakkeKeyCheck.isValid(identity, RSK, Z_T))
                    .isInstanceOf(InvalidValueException.class);
        }
    }

    @Test
    void findsKeysThatDoNotFitByPairing() {
        KmsPublicKey other = new KmsPublicKey(encoded(Curve.SAKKE.generator()));

        assertThat(SakkeKeyCheck.isValid(ALICE, RSK, Z_T)).isTrue();
        assertThat(SakkeKeyCheck.isValid(BOB, RSK, Z_T)).isFalse();
        assertThat(SakkeKeyCheck.isValid(ALICE, RSK, other)).isFalse();
        assertThat(SakkeKeyCheck.isValid(DEGENERATE, RSK, Z_T)).isFalse();
        try (ReceiverSecretKey bobs = SakkeExtraction.extract(BOB, MASTER)) {
            assertThat(SakkeKeyCheck.isValid(ALICE, bobs, Z_T)).isFalse();
        }
    }

    @Test
    void findsFaultsOfTheExtraction() {
        Octets inverse;
        try (SecretScalar k = SakkeExtraction.inverse(ALICE, MASTER)) {
            inverse = k.use(Octets::copyOf);
            assertThat(SakkeExtraction.isConsistent(ALICE, MASTER, k, RSK, RANDOM))
                    .isTrue();
            assertThat(SakkeExtraction.isConsistent(BOB, MASTER, k, RSK, RANDOM))
                    .isFalse();
            try (ReceiverSecretKey bobs = SakkeExtraction.extract(BOB, MASTER);
                    KmsMasterSecret other = KmsMasterSecret.takeFrom(new byte[] {5})) {
                assertThat(SakkeExtraction.isConsistent(ALICE, MASTER, k, bobs, RANDOM))
                        .isFalse();
                assertThat(SakkeExtraction.isConsistent(ALICE, other, k, RSK, RANDOM))
                        .isFalse();
            }
        }
        for (Octets altered : List.of(Fixtures.flipped(inverse, 0), ORDER, Octets.copyOf(new byte[128]))) {
            try (SecretScalar k = SecretScalar.takeFrom(altered.toByteArray())) {
                assertThat(SakkeExtraction.isConsistent(ALICE, MASTER, k, RSK, RANDOM))
                        .isFalse();
            }
        }
    }

    @Test
    void findsPointsOfSmallOrderHiddenInTheExtractedKey() {
        try (SecretScalar k = SakkeExtraction.inverse(ALICE, MASTER)) {
            VectorFile.load("field/wrong-order-selfmade.json").cases().forEach(row -> {
                Point shifted = RSK.use(Curve.SAKKE::decode).plus(Curve.SAKKE.decode(row.bytes("point")));
                try (ReceiverSecretKey faulty = ReceiverSecretKey.ofMultiple(shifted.encode())) {
                    assertThat(SakkeExtraction.isConsistent(ALICE, MASTER, k, faulty, RANDOM))
                            .as(row.name())
                            .isFalse();
                }
            });
        }
    }

    @Test
    void refusesScalarsThatMakeNoKey() {
        try (SecretScalar zero = SecretScalar.takeFrom(new byte[128]);
                SecretScalar order = SecretScalar.takeFrom(ORDER.toByteArray())) {
            assertThatThrownBy(() -> SakkeExtraction.rsk(zero)).isInstanceOf(DegenerateScalarException.class);
            assertThatThrownBy(() -> SakkeExtraction.rsk(order)).isInstanceOf(InvalidKeyMaterialException.class);
        }
    }
}
