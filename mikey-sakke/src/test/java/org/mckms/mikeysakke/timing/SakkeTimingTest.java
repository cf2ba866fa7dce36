package org.mckms.mikeysakke.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.mikeysakke.core.LineTable;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.core.ScalarSakkeCore;
import org.mckms.mikeysakke.core.SenderTable;

/** Extraction, encapsulation and decapsulation of SAKKE on the scalar core. */
class SakkeTimingTest {
    private static final long SEED = 20260124;
    private static final int OCTETS = 128;
    private static final TimingReport REPORT = new TimingReport();
    private static final SakkeCore CORE = new ScalarSakkeCore();
    private static final Scalars SCALARS = new Scalars(Scalars.SAKKE_Q, OCTETS);

    static Stream<TimedOperation> operations() {
        byte[] publicPoint = CORE.multiplyGenerator(new byte[][] {SCALARS.get(InputClass.RANDOM, 3)})[0];
        SenderTable table = CORE.senderTable(publicPoint);
        return Stream.of(
                extraction(),
                encapsulation(table),
                check(table, publicPoint),
                tablePairing(publicPoint),
                pairing(publicPoint));
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

    private static TimedOperation extraction() {
        return operation("RSK = [k]P, by k", k -> CORE.multiplyGenerator(new byte[][] {k}));
    }

    private static TimedOperation encapsulation(SenderTable table) {
        return operation(
                "[rb]P + [r]Z and g^r, by r", r -> CORE.encapsulate(table, new byte[][] {r}, new byte[][] {r}));
    }

    private static TimedOperation check(SenderTable table, byte[] point) {
        return operation(
                "[rb]P + [r]Z = R, by r",
                r -> CORE.isSum(table, new byte[][] {r}, new byte[][] {r}, new byte[][] {point}));
    }

    private static TimedOperation operation(String name, Consumer<byte[]> operation) {
        return new ScalarOperation(name, SCALARS, OCTETS, operation);
    }

    private static TimedOperation pairing(byte[] point) {
        return new KeyOperation<>(
                "pairing with R, by RSK", keys(64), key -> CORE.pair(new byte[][] {key}, new byte[][] {point}));
    }

    private static TimedOperation tablePairing(byte[] point) {
        Map<InputClass, LineTable[]> tables = new EnumMap<>(InputClass.class);
        keys(8).forEach((inputs, keys) ->
                tables.put(inputs, Arrays.stream(keys).map(CORE::lineTable).toArray(LineTable[]::new)));
        return new KeyOperation<>(
                "pairing with R by line table, by RSK", tables, key -> CORE.pair(key, new byte[][] {point}));
    }

    /** Receiver secret keys: random points, P and -P. */
    private static Map<InputClass, byte[][]> keys(int each) {
        Map<InputClass, byte[][]> keys = new EnumMap<>(InputClass.class);
        for (InputClass inputs : InputClass.values()) {
            byte[][] scalars = new byte[each][];
            Arrays.setAll(scalars, i -> SCALARS.get(inputs, i));
            keys.put(inputs, CORE.multiplyGenerator(scalars));
        }
        return keys;
    }
}
