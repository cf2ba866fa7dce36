package org.mckms.mikeysakke.sakke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mckms.mikeysakke.DecapsulationException;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.ScalarSakkeCore;
import org.mckms.mikeysakke.reference.Curve;
import org.mckms.mikeysakke.reference.Point;
import org.mckms.mikeysakke.vectors.VectorCase;
import org.mckms.mikeysakke.vectors.VectorFile;

/** A receiver that opens many messages, with and without lines of its key. */
class SakkeDecapsulatorTest {
    private static final long SEED = 6508;
    private static final Octets ALICE = Octets.ofAscii("alice");
    private static final Octets BOB = Octets.ofAscii("bob");
    private static final KmsMasterSecret MASTER = Fixtures.zT();
    private static final SakkeEncapsulator KMS = new SakkeEncapsulator(new ScalarSakkeCore(), Fixtures.publicZT());
    private static final ReceiverSecretKey RSK = SakkeExtraction.extract(ALICE, MASTER);

    private final SecureRandom random = Fixtures.seeded(SEED);

    enum Kind {
        KEY {
            @Override
            SakkeDecapsulator of(ReceiverSecretKey rsk, Octets identity) {
                return SakkeDecapsulator.of(KMS, rsk, identity);
            }
        },
        LINE_TABLE {
            @Override
            SakkeDecapsulator of(ReceiverSecretKey rsk, Octets identity) {
                return SakkeDecapsulator.withLineTable(KMS, rsk, identity);
            }
        };

        abstract SakkeDecapsulator of(ReceiverSecretKey rsk, Octets identity);
    }

