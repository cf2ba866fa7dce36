package org.mckms.mikeysakke.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.mikeysakke.field.OrderField;

/** Arithmetic modulo the group orders. */
class FieldTimingTest {
    private static final long SEED = 20260121;
    private static final TimingReport REPORT = new TimingReport("field.md");

    static Stream<TimedOperation> operations() {
        return Stream.of(OrderField.SAKKE, OrderField.P256)
                .flatMap(field -> Stream.of(
                        inversion(field), multiplication(field), addition(field), reduction(field), comparison(field)));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void takesTheSameTimeForAllSecrets(TimedOperation operation) {
        TimingResult result = new TimingComparison(SEED).measure(operation);
        REPORT.add(result);
        assertThat(result).matches(TimingResult::isConstant, "constant");
    }

    /** The measurement finds what it is for. */
    @Test
    void findsTheLeakOfAnInversionWithBigInteger() {
        BigInteger[] sink = new BigInteger[1];
        TimingResult result = new TimingComparison(SEED)
                .measure(new ScalarOperation(
                        "BigInteger.modInverse (must leak)",
                        new Scalars(Scalars.SAKKE_Q, OrderField.SAKKE.octets()),
                        OrderField.SAKKE.octets(),
                        secret -> sink[0] = new BigInteger(1, secret).modInverse(Scalars.SAKKE_Q)));
        REPORT.add(result);
        assertThat(result).matches(TimingResult::isLeak, "a leak");
    }

    @AfterAll
    static void report() {
        REPORT.print();
    }

    private static TimedOperation inversion(OrderField field) {
        long[] inverse = field.newElement();
        return operation(
                "inversion modulo q, ",
                field,
                field == OrderField.SAKKE ? 1 : 5,
                element -> field.invert(inverse, element));
    }

    private static TimedOperation multiplication(OrderField field) {
        long[] product = field.newElement();
        int times = field == OrderField.SAKKE ? 20 : 200;
        return operation(
                "multiplication modulo q, ", field, times, element -> field.multiply(product, element, element));
    }

    private static TimedOperation addition(OrderField field) {
        long[] sum = field.newElement();
        return operation("addition modulo q, ", field, 500, element -> field.add(sum, element, element));
    }

    private static TimedOperation operation(String name, OrderField field, int times, Consumer<long[]> operation) {
        return new ElementOperation(name + nameOf(field), field, scalars(field), times, operation);
    }

    private static TimedOperation reduction(OrderField field) {
        long[] element = field.newElement();
        return new ScalarOperation(
                "reduction modulo q, " + nameOf(field) + ", 20 times", scalars(field), field.octets(), secret -> {
                    for (int i = 0; i < 20; i++) {
                        field.reduce(element, secret);
                    }
                });
    }

    private static TimedOperation comparison(OrderField field) {
        boolean[] below = new boolean[1];
        return new ScalarOperation(
                "comparison with q, " + nameOf(field) + ", 200 times", scalars(field), field.octets(), secret -> {
                    for (int i = 0; i < 200; i++) {
                        below[0] = field.isBelow(secret);
                    }
                });
    }

    private static Scalars scalars(OrderField field) {
        return new Scalars(field == OrderField.SAKKE ? Scalars.SAKKE_Q : Scalars.P256_Q, field.octets());
    }

    private static String nameOf(OrderField field) {
        return field == OrderField.SAKKE ? "SAKKE" : "P-256";
    }
}
