package org.mckms.mikeysakke.sakke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.ScalarSakkeCore;
import org.mckms.mikeysakke.reference.Curve;

/** Encapsulation with tables against encapsulation without, which the published vectors hold. */
class SakkeEncapsulatorTest {
    private static final KmsPublicKey Z_T = Fixtures.publicZT();
    private static final SakkeEncapsulator ENCAPSULATOR =
            new SakkeEncapsulator(new ScalarSakkeCore(Fixtures.seeded(3)), Z_T);
    private static final Octets ALICE = Octets.ofAscii("alice");
    private static final Octets DEGENERATE =
            Octets.copyOf(Curve.SAKKE.scalar(Fixtures.Z.toByteArray()).negate().encode());

    @Test
    void encapsulatesAsWithoutTables() {
        SecureRandom random = Fixtures.seeded(4);
        List<Octets> to = IntStream.range(0, 5)
                .mapToObj(i -> Octets.copyOf(Fixtures.bytes(random, 32)))
                .toList();
        List<SharedSecretValue> ssvs =
                to.stream().map(identity -> SharedSecretValue.random(random)).toList();

        List<EncapsulatedData> each = new ArrayList<>();
        List<EncapsulatedData> same = new ArrayList<>();
        for (int i = 0; i < to.size(); i++) {
            each.add(Sakke.encapsulate(ssvs.get(i), to.get(i), Z_T));
            same.add(Sakke.encapsulate(ssvs.get(0), to.get(i), Z_T));
            assertThat(ENCAPSULATOR.encapsulate(ssvs.get(i), to.get(i))).isEqualTo(each.get(i));
        }
        assertThat(ENCAPSULATOR.encapsulateEach(ssvs, to)).isEqualTo(each);
        assertThat(ENCAPSULATOR.encapsulateAll(ssvs.get(0), to)).isEqualTo(same);
    }

    @Test
    void encapsulatesMoreThanOneBatch() {
        List<Octets> to = IntStream.range(0, 260)
                .mapToObj(i -> Octets.ofAscii("user" + i))
                .toList();
        try (SharedSecretValue ssv = SharedSecretValue.random(Fixtures.seeded(5))) {
            List<EncapsulatedData> all = ENCAPSULATOR.encapsulateAll(ssv, to);

            assertThat(all).hasSize(260).doesNotHaveDuplicates();
            for (int i : new int[] {0, 255, 256, 259}) {
                assertThat(all.get(i)).isEqualTo(ENCAPSULATOR.encapsulate(ssv, to.get(i)));
            }
            assertThat(ENCAPSULATOR.encapsulateAll(ssv, List.of())).isEmpty();
        }
    }

    @Test
    void refusesReceiversThatCannotBe() {
        try (SharedSecretValue ssv = SharedSecretValue.random(Fixtures.seeded(6))) {
            assertThatThrownBy(() -> ENCAPSULATOR.encapsulateAll(ssv, List.of(ALICE, DEGENERATE)))
                    .isInstanceOf(InvalidKeyMaterialException.class);
            assertThatThrownBy(() -> ENCAPSULATOR.encapsulateAll(ssv, List.of(ALICE, Octets.fromHex(""))))
                    .isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> ENCAPSULATOR.encapsulate(ssv, Octets.fromHex("FF".repeat(128))))
                    .isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> ENCAPSULATOR.encapsulateEach(List.of(ssv), List.of(ALICE, ALICE)))
                    .isInstanceOf(InvalidValueException.class);
        }
    }
}