    @AfterAll
    static void close() {
        RSK.close();
        MASTER.close();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void opensTheDataOfRfc6508(Kind kind) {
        VectorFile file = VectorFile.load("sakke/rfc6508.json");
        byte[] key = value(file, "RSK").toByteArray();
        try (ReceiverSecretKey rsk = ReceiverSecretKey.takeFrom(key);
                SakkeDecapsulator receiver = kind.of(rsk, file.inputs().octets("b"))) {
            EncapsulatedData data = new EncapsulatedData(value(file, "encapsulatedData"));
            assertThat(opened(receiver, data)).isEqualTo(file.inputs().octets("SSV"));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void opensEachOfManyAndRefusesTheRest(Kind kind) {
        List<EncapsulatedData> data = new ArrayList<>();
        List<Octets> expected = new ArrayList<>();
        for (Octets point : attacks(data(secret(), ALICE).point())) {
            Octets ssv = secret();
            EncapsulatedData good = data(ssv, ALICE);
            Collections.addAll(data, good, EncapsulatedData.of(point, good.hint()));
            Collections.addAll(expected, ssv, null);
        }
        Collections.addAll(data, data(secret(), BOB), new EncapsulatedData(Octets.copyOf(new byte[273])));
        Collections.addAll(expected, null, null);
        try (SakkeDecapsulator receiver = kind.of(RSK, ALICE)) {
            List<Octets> all = new ArrayList<>();
            receiver.decapsulateAll(data).forEach(ssv -> all.add(taken(ssv)));
            assertThat(all).as("seed %d", SEED).isEqualTo(expected);
            for (int i = 0; i < data.size(); i++) {
                if (expected.get(i) != null) {
                    assertThat(opened(receiver, data.get(i))).isEqualTo(expected.get(i));
                } else {
                    assertRefuses(receiver, data.get(i));
                }
            }
            assertThat(receiver.decapsulateAll(List.of())).isEmpty();
        }
    }

    /** Points of small and of composite order, alone and added to R, the receiver's own key, and what is no point. */
    private static List<Octets> attacks(Octets good) {
        Point r = Curve.SAKKE.decode(good.toByteArray());
        Point key = RSK.use(Curve.SAKKE::decode);
        List<Octets> points = new ArrayList<>();
        for (VectorCase row : VectorFile.load("field/wrong-order-selfmade.json").cases()) {
            Point point = Curve.SAKKE.decode(row.bytes("point"));
            points.add(encoded(point));
            points.add(encoded(r.plus(point)));
        }
        Stream.of(key, key.negate(), key.twice(), key.plus(r), r.negate(), r.twice(), Curve.SAKKE.generator())
                .forEach(point -> points.add(encoded(point)));
        points.add(Octets.copyOf(new byte[257]));
        points.add(Octets.fromHex("04" + "FF".repeat(256)));
        points.add(Octets.fromHex("02").concat(good.slice(1, 257)));
        points.add(Fixtures.flipped(good, 3));
        return points;
    }

    /** R of order 2 gives w without meaning; a sender who guesses it is refused all the same. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void refusesAPointOfOrder2WithTheHintThatFits(Kind kind) {
        Octets ofOrder2 = VectorFile.load("field/wrong-order-selfmade.json")
                .cases()
                .get(0)
                .octets("point");
        Octets mask = Octets.copyOf(HashToIntegerRange.mask(new byte[128]));
        try (SakkeDecapsulator receiver = kind.of(RSK, ALICE)) {
            assertRefuses(receiver, EncapsulatedData.of(ofOrder2, mask));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void refusesAnotherHint(Kind kind) {
        EncapsulatedData data = data(secret(), ALICE);
        try (SakkeDecapsulator receiver = kind.of(RSK, ALICE)) {
            for (int bit : new int[] {0, 63, 127}) {
                assertRefuses(receiver, EncapsulatedData.of(data.point(), Fixtures.flipped(data.hint(), bit)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void refusesWithTheKeyOfAnotherUser(Kind kind) {
        EncapsulatedData data = data(secret(), ALICE);
        try (ReceiverSecretKey bobs = SakkeExtraction.extract(BOB, MASTER);
                SakkeDecapsulator keyOfBob = kind.of(bobs, ALICE);
                SakkeDecapsulator bob = kind.of(bobs, BOB);
                SakkeDecapsulator nameOfBob = kind.of(RSK, BOB)) {
            assertRefuses(keyOfBob, data);
            assertRefuses(bob, data);
            assertRefuses(nameOfBob, data);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void worksUntilItIsClosed(Kind kind) {
        Octets ssv = secret();
        EncapsulatedData data = data(ssv, ALICE);
        SakkeDecapsulator receiver;
        try (ReceiverSecretKey copy = SakkeExtraction.extract(ALICE, MASTER)) {
            receiver = kind.of(copy, ALICE);
        }
        assertThat(opened(receiver, data)).isEqualTo(ssv);
        assertThat(receiver).hasToString("SakkeDecapsulator[hidden]");
        receiver.close();
        receiver.close();
        assertThatThrownBy(() -> receiver.decapsulate(data)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void refusesIdentitiesThatAreEmptyOrNotBelowQ(Kind kind) {
        for (Octets identity : List.of(Octets.fromHex(""), Octets.fromHex("FF".repeat(128)))) {
            assertThatThrownBy(() -> kind.of(RSK, identity)).isInstanceOf(InvalidValueException.class);
        }
    }

    @Test
    void checksKeysByTheTablesOfTheKms() {
        assertThat(SakkeKeyCheck.isValid(KMS, ALICE, RSK)).isTrue();
        assertThat(SakkeKeyCheck.isValid(KMS, BOB, RSK)).isFalse();
        assertThatThrownBy(() -> SakkeKeyCheck.isValid(KMS, Octets.fromHex(""), RSK))
                .isInstanceOf(InvalidValueException.class);
    }

    private Octets secret() {
        return Octets.copyOf(Fixtures.bytes(random, 16));
    }

    private static EncapsulatedData data(Octets secret, Octets identity) {
        try (SharedSecretValue ssv = SharedSecretValue.takeFrom(secret.toByteArray())) {
            return Sakke.encapsulate(ssv, identity, Fixtures.publicZT());
        }
    }

    private static Octets opened(SakkeDecapsulator receiver, EncapsulatedData data) {
        return taken(Optional.of(receiver.decapsulate(data)));
    }

    private static Octets taken(Optional<SharedSecretValue> ssv) {
        try (SharedSecretValue value = ssv.orElse(null)) {
            return value == null ? null : value.use(Octets::copyOf);
        }
    }

    private static void assertRefuses(SakkeDecapsulator receiver, EncapsulatedData data) {
        assertThatThrownBy(() -> receiver.decapsulate(data))
                .isInstanceOf(DecapsulationException.class)
                .hasMessage("encapsulated data cannot be opened")
                .hasNoCause();
    }

    private static Octets encoded(Point point) {
        return Octets.copyOf(point.encode());
    }

    private static Octets value(VectorFile file, String name) {
        return file.cases().stream()
                .filter(row -> row.name().equals(name))
                .map(row -> row.octets("value"))
                .findFirst()
                .orElseThrow();
    }
}
