package org.mckms.kms.infrastructure.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.kms.infrastructure.vault.Refusals.assertRefused;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.VaultState;
import org.mckms.platform.hsm.HsmSettings;
import org.mckms.platform.hsm.LeasePolicy;
import org.mckms.platform.hsm.PinSource;
import org.mckms.protocol.error.KmsErrorCode;

/** The end of the vault, whatever runs in the background then. */
class VaultClosingTest {

    private static final Duration PATIENT = Duration.ofSeconds(20);

    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(2);

    @AfterEach
    void stopScheduler() {
        scheduler.shutdownNow();
    }

    @Test
    void noEventIsToldAfterTheEnd() throws InterruptedException {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch mounted = new CountDownLatch(1);
        PinSource slow = () -> {
            reading.countDown();
            await(mounted);
            return Optional.of(MemoryVaultRig.pin());
        };
        HsmSettings usual = InMemoryMasterSecretVault.settings(InMemoryMasterSecretVault.LABEL, LeasePolicy.DEFAULT);
        HsmSettings impatient = new HsmSettings(
                usual.library(), 0, usual.tokenLabel(), Duration.ofMillis(300), usual.lease(), usual.recovery());
        try (MemoryVaultRig rig = new MemoryVaultRig(impatient, slow)) {
            InMemoryMasterSecretVault.ready().close(); // loads classes, which must not count as a slow token
            rig.readyWithEpoch();
            rig.hsm.takeAway();
            rig.hsm.bringBack();
            Thread watch = new Thread(() -> rig.time.advance(Duration.ofSeconds(10)));
            watch.start();
            assertThat(reading.await(20, TimeUnit.SECONDS)).isTrue();
            rig.vault.close();
            mounted.countDown();
            watch.join(20_000);
            assertThat(rig.listener.events()).containsExactly("lost");
            assertThat(rig.vault.status().state()).isEqualTo(VaultState.INACTIVE);
            assertThat(rig.vault.status().generation()).isEqualTo(1);
        }
    }

    @Test
    void aClosedVaultIsNotActivatedAgain() {
        try (MemoryVaultRig rig = new MemoryVaultRig()) {
            rig.readyWithEpoch();
            int attempts = rig.hsm.pinAttempts();
            rig.vault.close();
            assertRefused(KmsErrorCode.NOT_READY, () -> rig.vault.activate(MemoryVaultRig.pin(), List.of()));
            assertThat(rig.hsm.pinAttempts()).isEqualTo(attempts);
            rig.time.advance(Duration.ofMinutes(1));
            assertThat(rig.listener.events()).isEmpty();
        }
    }

    @Test
    void theEndWaitsForTheTaskThatRuns() throws InterruptedException {
        List<String> order = new CopyOnWriteArrayList<>();
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        BackgroundTasks tasks = new BackgroundTasks(scheduler);
        tasks.every(Duration.ofMillis(1), "test", () -> {
            runs.countDown();
            await(goOn);
            order.add("task");
        });
        assertThat(runs.await(20, TimeUnit.SECONDS)).isTrue();
        Thread closer = new Thread(() -> {
            tasks.await(PATIENT);
            order.add("end");
        });
        tasks.end();
        closer.start();
        goOn.countDown();
        closer.join(20_000);
        assertThat(order).containsExactly("task", "end");
    }

    @Test
    void theEndDoesNotWaitForATaskThatHangs() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        BackgroundTasks tasks = new BackgroundTasks(scheduler);
        tasks.every(Duration.ofMillis(1), "test", () -> {
            runs.countDown();
            await(goOn);
        });
        assertThat(runs.await(20, TimeUnit.SECONDS)).isTrue();
        tasks.end();
        long begun = System.nanoTime();
        tasks.await(Duration.ofMillis(50));
        assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(10));
        goOn.countDown();
    }

    @Test
    void aTaskThatFailsRunsAgain() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch second = new CountDownLatch(2);
        BackgroundTasks tasks = new BackgroundTasks(scheduler);
        tasks.every(Duration.ofMillis(1), "test", () -> {
            second.countDown();
            if (runs.getAndIncrement() == 0) {
                throw new IllegalStateException("the first time");
            }
        });
        assertThat(second.await(20, TimeUnit.SECONDS)).isTrue();
        tasks.end();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
