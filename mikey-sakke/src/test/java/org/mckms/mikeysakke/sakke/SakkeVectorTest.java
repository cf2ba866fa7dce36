package org.mckms.mikeysakke.sakke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.mckms.mikeysakke.DecapsulationException;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.ScalarSakkeCore;
import org.mckms.mikeysakke.core.SenderTable;
import org.mckms.mikeysakke.field.OrderField;
import org.mckms.mikeysakke.secret.SecretScalar;
import org.mckms.mikeysakke.vectors.UsesVectors;
import org.mckms.mikeysakke.vectors.VectorCase;
import org.mckms.mikeysakke.vectors.VectorFile;

@UsesVectors({
    "sakke/rfc6508.json",
    "sakke/rfc6508-negative.json",
    "sakke/leading-zero-gr-selfmade.json",
    "sakke/edges-selfmade.json"
})
class SakkeVectorTest {
    private static final ScalarSakkeCore CORE = new ScalarSakkeCore();

    @TestFactory
    Stream<DynamicTest> reproducesTheValuesOfRfc6508() {
        VectorFile file = VectorFile.load("sakke/rfc6508.json");
        VectorCase in = file.inputs();
        Trace trace = new Trace(in.octets("z"), in.octets("b"), in.octets("SSV"));
        Map<String, Supplier<Octets>> computed = Map.of(
                "Z", trace.zT::octets,
                "RSK", trace::rsk,
                "r", trace::r,
                "RbS", trace.data::point,
                "gr", trace::gr,
                "HashToIntegerRange_gr_2pow128", trace::mask,
                "H", trace.data::hint,
                "encapsulatedData", trace.data::octets,
                "w", trace::w,
                "decapsulated SSV", trace::decapsulated);
        return file.tests(row -> assertThat(computed.get(row.name()).get()).isEqualTo(row.octets("value")));
    }

    @TestFactory
    Stream<DynamicTest> rejectsTheAlterationsOfRfc6508() {
        VectorFile file = VectorFile.load("sakke/rfc6508-negative.json");
        VectorCase in = file.inputs();
        KmsPublicKey zT = new KmsPublicKey(in.octets("Z"));
        return file.tests(row -> {
            EncapsulatedData data = new EncapsulatedData(row.octets("encapsulatedData"));
            try (ReceiverSecretKey rsk = ReceiverSecretKey.takeFrom(in.bytes("RSK"))) {
                assertThatThrownBy(() -> Sakke.decapsulate(data, rsk, in.octets("b"), zT))
                        .isInstanceOf(DecapsulationException.class);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> hashesAllOctetsOfGr() {
        VectorFile file = VectorFile.load("sakke/leading-zero-gr-selfmade.json");
        VectorCase in = file.inputs();
        Trace trace = new Trace(in.octets("z"), in.octets("uid"), in.octets("ssv"));
        Map<String, Supplier<Octets>> computed = Map.of(
                "gr", trace::gr,
                "mask", trace::mask,
                "H", trace.data::hint,
                "encapsulatedData", trace.data::octets,
                "trimmedH", () -> xor(mask(trace.gr().slice(1, 128)), in.octets("ssv")));
        return file.tests(row -> {
            assertThat(computed.get(row.name()).get()).isEqualTo(row.octets("value"));
            assertThat(trace.data.hint()).isNotEqualTo(xor(mask(trace.gr().slice(1, 128)), in.octets("ssv")));
        });
    }

    @TestFactory
    Stream<DynamicTest> holdsOnEdges() {
        return VectorFile.load("sakke/edges-selfmade.json").tests(row -> {
            Trace trace = new Trace(row.octets("z"), row.octets("identity"), row.octets("ssv"));

            assertThat(trace.zT.octets()).isEqualTo(row.octets("zT"));
            assertThat(trace.rsk()).isEqualTo(row.octets("rsk"));
            assertThat(trace.r()).isEqualTo(row.octets("r"));
            assertThat(trace.gr()).isEqualTo(row.octets("gr"));
            assertThat(trace.w()).isEqualTo(row.octets("gr"));
            assertThat(trace.mask()).isEqualTo(row.octets("mask"));
            assertThat(trace.data.point()).isEqualTo(row.octets("rbs"));
            assertThat(trace.data.hint()).isEqualTo(row.octets("hint"));
            assertThat(trace.decapsulated()).isEqualTo(row.octets("ssv"));
            assertThat(trace.keyIsValid()).isTrue();
        });
    }

    private static Octets mask(Octets value) {
        return Octets.copyOf(HashToIntegerRange.mask(value.toByteArray()));
    }

    private static Octets xor(Octets one, Octets other) {
        byte[] result = one.toByteArray();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= other.at(i);
        }
        return Octets.copyOf(result);
    }

    /** One run from the master secret to the opened data. */
    private static final class Trace {
        private final Octets identity;
        private final Octets ssv;
        private final KmsPublicKey zT;
        private final ReceiverSecretKey rsk;
        private final EncapsulatedData data;
        private final boolean consistent;

        Trace(Octets z, Octets identity, Octets ssv) {
            this.identity = identity;
            this.ssv = ssv;
            try (KmsMasterSecret master = KmsMasterSecret.takeFrom(z.toByteArray());
                    SecretScalar k = SakkeExtraction.inverse(identity, master);
                    SharedSecretValue secret = SharedSecretValue.takeFrom(ssv.toByteArray())) {
                zT = master.publicKey();
                rsk = SakkeExtraction.rsk(k);
                consistent = SakkeExtraction.isConsistent(identity, master, k, rsk, Fixtures.seeded(1));
                data = Sakke.encapsulate(secret, identity, zT);
            }
        }

        Octets rsk() {
            return rsk.use(Octets::copyOf);
        }

        private byte[] scalar() {
            byte[] r = new byte[OrderField.SAKKE.octets()];
            OrderField.SAKKE.encode(r, HashToIntegerRange.modQ(ssv.toByteArray(), identity.toByteArray()));
            return r;
        }

        Octets r() {
            return Octets.copyOf(scalar());
        }

        Octets gr() {
            SenderTable table = CORE.smallSenderTable(zT.octets().toByteArray());
            byte[][] r = {scalar()};
            byte[][] zero = {new byte[r[0].length]};
            return Octets.copyOf(CORE.encapsulate(table, zero, r)[0].power());
        }

        Octets w() {
            byte[][] points = {data.point().toByteArray()};
            return Octets.copyOf(rsk.use(key -> CORE.pair(new byte[][] {key}, points))[0]);
        }

        Octets mask() {
            return SakkeVectorTest.mask(gr());
        }

        Octets decapsulated() {
            try (SharedSecretValue opened = Sakke.decapsulate(data, rsk, identity, zT)) {
                return opened.use(Octets::copyOf);
            }
        }

        boolean keyIsValid() {
            return consistent && SakkeKeyCheck.isValid(identity, rsk, zT);
        }
    }
}
