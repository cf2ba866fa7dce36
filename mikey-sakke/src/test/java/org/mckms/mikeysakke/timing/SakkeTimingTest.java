package org.mckms.mikeysakke.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.core.ScalarSakkeCore;
import org.mckms.mikeysakke.sakke.EncapsulatedData;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.sakke.SakkeDecapsulator;
import org.mckms.mikeysakke.sakke.SakkeEncapsulator;
import org.mckms.mikeysakke.sakke.SakkeExtraction;
import org.mckms.mikeysakke.sakke.SharedSecretValue;

/** Extraction, encapsulation and decapsulation of SAKKE on the scalar core, by its operations and as a whole. */
class SakkeTimingTest {
    private static final long SEED = 20260124;
    private static final int DATA = 32;
    private static final Octets IDENTITY = Octets.copyOf(new byte[] {1, 2, 3, 4});
    private static final TimingReport REPORT = new TimingReport("sakke.md");
    private static final SakkeCore CORE = new ScalarSakkeCore();
    private static final Scalars SCALARS = new Scalars(Scalars.SAKKE_Q, 128);

    static Stream<TimedOperation> operations() {
        return Stream.concat(
                Stream.of(inverse(), encapsulation(), decapsulation()), new SakkeOperations(CORE, 1).all());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void takesTheSameTimeForAllSecrets(TimedOperation operation) {
        TimingResult result = new TimingComparison(SEED).measure(operation);
        REPORT.add(result);
        assertThat(result).matches(TimingResult::isConstant, "constant");
    }

    @AfterAll
    static void report() {
        REPORT.print();
    }

    private static TimedOperation inverse() {
        Map<InputClass, KmsMasterSecret[]> secrets = new EnumMap<>(InputClass.class);
        for (InputClass inputs : InputClass.values()) {
            KmsMasterSecret[] each = new KmsMasterSecret[DATA];
            Arrays.setAll(each, i -> {
                byte[] z = SCALARS.get(inputs, i).clone();
                // z_T is not 1, but may be 3
                z[z.length - 1] |= 2;
                return KmsMasterSecret.takeFrom(z);
            });
            secrets.put(inputs, each);
        }
        return new KeyOperation<>("k = (a + z)^-1, by z", secrets, z -> SakkeExtraction.inverse(IDENTITY, z)
                .close());
    }

    private static TimedOperation encapsulation() {
        SakkeEncapsulator encapsulator = new SakkeEncapsulator(CORE, master().publicKey());
        return new KeyOperation<>("encapsulation, by SSV", ssvs(), ssv -> encapsulator.encapsulate(ssv, IDENTITY));
    }

    private static TimedOperation decapsulation() {
        SakkeEncapsulator encapsulator = new SakkeEncapsulator(CORE, master().publicKey());
        SakkeDecapsulator decapsulator =
                SakkeDecapsulator.withLineTable(encapsulator, SakkeExtraction.extract(IDENTITY, master()), IDENTITY);
        Map<InputClass, EncapsulatedData[]> data = new EnumMap<>(InputClass.class);
        ssvs().forEach((inputs, ssvs) -> data.put(
                inputs,
                Arrays.stream(ssvs)
                        .map(ssv -> encapsulator.encapsulate(ssv, IDENTITY))
                        .toArray(EncapsulatedData[]::new)));
        return new KeyOperation<>("decapsulation by line table, by SSV", data, encapsulated -> decapsulator
                .decapsulate(encapsulated)
                .close());
    }

    /** 16 octets: random, all zero, all ones. */
    private static Map<InputClass, SharedSecretValue[]> ssvs() {
        Random random = new Random(SEED);
        Map<InputClass, SharedSecretValue[]> ssvs = new EnumMap<>(InputClass.class);
        for (InputClass inputs : InputClass.values()) {
            SharedSecretValue[] each = new SharedSecretValue[DATA];
            Arrays.setAll(each, i -> {
                byte[] ssv = new byte[SharedSecretValue.OCTETS];
                switch (inputs) {
                    case SMALL -> Arrays.fill(ssv, (byte) 0);
                    case LARGE -> Arrays.fill(ssv, (byte) 0xFF);
                    default -> random.nextBytes(ssv);
                }
                return SharedSecretValue.takeFrom(ssv);
            });
            ssvs.put(inputs, each);
        }
        return ssvs;
    }

    private static KmsMasterSecret master() {
        return KmsMasterSecret.takeFrom(SCALARS.get(InputClass.RANDOM, 5).clone());
    }
}
