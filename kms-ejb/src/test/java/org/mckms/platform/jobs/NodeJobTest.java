package org.mckms.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.platform.RecordedLog;

class NodeJobTest {

    private static final long EXECUTION = 1;
    private static final Duration NONE = Duration.ZERO;
    private static final Duration LONG = Duration.ofMinutes(5);

    private final FakeExecutions executions = new FakeExecutions();
    private final AtomicInteger open = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private NodeJob job(BooleanSupplier step, Duration pause) {
        return new NodeJob("group-keys", 3, new NodeJob.Work(() -> open.get() > 0, step), executions, pause);
    }

    private boolean takeOne() {
        return open.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private Future<Integer> worker(NodeJob job, long execution) {
        return threads.submit(() -> job.work(execution));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    void startsNothingWhereNothingIsOpen() {
        job(this::takeOne, NONE).look();

        assertThat(executions.started).isEmpty();
    }

    @Test
    void startsOneExecutionWithAPartitionForEachWorker() {
        open.set(5);
        NodeJob job = job(this::takeOne, NONE);

        job.look();
        job.look();

        assertThat(executions.started).containsExactly("group-keys, 3 partitions");
    }

    @Test
    void startsTheNextOneWhenTheLastHasEndedAndWorkIsLeft() {
        open.set(5);
        NodeJob job = job(this::takeOne, NONE);
        job.look();

        executions.underWay = false;
        job.look();

        assertThat(executions.started).hasSize(2);
    }

    @Test
    void failureToStartIsToldAndTheNextLookTriesAgain() {
        open.set(1);
        AtomicInteger calls = new AtomicInteger();
        Executions failing = new Executions() {
            @Override
            public long start(String name, int partitions) {
                if (calls.incrementAndGet() == 1) {
                    throw new IllegalStateException("not yet");
                }
                return executions.start(name, partitions);
            }

            @Override
            public boolean isUnderWay(long execution) {
                return executions.isUnderWay(execution);
            }

            @Override
            public void stop(long execution) {}

            @Override
            public void forget(long execution) {}
        };
        NodeJob job = new NodeJob("bundles", 1, new NodeJob.Work(() -> open.get() > 0, this::takeOne), failing);

        assertThatIllegalStateException().isThrownBy(job::look);
        job.look();

        assertThat(executions.started).hasSize(1);
    }

    @Test
    void oldExecutionsAreForgottenTheOldestFirst() {
        open.set(1);
        NodeJob job = job(this::takeOne, NONE);
        for (int i = 0; i < NodeJob.REMEMBERED + 2; i++) {
            job.look();
            executions.underWay = false;
        }

        assertThat(executions.forgotten).containsExactly(1L, 2L);
    }

    @Test
    void workerTakesStepsUntilNothingIsOpen() {
        open.set(7);

        assertThat(job(this::takeOne, LONG).work(EXECUTION)).isEqualTo(7);
        assertThat(open).hasValue(0);
    }

    @Test
    void workerWaitsForWhatOthersHold() {
        open.set(2);
        AtomicInteger attempts = new AtomicInteger();
        NodeJob job = job(() -> attempts.incrementAndGet() > 3 && takeOne(), Duration.ofMillis(1));

        assertThat(job.work(EXECUTION)).isEqualTo(2);
    }

    @Test
    void stopEndsAWorkerAfterItsStep() {
        open.set(1000);
        NodeJob[] job = new NodeJob[1];
        job[0] = job(
                () -> {
                    if (open.get() == 998) {
                        job[0].stop(EXECUTION);
                    }
                    return takeOne();
                },
                NONE);

        assertThat(job[0].work(EXECUTION)).isEqualTo(3);
        assertThat(open).hasValue(997);
    }

    @Test
    void stopReturnsWhenTheStepThatAWorkerIsAtIsDone() throws Exception {
        open.set(5);
        CountDownLatch atStep = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        NodeJob job = job(
                () -> {
                    atStep.countDown();
                    await(goOn);
                    return takeOne();
                },
                NONE);
        Future<Integer> worker = worker(job, EXECUTION);
        await(atStep);
        Thread stopping = new Thread(() -> job.stop(EXECUTION));
        stopping.start();
        while (stopping.getState() != Thread.State.TIMED_WAITING) {
            assertThat(stopping.isAlive()).as("it waits for the step").isTrue();
            Thread.onSpinWait();
        }
        goOn.countDown();

        assertThat(worker.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        stopping.join(TimeUnit.SECONDS.toMillis(60));
        assertThat(stopping.isAlive()).isFalse();
        assertThat(job.work(EXECUTION + 1)).as("others may work again").isEqualTo(4);
    }

    @Test
    void stopWakesAWorkerThatWaits() throws Exception {
        open.set(1);
        CountDownLatch waits = new CountDownLatch(1);
        NodeJob job = job(
                () -> {
                    waits.countDown();
                    return false;
                },
                LONG);
        Future<Integer> worker = worker(job, EXECUTION);
        await(waits);

        job.stop(EXECUTION);

        assertThat(worker.get(60, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void workersOfAnExecutionEndTogetherSoThatTheNextOneHasAllOfThem() throws Exception {
        open.set(1);
        CountDownLatch willWait = new CountDownLatch(1);
        Thread here = Thread.currentThread();
        BooleanSupplier isOpen = () -> {
            boolean found = open.get() > 0;
            willWait.countDown();
            return found;
        };
        BooleanSupplier step = () -> Thread.currentThread() == here && takeOne();
        NodeJob job = new NodeJob("group-keys", 2, new NodeJob.Work(isOpen, step), executions, LONG);
        Future<Integer> idle = worker(job, EXECUTION);
        await(willWait);

        assertThat(job.work(EXECUTION)).isEqualTo(1);

        assertThat(idle.get(60, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void whatAnExecutionWasToldIsNotToldTheNextOne() {
        open.set(3);
        NodeJob job = job(this::takeOne, NONE);
        job.stop(EXECUTION);

        assertThat(job.work(EXECUTION)).isZero();
        assertThat(job.work(EXECUTION + 1)).isEqualTo(3);
    }

    @Test
    void unexpectedFailureIsToldAndTheWorkerGoesOn() {
        open.set(3);
        AtomicInteger attempts = new AtomicInteger();
        NodeJob job = job(
                () -> {
                    if (attempts.incrementAndGet() == 2) {
                        throw new IllegalStateException("once");
                    }
                    return takeOne();
                },
                Duration.ofMillis(1));

        try (RecordedLog log = new RecordedLog()) {
            assertThat(job.work(EXECUTION)).isEqualTo(3);
            assertThat(log.lines("KMS000040")).hasSize(1).first().asString().contains("group-keys");
        }
    }

    @Test
    void closingStopsWhatIsUnderWayAndStartsNothingMore() {
        open.set(1);
        NodeJob job = job(this::takeOne, NONE);
        job.look();

        assertThat(job.close(NONE)).isTrue();

        executions.underWay = false;
        job.look();
        assertThat(executions.stopped).containsExactly(1L);
        assertThat(executions.started).hasSize(1);
        assertThat(job.work(EXECUTION)).isZero();
        assertThat(open).hasValue(1);
    }

    @Test
    void closingEndsWorkersThatWaitAlsoWhenTheContainerHasEndedBefore() throws Exception {
        open.set(1);
        CountDownLatch begun = new CountDownLatch(1);
        NodeJob job = job(
                () -> {
                    begun.countDown();
                    return false;
                },
                LONG);
        job.look();
        Future<Integer> worker = worker(job, EXECUTION);
        await(begun);
        executions.gone = true;

        assertThat(job.close(Duration.ofMinutes(1))).isTrue();

        assertThat(worker.get(60, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void closingWaitsForTheStepThatAWorkerIsAt() throws Exception {
        open.set(1000);
        CountDownLatch inTheStep = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        NodeJob job = job(
                () -> {
                    inTheStep.countDown();
                    await(goOn);
                    return takeOne();
                },
                NONE);
        Future<Integer> worker = worker(job, EXECUTION);
        await(inTheStep);

        assertThat(job.close(NONE)).isFalse();
        goOn.countDown();

        assertThat(job.close(Duration.ofMinutes(1))).isTrue();
        assertThat(worker.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(open).hasValue(999);
    }
}
