package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.kms.application.CekDevice.noSession;
import static org.mckms.kms.application.CekDevice.only;
import static org.mckms.kms.application.CekDevice.session;
import static org.mckms.kms.application.CekDevice.stored;
import static org.mckms.kms.application.ServerRig.ALICE;
import static org.mckms.kms.application.ServerRig.MCPTT;
import static org.mckms.kms.application.ServerRig.OPERATOR;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekEnd;
import org.mckms.protocol.cek.CekQuery;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class CekConcurrencyTest {

    private static final CekQuery LIVING = new CekQuery(true, Optional.empty());
    /** Nanoseconds that a test looks for something to happen. */
    private static final long LONG = Duration.ofSeconds(20).toNanos();

    private static final CekQuery UNACKNOWLEDGED = new CekQuery(false, Optional.empty());

    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private ServerRig rig = new ServerRig(ServerRig.WITH_CEKS);

    @AfterEach
    void close() {
        threads.shutdownNow();
        rig.close();
    }

    private List<CekDevice> devicesOfAlice(int number) {
        List<CekDevice> devices = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            devices.add(CekDevice.user(rig, ServerRig.user(ALICE), "device-" + i));
        }
        return devices;
    }

    private <T> List<T> together(List<Callable<T>> calls) throws InterruptedException, ExecutionException {
        List<T> results = new ArrayList<>();
        for (Future<T> call : threads.invokeAll(calls)) {
            results.add(call.get());
        }
        return results;
    }

    @Test
    void manyFirstRequestsOfOneUserMakeOneKey() throws Exception {
        List<Callable<Octets>> calls = new ArrayList<>();
        for (CekDevice device : devicesOfAlice(8)) {
            calls.add(() -> device.current().keyId());
        }

        assertThat(together(calls)).hasSize(8).containsOnly(calls.get(0).call());
        assertThat(rig.audit.events())
                .filteredOn(AuditEvent.CEK_CREATED::equals)
                .hasSize(1);
    }

    @Test
    void userAndServerThatRenewAtOnceMakeOneSuccessor() throws Exception {
        List<CekDevice> devices = devicesOfAlice(3);
        CekDevice mcptt = CekDevice.server(rig, MCPTT);
        Cek old = devices.get(0).current();
        mcptt.acknowledge(stored(old));
        rig.time.pass(Duration.ofHours(1));
        List<Callable<Integer>> calls = new ArrayList<>();
        devices.forEach(
                device -> calls.add(() -> device.renew(ALICE, noSession()).size()));
        calls.add(() -> mcptt.renew(ALICE, noSession()).size());

        assertThat(together(calls)).containsOnly(2);
        assertThat(mcptt.list(LIVING)).hasSize(2);
        assertThat(rig.audit.events())
                .filteredOn(AuditEvent.CEK_RENEWED::equals)
                .hasSize(1);
    }

    /** Whatever comes first: in the end there is no key. */
    @Test
    void aBlockLeavesNoKeyThatIsBeingMade() throws Exception {
        List<CekDevice> devices = devicesOfAlice(4);
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (CekDevice device : devices) {
            calls.add(() -> {
                for (int i = 0; i < 4; i++) {
                    try {
                        device.current(session("call-" + i));
                    } catch (KmsException e) {
                        assertThat(e.code()).isEqualTo(KmsErrorCode.IDENTITY_BLOCKED);
                    }
                }
                return true;
            });
        }
        calls.add(() -> {
            rig.operatorsIdentities.block(OPERATOR, ALICE, "device lost");
            return true;
        });

        assertThat(together(calls)).hasSize(5);
        assertThat(CekDevice.server(rig, MCPTT).list(LIVING)).isEmpty();
        assertThat(rig.database.tamper("UPDATE kms_cek SET sealed = sealed WHERE sealed IS NOT NULL"))
                .isZero();
    }

    @Test
    void acknowledgementsAndEndsOfTheSameKeysGoOneAfterTheOther() throws Exception {
        CekDevice alice = devicesOfAlice(1).get(0);
        CekDevice mcptt = CekDevice.server(rig, MCPTT);
        List<Cek> made = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            made.add(only(alice.current(session("call-" + i))));
        }
        List<Callable<Integer>> calls = List.of(() -> alice.end(CekEnd.ofUser()).size(), () -> {
            for (Cek cek : made) {
                mcptt.acknowledge(stored(cek));
            }
            return 8;
        });

        assertThat(together(calls)).containsExactly(8, 8);
        assertThat(mcptt.list(UNACKNOWLEDGED)).hasSize(8).allMatch(cek -> cek.status() == CekStatus.REVOKED);
    }

    private void waiting(String patience) {
        rig.close();
        Map<String, String> settings = new HashMap<>(ServerRig.WITH_CEKS);
        settings.put("kms.cek.wait", patience);
        rig = new ServerRig(settings);
    }

    @Test
    void keepsTheAnswerBackUntilTheServerHasAcknowledged() throws Exception {
        waiting("PT10S");
        CekDevice alice = CekDevice.user(rig, ALICE);
        CekDevice mcptt = CekDevice.server(rig, MCPTT);

        Future<Cek> answer = threads.submit(() -> alice.current());
        List<Cek> told = List.of();
        for (long end = System.nanoTime() + LONG; told.isEmpty() && System.nanoTime() < end; ) {
            told = mcptt.list(UNACKNOWLEDGED);
        }
        assertThat(answer.isDone()).isFalse();
        mcptt.acknowledge(stored(only(told)));

        Cek active = answer.get(5, TimeUnit.SECONDS);
        assertThat(active.status()).isEqualTo(CekStatus.ACTIVE);
        assertThat(active.keyId()).isEqualTo(only(told).keyId());
    }

    @Test
    void saysPendingWhenTheServerDoesNotSpeakInTime() throws Exception {
        waiting("PT0.2S");
        CekDevice alice = CekDevice.user(rig, ALICE);

        Cek pending = threads.submit(() -> alice.current()).get(10, TimeUnit.SECONDS);
        assertThat(pending.status()).isEqualTo(CekStatus.PENDING);
        assertThat(pending.key()).isPresent();
    }

    /** The waiting of one node holds neither connections nor locks: what another one does is seen. */
    @Test
    void whatAnotherNodeNotesIsSeenToo() throws InterruptedException, ExecutionException, TimeoutException {
        waiting("PT10S");
        CekDevice alice = CekDevice.user(rig, ALICE);
        Future<List<Cek>> answer = threads.submit(() -> alice.current(noSession()));
        int ended = 0;
        for (long end = System.nanoTime() + LONG; ended == 0 && System.nanoTime() < end; ) {
            ended = rig.database.tamper("DELETE FROM kms_cek");
        }

        assertThat(ended).isEqualTo(1);
        assertThat(answer.get(5, TimeUnit.SECONDS)).isEmpty();
    }
}
