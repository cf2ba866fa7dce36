package org.mckms.mikeysakke.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.sakke.EncapsulatedData;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.mikeysakke.sakke.SakkeDecapsulator;
import org.mckms.mikeysakke.sakke.SakkeEncapsulator;
import org.mckms.mikeysakke.sakke.SakkeExtractor;
import org.mckms.mikeysakke.sakke.SharedSecretValue;
import org.mckms.mikeysakke.vectors.VectorCase;
import org.mckms.mikeysakke.vectors.VectorFile;

/** The numbers of RFC 6508 appendix A on the vector core: alone, in a group of eight, and in what is left of a batch. */
class VectorRfc6508Test {
    private static final int BATCH = 9;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final VectorSakkeCore core = new VectorSakkeCore(RANDOM);
    private final VectorFile file = VectorFile.load("sakke/rfc6508.json");
    private final VectorCase in = file.inputs();
    private final Octets receiver = in.octets("b");
    private final SakkeEncapsulator kms = new SakkeEncapsulator(core, new KmsPublicKey(value("Z")));
    private final EncapsulatedData data = new EncapsulatedData(value("encapsulatedData"));

    private Octets value(String name) {
        return file.cases().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow()
                .octets("value");
    }

    private ReceiverSecretKey rsk() {
        return ReceiverSecretKey.takeFrom(value("RSK").toByteArray());
    }

    @Test
    void extractsTheKey() {
        try (KmsMasterSecret z = KmsMasterSecret.takeFrom(in.bytes("z"))) {
            for (int size : new int[] {1, BATCH}) {
                List<ReceiverSecretKey> keys =
                        new SakkeExtractor(core, RANDOM).extract(Collections.nCopies(size, receiver), z);

                assertThat(keys).hasSize(size).allSatisfy(key -> assertThat(key.use(Octets::copyOf))
                        .isEqualTo(value("RSK")));
                keys.forEach(ReceiverSecretKey::close);
            }
        }
    }

    @Test
    void encapsulatesTheSharedSecret() {
        try (SharedSecretValue ssv = SharedSecretValue.takeFrom(in.bytes("SSV"))) {
            assertThat(kms.encapsulate(ssv, receiver)).isEqualTo(data);
            assertThat(kms.encapsulateAll(ssv, Collections.nCopies(BATCH, receiver)))
                    .isEqualTo(Collections.nCopies(BATCH, data));
        }
    }

    @Test
    void decapsulatesWithAndWithoutALineTable() {
        try (ReceiverSecretKey rsk = rsk();
                SakkeDecapsulator any = SakkeDecapsulator.of(kms, rsk, receiver);
                SakkeDecapsulator lines = SakkeDecapsulator.withLineTable(kms, rsk, receiver)) {
            for (SakkeDecapsulator decapsulator : List.of(any, lines)) {
                for (int size : new int[] {1, BATCH}) {
                    assertThat(decapsulator.decapsulateAll(Collections.nCopies(size, data)))
                            .hasSize(size)
                            .allSatisfy(ssv -> assertThat(octets(ssv)).contains(in.octets("SSV")));
                }
            }
        }
    }

    @Test
    void refusesEachAlterationAndNoOther() {
        VectorFile alterations = VectorFile.load("sakke/rfc6508-negative.json");
        try (ReceiverSecretKey rsk = rsk();
                SakkeDecapsulator lines = SakkeDecapsulator.withLineTable(kms, rsk, receiver)) {
            for (VectorCase altered : alterations.cases()) {
                EncapsulatedData wrong = new EncapsulatedData(altered.octets("encapsulatedData"));

                List<Optional<SharedSecretValue>> opened =
                        lines.decapsulateAll(List.of(data, data, data, wrong, data, data, data, data));

                assertThat(opened.get(3)).as(altered.name()).isEmpty();
                assertThat(opened.stream().filter(Optional::isPresent)).hasSize(7);
            }
        }
        assertThat(alterations.cases()).isNotEmpty();
    }

    private static Optional<Octets> octets(Optional<SharedSecretValue> ssv) {
        return ssv.map(secret -> secret.use(Octets::copyOf));
    }
}
