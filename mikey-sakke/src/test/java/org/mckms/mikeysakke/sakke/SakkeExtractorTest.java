package org.mckms.mikeysakke.sakke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.DegenerateScalarException;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.core.ScalarSakkeCore;
import org.mckms.mikeysakke.reference.Curve;
import org.mckms.mikeysakke.secret.SecretScalar;
import org.mckms.mikeysakke.vectors.VectorFile;

/** Extraction for many users against extraction for each, and the check of many keys against faults in some of them. */
class SakkeExtractorTest {
    private static final SakkeExtractor EXTRACTOR =
            new SakkeExtractor(new ScalarSakkeCore(Fixtures.seeded(1)), Fixtures.seeded(2));
    private static final KmsMasterSecret Z = Fixtures.zT();
    private static final Octets DEGENERATE =
            Octets.copyOf(Curve.SAKKE.scalar(Fixtures.Z.toByteArray()).negate().encode());

    private static List<Octets> identities(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Octets.copyOf(Fixtures.bytes(Fixtures.seeded(i), 32)))
                .toList();
    }

    @Test
    void extractsForManyAsForEach() {
        List<Octets> identities = identities(6);

        List<ReceiverSecretKey> keys = EXTRACTOR.extract(identities, Z);

        for (int i = 0; i < identities.size(); i++) {
            byte[] expected = Curve.SAKKE
                    .multiplyGenerator(Curve.SAKKE
                            .scalar(identities.get(i).toByteArray())
                            .plus(Z.use(Curve.SAKKE::scalar))
                            .inverse())
                    .encode();
            assertThat(keys.get(i).use(Octets::copyOf)).isEqualTo(Octets.copyOf(expected));
        }
        assertThat(EXTRACTOR.extract(List.of(), Z)).isEmpty();
    }

    @Test
    void extractsMoreThanOneBatch() {
        int count = 300;
        List<SecretScalar> k = EXTRACTOR.inverses(identities(count), Z);

        List<ReceiverSecretKey> keys = EXTRACTOR.rsks(k);

        assertThat(keys).hasSize(count);
        for (int i : new int[] {0, 255, 256, 299}) {
            try (ReceiverSecretKey single = SakkeExtraction.rsk(k.get(i))) {
                assertThat(keys.get(i).use(Octets::copyOf)).isEqualTo(single.use(Octets::copyOf));
            }
        }
    }

    @Test
    void refusesAllIfOneUserCannotHaveAKey() {
        List<Octets> identities = new ArrayList<>(identities(2));
        identities.add(DEGENERATE);
        assertThatThrownBy(() -> EXTRACTOR.inverses(identities, Z)).isInstanceOf(DegenerateScalarException.class);
        identities.set(2, Octets.fromHex(""));
        assertThatThrownBy(() -> EXTRACTOR.extract(identities, Z)).isInstanceOf(InvalidValueException.class);
        identities.set(2, Octets.fromHex("FF".repeat(128)));
        assertThatThrownBy(() -> EXTRACTOR.extract(identities, Z)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void refusesScalarsThatMakeNoKey() {
        List<SecretScalar> k = new ArrayList<>(EXTRACTOR.inverses(identities(1), Z));
        k.add(SecretScalar.takeFrom(new byte[128]));
        assertThatThrownBy(() -> EXTRACTOR.rsks(k)).isInstanceOf(DegenerateScalarException.class);
        k.set(1, SecretScalar.takeFrom(Octets.fromHex("FF".repeat(128)).toByteArray()));
        assertThatThrownBy(() -> EXTRACTOR.rsks(k)).isInstanceOf(InvalidKeyMaterialException.class);
    }

    /** Right keys of some users, of which tests spoil some. */
    private static final class Keys {
        final List<Octets> identities = new ArrayList<>(identities(7));
        final List<SecretScalar> k = new ArrayList<>(EXTRACTOR.inverses(identities, Z));
        final List<ReceiverSecretKey> rsks = new ArrayList<>(EXTRACTOR.rsks(k));

        boolean areConsistent() {
            return EXTRACTOR.areConsistent(identities, Z, k, rsks);
        }

        void shift(int user, byte[] by) {
            Function<byte[], byte[]> shift =
                    rsk -> Curve.SAKKE.decode(rsk).plus(Curve.SAKKE.decode(by)).encode();
            rsks.set(user, ReceiverSecretKey.ofMultiple(rsks.get(user).use(shift)));
        }
    }

    private static byte[] ofWrongOrder(String name) {
        return VectorFile.load("field/wrong-order-selfmade.json").cases().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow()
                .bytes("point");
    }

    @Test
    void acceptsRightKeys() {
        Keys keys = new Keys();
        assertThat(keys.areConsistent()).isTrue();
        assertThat(EXTRACTOR.areConsistent(List.of(), Z, List.of(), List.of())).isTrue();
    }

    @Test
    void findsExchangedKeys() {
        Keys keys = new Keys();
        Collections.swap(keys.rsks, 2, 5);
        assertThat(keys.areConsistent()).isFalse();
        Collections.swap(keys.k, 2, 5);
        assertThat(keys.areConsistent()).isFalse();
        Collections.swap(keys.identities, 2, 5);
        assertThat(keys.areConsistent()).isTrue();
    }

    @Test
    void findsErrorsThatWouldCancelWithoutWeights() {
        Keys keys = new Keys();
        byte[] error = Curve.SAKKE.generator().encode();
        byte[] negative = Curve.SAKKE.generator().negate().encode();
        keys.shift(1, error);
        keys.shift(4, negative);

        assertThat(keys.areConsistent()).isFalse();
    }

    @Test
    void findsOnePointOfSmallOrder() {
        for (String order : List.of("order 2", "order 4", "order 2q", "order 4q")) {
            Keys keys = new Keys();
            keys.shift(3, ofWrongOrder(order));
            assertThat(keys.areConsistent()).as(order).isFalse();
        }
    }

    @Test
    void findsAKeyThatIsNoPoint() {
        Keys keys = new Keys();
        keys.rsks.set(6, ReceiverSecretKey.ofMultiple(new byte[257]));
        assertThat(keys.areConsistent()).isFalse();
        byte[] altered =
                Fixtures.flipped(keys.rsks.get(5).use(Octets::copyOf), 77).toByteArray();
        keys.rsks.set(6, ReceiverSecretKey.ofMultiple(altered));
        assertThat(keys.areConsistent()).isFalse();
    }

    @Test
    void findsAWrongInverse() {
        Keys keys = new Keys();
        Octets altered = Fixtures.flipped(keys.k.get(0).use(Octets::copyOf), 5);
        keys.k.set(0, SecretScalar.takeFrom(altered.toByteArray()));
        keys.rsks.set(0, SakkeExtraction.rsk(keys.k.get(0)));

        assertThat(keys.areConsistent()).isFalse();
    }

    /** Twice the same computation would find nothing wrong. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 20})
    void findsACoreThatMultipliesByThreeTimesTheScalar(int count) {
        SakkeExtractor wrong = new SakkeExtractor(timesThree(), Fixtures.seeded(3));
        List<Octets> identities = identities(count);
        List<SecretScalar> k = wrong.inverses(identities, Z);

        assertThat(wrong.areConsistent(identities, Z, k, wrong.rsks(k))).isFalse();
        assertThat(wrong.areConsistent(identities, Z, k, EXTRACTOR.rsks(k))).isTrue();
    }

    private static SakkeCore timesThree() {
        UnaryOperator<byte[]> threefold = k ->
                Curve.SAKKE.scalar(k).times(Curve.SAKKE.scalar(new byte[] {3})).encode();
        SakkeCore core = new ScalarSakkeCore();
        return (SakkeCore) Proxy.newProxyInstance(
                SakkeCore.class.getClassLoader(), new Class<?>[] {SakkeCore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("multiplyGenerator")) {
                        byte[][] k = (byte[][]) arguments[0];
                        return core.multiplyGenerator(
                                Arrays.stream(k).map(threefold).toArray(byte[][]::new));
                    }
                    return method.invoke(core, arguments);
                });
    }

    @Test
    void findsMissingKeys() {
        Keys keys = new Keys();
        keys.rsks.remove(6);
        assertThat(keys.areConsistent()).isFalse();
        keys.k.remove(6);
        assertThat(keys.areConsistent()).isFalse();
        keys.identities.remove(6);
        assertThat(keys.areConsistent()).isTrue();
    }
}
