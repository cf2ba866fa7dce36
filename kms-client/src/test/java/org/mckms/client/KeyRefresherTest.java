package org.mckms.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.client.ClientBench.ALICE;
import static org.mckms.client.ClientBench.NOW;
import static org.mckms.client.ClientBench.SECOND;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.StubKms.Misdeed;
import org.mckms.protocol.message.KmsCertificate;

class KeyRefresherTest {
    /** Period 1514 ends then. */
    private static final Instant BOUNDARY = Instant.parse("2024-06-09T00:00:00Z");

    private static final RefreshPolicy POLICY =
            new RefreshPolicy(Duration.ofDays(2), Duration.ofHours(12), Duration.ofSeconds(10), Duration.ofMinutes(5));
    /** Chance that always says one half. */
    private static final RandomGenerator HALF = () -> 1L << 63;

    private static TestPki pki;

    @TempDir
    private Path folder;

    private ClientBench bench;
    private final ManualTimer timer = new ManualTimer();
    private final List<String> heard = new ArrayList<>();
    private Runnable whenKeysArrive = () -> {};

    @BeforeAll
    static void makeAuthority() {
        pki = new TestPki();
    }

    @BeforeEach
    void start() {
        bench = new ClientBench(pki, folder);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void fetchesWhatIsMissingAtOnce() {
        refresher(bench.client()).start();
        assertThat(timer.delay).isZero();

        timer.fire();

        assertThat(bench.client().held()).extracting(KeySetSummary::period).containsExactly(1514L);
        assertThat(heard).containsExactly("arrived 1514");
        assertThat(timer.delay).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void fetchesTheNextPeriodAheadOfTime() {
        bench.clock.set(BOUNDARY.minus(Duration.ofHours(60)));
        refresher(bench.client()).start();
        runUntil(BOUNDARY.minus(Duration.ofHours(36)).minusSeconds(1));
        assertThat(heard).containsExactly("arrived 1514");

        runUntil(BOUNDARY.minus(Duration.ofHours(35)));

        assertThat(heard).containsExactly("arrived 1514", "arrived 1515");
        runUntil(BOUNDARY.plusSeconds(60));
        try (CandidateKeys keys = bench.client().keysFor(ALICE, bench.clock.instant())) {
            assertThat(keys.newest().keys().period().number()).isEqualTo(1515);
        }
    }

    @Test
    void looksForNewsEveryTwelveHours() {
        refresher(bench.client()).start();
        timer.fire();
        int requests = bench.server().requests().size();

        runUntil(NOW.plus(Duration.ofHours(11)).plus(Duration.ofMinutes(20)));
        assertThat(bench.server().requests()).hasSize(requests);
        runUntil(NOW.plus(Duration.ofHours(12)));

        assertThat(bench.server().requests().subList(requests, requests + 2))
                .extracting(StubServer.Request::target)
                .containsExactly("/keymanagement/identity/v1/init", "/keymanagement/identity/v1/certcache/0");
    }

    @Test
    void movesToANewRootCertificateByItself() {
        refresher(bench.client()).start();
        timer.fire();
        bench.kms.goesTo(SECOND);

        runUntil(NOW.plus(Duration.ofHours(12)));

        assertThat(heard)
                .containsExactly(
                        "arrived 1514", "root " + SECOND.root().certUri().orElseThrow(), "arrived 1514");
        assertThat(bench.store().rootCertificates()).hasSize(2);
    }

    @Test
    void takesOverNewTransportAndIntegrityKeysByItself() {
        refresher(bench.client()).start();
        timer.fire();
        bench.kms.ordersRotation();

        runUntil(NOW.plus(Duration.ofHours(12)));

        assertThat(bench.kms.activePair()).isEqualTo(2);
        assertThat(bench.store().pendingKeys()).isEmpty();
    }

    @Test
    void triesAgainWithGrowingPausesWhileTheKmsIsAway() {
        bench.kms.does(Misdeed.STATUS_503);
        refresher(bench.client()).start();
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            timer.fire();
            pauses.add(timer.delay);
            bench.clock.advance(timer.delay);
        }

        assertThat(pauses)
                .extracting(Duration::toMillis)
                .containsExactly(7500L, 15_000L, 30_000L, 60_000L, 120_000L, 225_000L, 225_000L, 225_000L);
        assertThat(heard).contains("failed 503", "without " + ALICE);

        bench.kms.does(Misdeed.NONE);
        timer.fire();
        assertThat(heard.get(heard.size() - 1)).isEqualTo("arrived 1514");
        assertThat(timer.delay).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void aBoundaryDuringTheExchangeIsNoFailure() {
        bench.kms.serves(Duration.ZERO);
        bench.clock.set(BOUNDARY.minusSeconds(1));
        whenKeysArrive = () -> bench.clock.set(BOUNDARY.plusSeconds(1));
        refresher(bench.client()).start();

        timer.fire();
        assertThat(heard).containsExactly("arrived 1514");
        assertThat(timer.delay).isZero();
        whenKeysArrive = () -> {};
        timer.fire();

        assertThat(heard).containsExactly("arrived 1514", "arrived 1515");
    }

    @Test
    void keepsTheOldKeySetWhileTheKmsIsAwayOverABoundary() {
        bench.kms.serves(Duration.ZERO);
        bench.clock.set(BOUNDARY.minus(Duration.ofHours(3)));
        refresher(bench.client()).start();
        timer.fire();
        runUntil(BOUNDARY.minusSeconds(600));
        bench.kms.does(Misdeed.STATUS_503);

        runUntil(BOUNDARY.plus(Duration.ofMinutes(30)));

        assertThat(heard).contains("without " + ALICE);
        try (CandidateKeys keys = bench.client().candidates(ALICE)) {
            assertThat(keys.newest().keys().period().number()).isEqualTo(1514);
        }
        bench.kms.does(Misdeed.NONE);
        runUntil(BOUNDARY.plus(Duration.ofMinutes(40)));
        assertThat(heard.get(heard.size() - 1)).isEqualTo("arrived 1515");
    }

    @Test
    void asksSeldomForAPeriodThatTheKmsDoesNotServeYet() {
        bench.kms.serves(Duration.ZERO);
        bench.clock.set(BOUNDARY.minus(Duration.ofHours(60)));
        refresher(bench.client()).start();
        runUntil(BOUNDARY.minusSeconds(1));

        long asked = bench.server().requests().stream()
                .filter(request -> request.target().endsWith("0000000000"))
                .count();
        assertThat(asked).isBetween(3L, 20L);
        assertThat(heard).containsExactly("arrived 1514");
        runUntil(BOUNDARY.plusSeconds(1));
        assertThat(heard).containsExactly("arrived 1514", "arrived 1515");
    }

    @Test
    void tellsThatTheDeviceHasToBeRegisteredAgain() {
        bench.kms.knowsOnly(7);
        refresher(bench.client()).start();

        timer.fire();

        assertThat(heard).contains("registration needed");
    }

    @Test
    void refreshesAtOnceWhenAskedTo() {
        KeyRefresher refresher = refresher(bench.client());
        bench.kms.does(Misdeed.STATUS_503);
        CompletableFuture<Void> first = refresher.refreshNow();
        assertThat(first).isCompletedExceptionally();
        bench.kms.does(Misdeed.NONE);

        assertThat(refresher.refreshNow()).isCompleted();
        assertThat(heard).contains("arrived 1514");
    }

    @Test
    void goesOnWhenAListenerFails() {
        KeyRefresher refresher = new KeyRefresher(
                bench.client(),
                POLICY,
                new RefreshListener() {
                    @Override
                    public void keysArrived(List<KeySetSummary> keys) {
                        throw new IllegalStateException("listener");
                    }
                },
                HALF,
                timer);
        refresher.start();
        Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();
        List<Throwable> unhandled = new ArrayList<>();
        Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> unhandled.add(failure));
        try {
            timer.fire();
        } finally {
            Thread.currentThread().setUncaughtExceptionHandler(before);
        }

        assertThat(unhandled).hasSize(1);
        assertThat(bench.client().held()).hasSize(1);
        assertThat(timer.task).isNotNull();
    }

    @Test
    void neverMakesItsCallerWait() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        bench.server().answers(request -> {
            await(end);
            return bench.kms.apply(request);
        });
        CountDownLatch arrived = new CountDownLatch(1);
        RefreshListener listener = new RefreshListener() {
            @Override
            public void keysArrived(List<KeySetSummary> keys) {
                arrived.countDown();
            }
        };
        try (KeyRefresher refresher = new KeyRefresher(bench.client(), POLICY, listener, HALF)) {
            refresher.start();
            CompletableFuture<Void> done = refresher.refreshNow();
            assertThat(done).isNotDone();
            assertThat(bench.client().held()).isEmpty();
            end.countDown();
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            done.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void tellsWhenItIsClosed() {
        KeyRefresher refresher = new KeyRefresher(bench.client(), POLICY, RefreshListener.NONE, HALF);
        refresher.close();

        assertThat(refresher.refreshNow()).isCompletedExceptionally();
    }

    private KeyRefresher refresher(KmsClient client) {
        return new KeyRefresher(client, POLICY, new Heard(), HALF, timer);
    }

    /** Lets time pass, from one waking to the next. */
    private void runUntil(Instant end) {
        while (!timer.due.isAfter(end)) {
            bench.clock.set(timer.due);
            timer.fire();
        }
        bench.clock.set(end);
    }

    private static void await(CountDownLatch end) {
        try {
            end.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Heard implements RefreshListener {
        @Override
        public void keysArrived(List<KeySetSummary> keys) {
            keys.forEach(each -> heard.add("arrived " + each.period()));
            whenKeysArrive.run();
        }

        @Override
        public void rootChanged(KmsCertificate root) {
            heard.add("root " + root.certUri().orElseThrow());
        }

        @Override
        public void failed(KmsClientException cause, Instant nextTry) {
            heard.add("failed " + (cause instanceof KmsRefusedException refused ? refused.httpStatus() : cause));
        }

        @Override
        public void withoutKeys(String userUri) {
            heard.add("without " + userUri);
        }

        @Override
        public void registrationNeeded(KmsRefusedException cause) {
            heard.add("registration needed");
        }
    }

    /** A timer that fires when the test says so. */
    private final class ManualTimer implements RefreshTimer {
        private Duration delay = Duration.ZERO;
        private Instant due = NOW;
        private Runnable task;

        @Override
        public void runAfter(Duration after, Runnable next) {
            delay = after;
            due = bench.clock.instant().plus(after);
            task = next;
        }

        @Override
        public void runNow(Runnable next) {
            next.run();
        }

        @Override
        public void close() {
            task = null;
        }

        void fire() {
            Runnable now = task;
            task = null;
            now.run();
        }
    }
}
