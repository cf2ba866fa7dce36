package org.mckms.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.mckms.platform.audit.AuditRig.await;
import static org.mckms.platform.audit.AuditRig.note;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.audit.AuditRecord;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class AuditAppenderTest {

    @TempDir
    Path checkpoints;

    private AuditRig rig;

    @BeforeEach
    void makeRig() {
        rig = new AuditRig(checkpoints);
    }

    @AfterEach
    void closeRig() {
        rig.close();
    }

    private static void refuses(AuditAppender appender, String subject) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> appender.record(note(subject)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.AUDIT_UNAVAILABLE));
    }

    @Test
    void writesAChainFromOpeningToClosing() {
        AuditAppender appender = rig.open(rig.store());
        appender.record(note("one"));
        appender.record(note("two"));
        appender.close();

        assertThat(rig.records())
                .extracting(AuditRecord::sequence, AuditRecord::event, AuditRecord::node)
                .containsExactly(
                        tuple(1L, "CHAIN_OPENED", "n1"),
                        tuple(2L, "KEYS_PROVISIONED", "n1"),
                        tuple(3L, "KEYS_PROVISIONED", "n1"),
                        tuple(4L, "CHAIN_CLOSED", "n1"));
        assertThat(rig.verify().holds()).isTrue();
    }

    @Test
    void aRecordIsThereWhenTheCallReturns() {
        AuditAppender appender = rig.open(rig.store());

        appender.record(note("one"));

        assertThat(rig.subjectsOf(AuditEvent.KEYS_PROVISIONED)).containsExactly("one");
    }

    @Test
    void thirtyTwoThreadsShareCommitsAndTheChainHolds() throws ExecutionException, InterruptedException {
        UnreliableStore store = new UnreliableStore(rig.store(), UnreliableStore.Mode.WORKS);
        AuditAppender appender = rig.open(store);
        ExecutorService threads = Executors.newFixedThreadPool(32);
        List<Future<?>> callers = new ArrayList<>();
        for (int thread = 0; thread < 32; thread++) {
            String name = "thread-" + thread + "-";
            callers.add(threads.submit(() -> IntStream.range(0, 20).forEach(i -> appender.record(note(name + i)))));
        }
        for (Future<?> caller : callers) {
            caller.get();
        }
        threads.shutdown();

        assertThat(rig.subjectsOf(AuditEvent.KEYS_PROVISIONED)).hasSize(640).doesNotHaveDuplicates();
        assertThat(rig.verify().holds()).isTrue();
        assertThat(store.appends()).isLessThan(640);
    }

    @Test
    void recordsThatBelongTogetherShareOneCommitAndKeepTheirOrder() {
        UnreliableStore store = new UnreliableStore(rig.store(), UnreliableStore.Mode.WORKS);
        AuditAppender appender = rig.open(store);

        appender.recordAll(List.of(note("one"), note("two"), note("three")));

        assertThat(rig.subjectsOf(AuditEvent.KEYS_PROVISIONED)).containsExactly("one", "two", "three");
        assertThat(store.appends()).isLessThan(3);
    }

    @Test
    void recordsThatBelongTogetherAreRefusedTogether() {
        UnreliableStore store = new UnreliableStore(rig.store(), UnreliableStore.Mode.WORKS);
        AuditAppender appender = rig.open(store);
        store.become(UnreliableStore.Mode.NOT_COMMITTED);

        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> appender.recordAll(List.of(note("one"), note("two"))))
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.AUDIT_UNAVAILABLE));
    }

    @Test
    void aFailedCommitReleasesNothingAndLeavesNoGap() {
        UnreliableStore store = new UnreliableStore(rig.store(), UnreliableStore.Mode.WORKS);
        AuditAppender appender = rig.open(store);
        appender.record(note("before"));
        store.become(UnreliableStore.Mode.NOT_COMMITTED);

        refuses(appender, "lost");
        await(() -> appender.status().writable());
        appender.record(note("after"));

        assertThat(rig.subjectsOf(AuditEvent.KEYS_PROVISIONED)).containsExactly("before", "after");
        assertThat(rig.verify().holds()).isTrue();
    }

    @Test
    void aCommitWithoutAnswerDoesNotForkTheChain() {
        UnreliableStore store = new UnreliableStore(rig.store(), UnreliableStore.Mode.WORKS);
        AuditAppender appender = rig.open(store);
        store.become(UnreliableStore.Mode.COMMITTED_UNANSWERED);

        refuses(appender, "unanswered");
        await(() -> appender.status().writable());
        appender.record(note("after"));

        assertThat(rig.subjectsOf(AuditEvent.KEYS_PROVISIONED)).containsExactly("unanswered", "after");
        assertThat(rig.verify().holds()).isTrue();
    }

    @Test
    void refusesAtOnceWhileTheDatabaseIsAwayAndOpensWhenItComes() {
        UnreliableStore store = new UnreliableStore(rig.store(), UnreliableStore.Mode.UNREACHABLE);
        AuditAppender appender = rig.started(store, AuditRig.QUICK);

        refuses(appender, "early");
        await(() -> appender.status().sentence().contains("connection refused"));
        assertThat(rig.records()).isEmpty();

        store.become(UnreliableStore.Mode.WORKS);
        await(() -> appender.status().writable());
        appender.record(note("one"));
        assertThat(rig.subjectsOf(AuditEvent.KEYS_PROVISIONED)).containsExactly("one");
    }

    @Test
    void whatIsOnlyToBeKnownIsWrittenWhenTheDatabaseIsBack() {
        UnreliableStore store = new UnreliableStore(rig.store(), UnreliableStore.Mode.WORKS);
        AuditAppender appender = rig.open(store);
        appender.recordLater(note("at once"));
        await(() -> rig.subjectsOf(AuditEvent.KEYS_PROVISIONED).contains("at once"));
        store.become(UnreliableStore.Mode.UNREACHABLE);
        refuses(appender, "lost");
        appender.recordLater(note("while away"));

        store.become(UnreliableStore.Mode.WORKS);
        await(() -> rig.subjectsOf(AuditEvent.KEYS_PROVISIONED).contains("while away"));

        assertThat(rig.subjectsOf(AuditEvent.KEYS_PROVISIONED)).containsExactly("at once", "while away");
        assertThat(rig.verify().holds()).isTrue();
    }

    @Test
    void aCallerWaitsNoLongerThanItsPatience() {
        AuditLimits impatient = new AuditLimits(
                64, Duration.ofMillis(2), Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(5), 4096);
        AuditAppender appender = rig.started(rig.store(), impatient);
        await(() -> appender.status().writable());

        try (HeldTable held = HeldTable.chains(rig.database.dataSource())) {
            refuses(appender, "late");
            assertThat(held.isHeld()).isTrue();
        }
    }

    @Test
    void aCommitWaitsForNobodyWhenNoMoreRecordsCome() {
        assertThat(recorded(Duration.ofMillis(2), Duration.ofHours(1))).containsExactly("alone");
    }

    @Test
    void aCommitWaitsForOthersNoLongerThanAllowed() {
        assertThat(recorded(Duration.ofHours(1), Duration.ofMillis(20))).containsExactly("alone");
    }

    /** Subjects in the trail after one record, for which a caller has five seconds. */
    private List<String> recorded(Duration quiet, Duration longest) {
        AuditLimits limits = new AuditLimits(64, quiet, longest, Duration.ofSeconds(5), Duration.ofMillis(5), 4096);
        AuditAppender appender = rig.started(rig.store(), limits);
        await(() -> appender.status().writable());
        appender.record(note("alone"));
        return rig.subjectsOf(AuditEvent.KEYS_PROVISIONED);
    }

    @Test
    void adoptsTheChainOfACrashedStart() {
        AuditAppender crashed = rig.open(rig.store());
        crashed.record(note("last words"));
        rig.time.advance(Duration.ofMinutes(1));

        AuditAppender restarted = rig.open(rig.store());
        restarted.record(note("back"));

        List<AuditRecord> adoptions = rig.records().stream()
                .filter(r -> r.is(AuditEvent.CHAIN_ADOPTED))
                .toList();
        assertThat(adoptions).hasSize(1);
        assertThat(adoptions.get(0).details().get(AuditRecord.ADOPTED_SEQUENCE)).isEqualTo("2");
        assertThat(rig.verify().holds()).isTrue();
        assertThat(rig.verify().chains()).isEqualTo(2);
    }

    @Test
    void anAdoptedChainIsNeverAppendedToAgain() {
        AuditAppender first = rig.open(rig.store());
        rig.time.advance(Duration.ofMinutes(1));
        rig.open(rig.store());

        refuses(first, "zombie");
        await(() -> !first.status().writable());
        assertThat(first.status().sentence()).contains("no other server uses kms.node=n1");
        assertThat(rig.verify().holds()).isTrue();
    }

    @Test
    void aClosedChainIsNotAdopted() {
        rig.open(rig.store()).close();
        rig.time.advance(Duration.ofMinutes(1));

        rig.open(rig.store());

        assertThat(rig.subjectsOf(AuditEvent.CHAIN_ADOPTED)).isEmpty();
        assertThat(rig.verify().holds()).isTrue();
    }

    @Test
    void aDatabaseThatLostTheChainIsNotAppendedTo() {
        UnreliableStore store = new UnreliableStore(rig.store(), UnreliableStore.Mode.WORKS);
        AuditAppender appender = rig.open(store);
        rig.database.tamper("DELETE FROM kms_audit_chain");
        store.become(UnreliableStore.Mode.NOT_COMMITTED);

        refuses(appender, "one");
        await(() -> appender.status().sentence().contains("the database was replaced"));
        refuses(appender, "two");
    }

    @Test
    void theVerifierNoticesAnAlteredRecord() {
        AuditAppender appender = rig.open(rig.store());
        appender.record(note("one"));
        appender.record(note("two"));

        rig.database.tamper("UPDATE kms_audit_record SET line = REPLACE(line, '\"one\"', '\"1ne\"')");

        assertThat(rig.verify().holds()).isFalse();
    }

    @Test
    void theVerifierNoticesAMissingRecord() {
        AuditAppender appender = rig.open(rig.store());
        appender.record(note("one"));
        appender.record(note("two"));

        rig.database.tamper("DELETE FROM kms_audit_record WHERE seq = 2");

        assertThat(rig.verify().holds()).isFalse();
    }

    @Test
    void textOfStrangersIsCutAndCleaned() {
        AuditAppender appender = rig.open(rig.store());

        appender.record(note("a\u0000b" + "x".repeat(5000)).with("reason", "\uD800"));

        AuditRecord record = rig.records().get(1);
        assertThat(record.subject()).hasSize(1000).startsWith("a\uFFFDbx").endsWith("...");
        assertThat(record.details()).containsEntry("reason", "\uFFFD");
    }
}
