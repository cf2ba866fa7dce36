package org.mckms.mikeysakke.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.vector.VectorSakkeCore;

/** The operations of the vector core: one secret over the lanes, and one in a lane beside seven others. */
class VectorTimingTest {
    private static final long SEED = 20260127;
    private static final int LANES = 8;
    private static final TimingReport REPORT = new TimingReport("vector.md");
    private static final SakkeCore CORE = new VectorSakkeCore(new SecureRandom());

    static Stream<TimedOperation> operations() {
        return Stream.of(1, LANES).flatMap(batch -> new SakkeOperations(CORE, batch).all());
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
}
