package org.mckms.kms.infrastructure.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.MasterSecrets;
import org.mckms.kms.domain.VaultState;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class VaultConcurrencyTest {

    private static final int THREADS = 12;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void deactivationNeverTakesMastersFromAUse() throws Exception {
        try (MemoryVaultRig rig = new MemoryVaultRig()) {
            Epoch epoch = rig.readyWithEpoch();
            for (int round = 0; round < 5; round++) {
                CountDownLatch inUse = new CountDownLatch(THREADS);
                CountDownLatch goOn = new CountDownLatch(1);
                List<Future<Object>> uses = start(
                        THREADS,
                        () -> rig.vault.withMasterSecrets(epoch, masters -> {
                            inUse.countDown();
                            await(goOn);
                            return masters.ksak().publicKey();
                        }));
                assertThat(inUse.await(20, TimeUnit.SECONDS)).isTrue();
                rig.vault.deactivate("while all are in use");
                assertThat(rig.vault.status().state()).isEqualTo(VaultState.INACTIVE);
                goOn.countDown();
                for (Future<Object> use : uses) {
                    assertThat(use.get(20, TimeUnit.SECONDS)).isEqualTo(epoch.kpak());
                }
                rig.vault.activate(MemoryVaultRig.pin(), List.of(epoch));
            }
        }
    }

    @Test
    void usesDuringSwitchesEitherSucceedOrAreRefused() throws Exception {
        try (MemoryVaultRig rig = new MemoryVaultRig()) {
            Epoch epoch = rig.readyWithEpoch();
            AtomicInteger succeeded = new AtomicInteger();
            AtomicInteger wrong = new AtomicInteger();
            AtomicBoolean switched = new AtomicBoolean();
            CyclicBarrier begin = new CyclicBarrier(THREADS);
            List<Future<Object>> all = start(THREADS - 1, () -> {
                begin.await(20, TimeUnit.SECONDS);
                while (!switched.get()) {
                    useOnce(rig, epoch, succeeded, wrong);
                }
                return succeeded;
            });
            all.addAll(start(1, () -> {
                begin.await(20, TimeUnit.SECONDS);
                try {
                    for (int i = 0; i < 10; i++) {
                        rig.vault.deactivate("switch");
                        rig.vault.activate(MemoryVaultRig.pin(), List.of(epoch));
                        useOnce(rig, epoch, succeeded, wrong);
                    }
                    return succeeded;
                } finally {
                    switched.set(true);
                }
            }));
            for (Future<Object> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
            assertThat(wrong).hasValue(0);
            assertThat(succeeded.get()).isGreaterThanOrEqualTo(10);
            assertThat(rig.vault.withMasterSecrets(epoch, MasterSecrets::kpak)).isEqualTo(epoch.kpak());
        }
    }

    private static void useOnce(MemoryVaultRig rig, Epoch epoch, AtomicInteger succeeded, AtomicInteger wrong) {
        try {
            Object kpak =
                    rig.vault.withMasterSecrets(epoch, masters -> masters.ksak().publicKey());
            (kpak.equals(epoch.kpak()) ? succeeded : wrong).incrementAndGet();
        } catch (KmsException e) {
            if (e.code() != KmsErrorCode.NOT_READY && e.code() != KmsErrorCode.HSM_UNAVAILABLE) {
                wrong.incrementAndGet();
            }
        }
    }

    @Test
    void manyFirstUsesDeriveOnce() throws Exception {
        try (MemoryVaultRig rig = new MemoryVaultRig()) {
            Epoch epoch = rig.readyWithEpoch();
            int before = rig.hsm.macs();
            CyclicBarrier begin = new CyclicBarrier(THREADS);
            List<Future<Object>> uses = start(THREADS, () -> {
                begin.await(20, TimeUnit.SECONDS);
                return rig.vault.withMasterSecrets(epoch, MasterSecrets::kpak);
            });
            for (Future<Object> use : uses) {
                assertThat(use.get(20, TimeUnit.SECONDS)).isEqualTo(epoch.kpak());
            }
            assertThat(rig.hsm.macs() - before).isEqualTo(5);
        }
    }

    private List<Future<Object>> start(int count, Callable<Object> task) {
        List<Future<Object>> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            started.add(threads.submit(task));
        }
        return started;
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
