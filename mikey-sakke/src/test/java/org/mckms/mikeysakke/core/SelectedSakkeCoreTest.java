package org.mckms.mikeysakke.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(10)
class SelectedSakkeCoreTest {
    private static final byte[][] K = {new byte[128]};
    private static final byte[] POINT = new byte[257];

    private final AtomicLong clock = new AtomicLong();
    private final SecureRandom random = new SecureRandom();
    private final BlockingQueue<CoreChoice> told = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicLong scalarCalls = new AtomicLong();
    private FakeCore scalar = new FakeCore("scalar", clock, 1_000_000) {
        @Override
        public boolean[] isSum(SenderTable z, byte[][] rb, byte[][] r, byte[][] points) {
            scalarCalls.incrementAndGet();
            return super.isSum(z, rb, r, points);
        }
    };
    private SelectedSakkeCore core;

    @AfterEach
    void endThreads() throws InterruptedException {
        gate.countDown();
        core.close();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void servesTheScalarCoreUntilAnotherOneHasProvenItself() throws InterruptedException {
        start(List.of(offer(() -> {
            await();
            return fast();
        })));
        assertThat(core.name()).isEqualTo("scalar");
        assertThat(core.multiplyGenerator(K)).isDeepEqualTo(fast().multiplyGenerator(K));
        assertThat(core.choice()).isEmpty();
        gate.countDown();
        assertThat(choice().core()).isEqualTo("fast");
        assertThat(core.name()).isEqualTo("fast");
        assertThat(core.choice())
                .hasValueSatisfying(choice -> assertThat(choice.reason()).contains("warm after"));
    }

    @Test
    void keepsTablesThatWereMadeBeforeTheChange() throws InterruptedException {
        start(List.of(offer(() -> {
            await();
            return fast();
        })));
        SenderTable table = core.senderTable(POINT);
        byte[] sum = core.encapsulate(table, K, K)[0].point();
        try (LineTable lines = core.lineTable(POINT)) {
            byte[][] paired = core.pair(lines, new byte[][] {POINT});
            gate.countDown();
            choice();
            assertThat(core.encapsulate(table, K, K)[0].point()).isEqualTo(sum);
            assertThat(core.isSum(table, K, K, new byte[][] {sum})).containsExactly(true);
            assertThat(core.pair(lines, new byte[][] {POINT})).isDeepEqualTo(paired);
        }
        assertThat(core.encapsulate(core.senderTable(POINT), K, K)[0].point()).isEqualTo(sum);
    }

    @Test
    void staysScalarWithoutProviders() throws InterruptedException {
        start(List.of());
        assertThat(choice()).isEqualTo(new CoreChoice("scalar", "no other core is installed"));
    }

    @Test
    void tellsWhatKeepsACoreFromServingHere() throws InterruptedException {
        start(List.of(provider(Optional.of("no 512-bit vectors"), () -> {
            throw new AssertionError("asked for a core that cannot run");
        })));
        assertThat(choice()).isEqualTo(new CoreChoice("scalar", "other: no 512-bit vectors"));
    }

    @Test
    void isReadyOnceTheScalarCoreIs() throws InterruptedException {
        start(List.of());
        choice();
        assertThat(core.isReady()).isTrue();
    }

    @Test
    void isNotReadyAndTriesNothingIfTheScalarCoreFails() throws InterruptedException {
        scalar = new FakeCore("scalar", clock, 1_000_000) {
            @Override
            public byte[][] multiplyGenerator(byte[][] k) {
                throw new IllegalStateException("wrong table");
            }
        };
        start(List.of(offer(this::fast)));
        assertThat(choice().reason()).contains("it cannot be used", "wrong table");
        assertThat(core.isReady()).isFalse();
        assertThat(core.name()).isEqualTo("scalar");
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("no such state"),
                new NoClassDefFoundError("jdk/incubator/vector/Vector"),
                new ExceptionInInitializerError("no species"),
                new AssertionError("lanes"),
                new OutOfMemoryError("tables"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void staysScalarWhateverACoreThrows(Throwable failure) throws InterruptedException {
        start(List.of(offer(() -> {
            throw SelectedSakkeCoreTest.<RuntimeException>unchecked(failure);
        })));
        assertThat(choice()).isEqualTo(new CoreChoice("scalar", "other: it failed: " + failure));
        assertThat(core.multiplyGenerator(K)).isDeepEqualTo(fast().multiplyGenerator(K));
    }

    @Test
    void keepsTheTablesOfTheScalarCoreIfTheOtherOneFailsWithThem() throws InterruptedException {
        List<byte[]> made = new ArrayList<>();
        start(List.of(offer(() -> {
            await();
            return new FakeCore("fast", clock, 250_000) {
                @Override
                public SenderTable senderTable(byte[] zT) {
                    made.add(zT);
                    if (made.size() > 2) {
                        throw new IllegalStateException("no room");
                    }
                    return super.senderTable(zT);
                }
            };
        })));
        SenderTable one = core.senderTable(POINT);
        SenderTable two = core.senderTable(POINT);
        gate.countDown();
        assertThat(choice().reason()).contains("no room");
        assertThat(made).hasSize(3);
        scalarCalls.set(0);
        assertThat(core.isSum(one, K, K, new byte[][] {POINT})).containsExactly(false);
        assertThat(core.isSum(two, K, K, new byte[][] {POINT})).containsExactly(false);
        assertThat(scalarCalls.get()).as("both by the scalar core").isEqualTo(2);
    }

    @Test
    void asksTheNextProviderAfterAFailure() throws InterruptedException {
        start(List.of(
                offer(() -> {
                    throw new IllegalStateException();
                }),
                offer(this::fast)));
        assertThat(choice().core()).isEqualTo("fast");
    }

    @Test
    void saysThatACoreNeedsANewerJdk() throws InterruptedException {
        start(failing(new UnsupportedClassVersionError("class file version 69.0")));
        assertThat(choice().reason())
                .isEqualTo("another core is installed, but made for a newer JDK than "
                        + Runtime.version().feature());
    }

    @Test
    void staysScalarIfNoProviderCanBeLoaded() throws InterruptedException {
        start(failing(new ServiceConfigurationError("bad file")));
        assertThat(choice().reason()).contains("cannot be loaded", "bad file");
    }

    @Test
    void leavesACoreBehindThatHangs() throws InterruptedException {
        start(
                List.of(offer(() -> {
                    await();
                    return fast();
                })),
                Duration.ofMillis(20));
        SenderTable table = core.senderTable(POINT);
        assertThat(choice().reason()).contains("did not end");
        gate.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(core.isSum(table, K, K, new byte[][] {POINT})).containsExactly(false);
        assertThat(core.name()).as("the core that came too late").isEqualTo("scalar");
        assertThat(told).as("told once").isEmpty();
    }

    @Test
    void tellsNothingOnceItIsClosed() throws InterruptedException {
        start(List.of(offer(() -> {
            await();
            return fast();
        })));
        core.close();
        gate.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(told).isEmpty();
        assertThat(core.choice()).isEmpty();
        assertThat(core.name()).isEqualTo("scalar");
    }

    @Test
    void worksInDaemonsOfLowPriority() throws InterruptedException {
        start(List.of());
        choice();
        assertThat(threads).hasSize(2).allSatisfy(thread -> assertThat(thread.isDaemon())
                .isTrue());
    }

    private void start(Iterable<SakkeCoreProvider> providers) {
        start(providers, Duration.ofSeconds(5));
    }

    private void start(Iterable<SakkeCoreProvider> providers, Duration limit) {
        CoreTrial trial = new CoreTrial(random, Duration.ofSeconds(5), clock::get, clock::get);
        core = new SelectedSakkeCore(scalar, new CoreSelection(providers, trial, random, limit, told::add));
        core.start(work -> {
            Thread thread = new Thread(work);
            threads.add(thread);
            return thread;
        });
    }

    private CoreChoice choice() throws InterruptedException {
        return told.poll(5, TimeUnit.SECONDS);
    }

    private FakeCore fast() {
        return new FakeCore("fast", clock, 250_000);
    }

    /** Waits as a hanging core would, whatever interrupts it. */
    private void await() {
        while (gate.getCount() > 0) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                // a hanging core does not notice
            }
        }
    }

    private SakkeCoreProvider offer(Supplier<SakkeCore> made) {
        return provider(Optional.empty(), made);
    }

    private static SakkeCoreProvider provider(Optional<String> obstacle, Supplier<SakkeCore> made) {
        return new SakkeCoreProvider() {
            @Override
            public String name() {
                return "other";
            }

            @Override
            public Optional<String> obstacle() {
                return obstacle;
            }

            @Override
            public SakkeCore create(SecureRandom random) {
                return made.get();
            }
        };
    }

    private static Iterable<SakkeCoreProvider> failing(Error failure) {
        return () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                throw failure;
            }

            @Override
            public SakkeCoreProvider next() {
                throw failure;
            }
        };
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable failure) throws T {
        throw (T) failure;
    }
}
