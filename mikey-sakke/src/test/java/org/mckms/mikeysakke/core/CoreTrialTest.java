package org.mckms.mikeysakke.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.curve.Integers;

class CoreTrialTest {
    private static final long SCALAR_NANOS = 1_000_000;

    private final AtomicLong clock = new AtomicLong();
    private final FakeCore scalar = new FakeCore("scalar", clock, SCALAR_NANOS);
    private final CoreTrial trial = new CoreTrial(new SecureRandom(), Duration.ofSeconds(5), clock::get, clock::get);

    @AfterEach
    void forgetInterrupt() {
        Thread.interrupted();
    }

    @Test
    void passesACoreThatIsRightAndFaster() {
        CoreTrial.Verdict verdict = trial.of(new FakeCore("fast", clock, SCALAR_NANOS / 4), scalar);
        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.finding())
                .contains("warm after", "extraction 4.0 (in bulk 4.0)", "pairing 4.0 (in bulk 4.0)");
    }

    @ParameterizedTest
    @CsvSource({"multiply,extraction", "sum,encapsulation", "power,encapsulation", "pair,pairing"})
    void refusesAWrongResult(String operation, String told) {
        CoreTrial.Verdict verdict = trial.of(wrongFrom(0, operation), scalar);
        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.finding()).isEqualTo("wrong result of " + told);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 29})
    void refusesACoreThatBecomesWrongWhenCompiled(int right) {
        assertThat(trial.of(wrongFrom(right, "multiply"), scalar).finding()).isEqualTo("wrong result of extraction");
    }

    private FakeCore wrongFrom(int call, String wrongOperation) {
        return new FakeCore("wrong", clock, SCALAR_NANOS / 4) {
            private int calls;

            @Override
            byte[] result(String operation, byte[]... inputs) {
                byte[] result = super.result(operation, inputs);
                if (operation.equals(wrongOperation) && calls++ >= call) {
                    result[result.length - 1] ^= 1;
                }
                return result;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesACoreThatFindsEverySumRightOrWrong(boolean finding) {
        FakeCore careless = new FakeCore("careless", clock, SCALAR_NANOS / 4) {
            @Override
            public boolean[] isSum(SenderTable z, byte[][] rb, byte[][] r, byte[][] points) {
                boolean[] right = super.isSum(z, rb, r, points);
                Arrays.fill(right, finding);
                return right;
            }
        };
        assertThat(trial.of(careless, scalar).finding()).isEqualTo("wrong result of check of R");
    }

    static Stream<Arguments> edgesInEveryPlace() {
        BigInteger top = BigInteger.ONE.shiftLeft(1021);
        return Stream.of(Integers.Q.subtract(BigInteger.ONE), top, top.subtract(BigInteger.ONE))
                .flatMap(edge -> Stream.of(true, false)
                        .flatMap(alone -> Stream.of(
                                Arguments.of(edge, alone, "multiply", 0),
                                Arguments.of(edge, alone, "sum", 1),
                                Arguments.of(edge, alone, "sum", 2),
                                Arguments.of(edge, alone, "power", 0))));
    }

    @ParameterizedTest
    @MethodSource("edgesInEveryPlace")
    void refusesACoreThatIsWrongForOneScalar(BigInteger wrongFor, boolean alone, String wrongOperation, int place) {
        byte[] wrongScalar = Integers.octets(wrongFor);
        FakeCore wrong = new FakeCore("wrong", clock, SCALAR_NANOS / 4) {
            private boolean single;

            @Override
            public byte[][] multiplyGenerator(byte[][] k) {
                single = k.length == 1;
                return super.multiplyGenerator(k);
            }

            @Override
            public Encapsulation[] encapsulate(SenderTable z, byte[][] rb, byte[][] r) {
                single = r.length == 1;
                return super.encapsulate(z, rb, r);
            }

            @Override
            byte[] result(String operation, byte[]... inputs) {
                byte[] result = super.result(operation, inputs);
                if (operation.equals(wrongOperation) && single == alone && Arrays.equals(inputs[place], wrongScalar)) {
                    result[result.length - 1] ^= 1;
                }
                return result;
            }
        };
        assertThat(trial.of(wrong, scalar).finding()).startsWith("wrong result of ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesACoreThatComparesXOnly(boolean alone) {
        FakeCore careless = careless(alone, (sum, claimed) -> x(sum).equals(x(claimed)));
        assertThat(trial.of(careless, scalar).finding()).isEqualTo("wrong result of check of R");
    }

    /** x of R + (0, 0) is -3/x of R. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesACoreThatOverlooksAPointOfOrderTwo(boolean alone) {
        BigInteger minusThree = Integers.P.subtract(BigInteger.valueOf(3));
        FakeCore careless = careless(
                alone,
                (sum, claimed) -> x(sum).multiply(x(claimed)).mod(Integers.P).equals(minusThree));
        assertThat(trial.of(careless, scalar).finding()).isEqualTo("wrong result of check of R");
    }

    private static BigInteger x(byte[] point) {
        return new BigInteger(1, Arrays.copyOfRange(point, 1, 129));
    }

    /** Finds right also what it takes for the sum, of one claim or of one among many. */
    private FakeCore careless(boolean alone, BiPredicate<byte[], byte[]> takenForTheSum) {
        return new FakeCore("careless", clock, SCALAR_NANOS / 4) {
            @Override
            public boolean[] isSum(SenderTable z, byte[][] rb, byte[][] r, byte[][] points) {
                boolean[] right = super.isSum(z, rb, r, points);
                if (alone == (r.length == 1)) {
                    Encapsulation[] made = encapsulate(z, rb, r);
                    for (int i = 0; i < right.length; i++) {
                        right[i] |= takenForTheSum.test(made[i].point(), points[i]);
                    }
                }
                return right;
            }
        };
    }

    @Test
    void refusesTooFewResults() {
        FakeCore lazy = new FakeCore("lazy", clock, SCALAR_NANOS / 4) {
            @Override
            public byte[][] multiplyGenerator(byte[][] k) {
                return new byte[][] {super.multiplyGenerator(k)[0]};
            }
        };
        assertThat(trial.of(lazy, scalar).finding()).isEqualTo("wrong result of extraction");
    }

    @ParameterizedTest
    @ValueSource(longs = {SCALAR_NANOS, SCALAR_NANOS * 9 / 10, SCALAR_NANOS * 100})
    void givesUpACoreThatNeverBecomesFaster(long nanos) {
        CoreTrial.Verdict verdict = trial.of(new FakeCore("slow", clock, nanos), scalar);
        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.finding())
                .startsWith("not fast enough after 5 s, speed against the scalar core: extraction ");
        assertThat(clock.get()).isGreaterThan(Duration.ofSeconds(5).toNanos());
    }

    @Test
    void waitsUntilACoreIsWarm() {
        FakeCore cold = new FakeCore("cold", clock, SCALAR_NANOS / 4) {
            private int calls;

            @Override
            byte[] result(String operation, byte[]... inputs) {
                clock.addAndGet(calls++ < 100 ? 10 * SCALAR_NANOS : 0);
                return super.result(operation, inputs);
            }
        };
        CoreTrial.Verdict verdict = trial.of(cold, scalar);
        assertThat(verdict.passed()).isTrue();
        assertThat(clock.get()).as("the cold calls took place").isGreaterThan(1_000 * SCALAR_NANOS);
    }

    @Test
    void takesACoreThatLeavesThePairingToTheScalarOne() {
        FakeCore half = new FakeCore("half", clock, SCALAR_NANOS / 2) {
            @Override
            byte[] result(String operation, byte[]... inputs) {
                clock.addAndGet(operation.equals("pair") ? SCALAR_NANOS / 2 : 0);
                return super.result(operation, inputs);
            }
        };
        assertThat(trial.of(half, scalar).passed()).isTrue();
    }

    @Test
    void refusesACoreThatIsFasterInBulkOnly() {
        FakeCore bulky = new FakeCore("bulky", clock, SCALAR_NANOS / 4) {
            @Override
            public byte[][] multiplyGenerator(byte[][] k) {
                clock.addAndGet(k.length == 1 ? 2 * SCALAR_NANOS : 0);
                return super.multiplyGenerator(k);
            }
        };
        assertThat(trial.of(bulky, scalar).finding()).contains("not fast enough", "extraction 0.4 (in bulk 4.0)");
    }

    @Test
    void refusesACoreThatFallsBack() {
        FakeCore unsteady = new FakeCore("unsteady", clock, SCALAR_NANOS / 4) {
            private int batches;

            @Override
            public byte[][] pair(byte[][] a, byte[][] b) {
                boolean everyThirdBatch = a.length > 1 && ++batches % 3 == 0;
                clock.addAndGet(everyThirdBatch ? 10 * SCALAR_NANOS * a.length : 0);
                return super.pair(a, b);
            }
        };
        assertThat(trial.of(unsteady, scalar).passed()).isFalse();
    }

    @Test
    void endsWhenInterrupted() {
        Thread.currentThread().interrupt();
        assertThat(trial.of(new FakeCore("slow", clock, SCALAR_NANOS), scalar).finding())
                .isEqualTo("its trial was broken off");
    }

    @Test
    void letsAFailureThrough() {
        FakeCore broken = new FakeCore("broken", clock, SCALAR_NANOS / 4) {
            @Override
            byte[] result(String operation, byte[]... inputs) {
                throw new ArrayIndexOutOfBoundsException(8);
            }
        };
        assertThatThrownBy(() -> trial.of(broken, scalar)).isInstanceOf(ArrayIndexOutOfBoundsException.class);
    }
}
