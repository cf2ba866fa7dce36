package org.mckms.mikeysakke.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.mikeysakke.core.ScalarSakkeCore;

/** Extraction, encapsulation and decapsulation of SAKKE on the scalar core. */
class SakkeTimingTest {
    private static final long SEED = 20260124;
    private static final TimingReport REPORT = new TimingReport();

    static Stream<TimedOperation> operations() {
        return new SakkeOperations(new ScalarSakkeCore(), 1).all();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void takesTheSameTimeForAllSecrets(TimedOperation operation) {
        TimingResult result = new TimingComparison(SEED).measure(operation);
        REPORT.add(result);
        assertThat(result).matches(TimingResult::isConstant, "constant");
    }

    @AfterAll
    static void report() throws IOException {
        REPORT.write("sakke.md");
    }
}
