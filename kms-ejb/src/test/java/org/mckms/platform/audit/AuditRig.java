package org.mckms.platform.audit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.platform.persistence.CommitWriter;
import org.mckms.platform.persistence.TestDatabase;
import org.mckms.protocol.audit.AuditCheckpoint;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.audit.AuditRecord;
import org.mckms.protocol.audit.AuditReport;
import org.mckms.protocol.audit.AuditVerifier;

/** Everything of an audit trail over a database in memory. */
final class AuditRig implements AutoCloseable {

    static final AuditLimits QUICK = new AuditLimits(
            64, Duration.ofMillis(2), Duration.ofMillis(20), Duration.ofSeconds(5), Duration.ofMillis(5), 4096);

    final TestDatabase database = TestDatabase.migrated();
    final ManualTime time = new ManualTime();
    final TestSigner signer = new TestSigner();
    final AuditArchive archive;
    final AuditCheckpointer checkpointer;
    private final List<AuditAppender> appenders = new ArrayList<>();

    AuditRig(Path checkpoints) {
        CheckpointDirectory directory = new CheckpointDirectory(checkpoints);
        archive = new JdbcAuditArchive(database.dataSource(), directory);
        checkpointer = new AuditCheckpointer(
                new JdbcCheckpointStore(database.dataSource(), new CommitWriter(database.dataSource())),
                directory,
                signer::sign,
                Duration.ofSeconds(10),
                time);
    }

    AuditStore store() {
        return new JdbcAuditStore(database.dataSource(), new CommitWriter(database.dataSource()));
    }

    /** A started appender of node n1, open for records. */
    AuditAppender open(AuditStore store) {
        AuditAppender appender = started(store, QUICK);
        await(() -> appender.status().writable());
        return appender;
    }

    AuditAppender started(AuditStore store, AuditLimits limits) {
        AuditChain chain = new AuditChain("n1", store, checkpointer, time, UUID::randomUUID);
        AuditAppender appender = new AuditAppender(chain, time, limits, Thread::new);
        appenders.add(appender);
        appender.start();
        return appender;
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not come true in time");
            }
            LockSupport.parkNanos(500_000);
        }
    }

    static AuditNote note(String subject) {
        return AuditNote.of(AuditEvent.KEYS_PROVISIONED, AuditNote.OK, "client:sip:alice@example.org", subject);
    }

    AuditReport verify() {
        AuditVerifier verifier = new AuditVerifier(signer.certificate());
        archive.forEachCheckpoint(line -> verifier.checkpoint(AuditCheckpoint.parse(line)));
        archive.forEachRecord(line -> verifier.record(AuditRecord.parse(line)));
        return verifier.report();
    }

    List<AuditRecord> records() {
        List<AuditRecord> records = new ArrayList<>();
        archive.forEachRecord(line -> records.add(AuditRecord.parse(line)));
        return records;
    }

    List<String> subjectsOf(AuditEvent event) {
        return records().stream()
                .filter(r -> r.is(event))
                .map(AuditRecord::subject)
                .collect(Collectors.toList());
    }

    @Override
    public void close() {
        appenders.forEach(AuditAppender::close);
        database.close();
    }
}
