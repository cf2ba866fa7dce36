package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.kms.application.ServerRig.AUDITOR;
import static org.mckms.kms.application.ServerRig.OFFICER;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.kms.infrastructure.vault.InMemoryMasterSecretVault;
import org.mckms.platform.audit.AuditModule;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.config.AuditSettings;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.platform.persistence.CommitWriter;
import org.mckms.platform.persistence.TestDatabase;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.audit.AuditReport;
import org.mckms.protocol.audit.AuditVerifier;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class AuditReviewTest {

    @TempDir
    Path folder;

    private final ManualTime time = new ManualTime();
    private final TestDatabase database = TestDatabase.migrated();
    private final InMemoryMasterSecretVault vault = InMemoryMasterSecretVault.ready();
    private final AuditReview review = new AuditReview();
    private AuditModule audit;

    @BeforeEach
    void openTrail() {
        audit = AuditModule.over(
                database.dataSource(),
                new CommitWriter(database.dataSource()),
                "n1",
                new AuditSettings(folder, Duration.ofSeconds(10)),
                vault::signAuditCheckpoint,
                time,
                Thread::new);
        audit.appender().start();
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!audit.appender().status().writable() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(500_000);
        }
        review.archive = audit.archive();
        review.audit = audit.appender();
        review.tokens = vault;
        for (String subject : List.of("one", "two", "three")) {
            audit.appender().record(AuditNote.of(AuditEvent.KEYS_PROVISIONED, AuditNote.OK, "client:x", subject));
        }
        audit.checkpointer().run(true);
    }

    @AfterEach
    void close() {
        audit.appender().close();
        vault.close();
        database.close();
    }

    private static void refuses(KmsErrorCode code, Runnable act) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(act::run).satisfies(e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @Test
    void listsInPagesAndByEvent() {
        AuditPage first = review.list(AUDITOR, 0, 2, Optional.empty());
        assertThat(first.entries())
                .extracting(e -> e.record().event())
                .containsExactly("CHAIN_OPENED", "KEYS_PROVISIONED");

        AuditPage second = review.list(AUDITOR, first.next().getAsLong(), 10, Optional.empty());
        assertThat(second.entries()).extracting(e -> e.record().subject()).containsExactly("two", "three");
        assertThat(second.next()).isEqualTo(OptionalLong.empty());

        assertThat(review.list(AUDITOR, 0, 10, Optional.of(AuditEvent.CHAIN_OPENED))
                        .entries())
                .hasSize(1);
    }

    @Test
    void anExportVerifiesOffline() throws IOException {
        ByteArrayOutputStream checkpoints = new ByteArrayOutputStream();
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        review.checkpoints(AUDITOR, checkpoints);
        review.export(AUDITOR, records);

        AuditReport report = AuditVerifier.verify(
                new ByteArrayInputStream(records.toByteArray()),
                new ByteArrayInputStream(checkpoints.toByteArray()),
                AuditVerifier.certificate(review.certificate(AUDITOR)));

        assertThat(report.holds()).isTrue();
        assertThat(report.records()).isEqualTo(6);
        assertThat(report.checkpoints()).isEqualTo(1);
    }

    @Test
    void theExportItselfIsRecorded() {
        review.export(AUDITOR, new ByteArrayOutputStream());

        assertThat(review.list(AUDITOR, 0, 10, Optional.of(AuditEvent.AUDIT_EXPORTED))
                        .entries())
                .singleElement()
                .satisfies(e -> assertThat(e.record().actor()).isEqualTo("operator:anna"));
    }

    @Test
    void theExportOfCheckpointsIsRecorded() {
        review.checkpoints(AUDITOR, new ByteArrayOutputStream());

        assertThat(review.list(AUDITOR, 0, 10, Optional.of(AuditEvent.AUDIT_EXPORTED))
                        .entries())
                .singleElement()
                .satisfies(e -> assertThat(e.record().subject()).isEqualTo("checkpoints"));
    }

    @Test
    void recordsWhoseChainWasRemovedAreExportedAllTheSame() {
        database.tamper("DELETE FROM kms_audit_chain");
        audit.checkpointer().run(false);
        List<String> lines = new ArrayList<>();

        review.archive.forEachRecord(lines::add);

        assertThat(lines).hasSize(4);
    }

    @Test
    void comparesTheFolderOutsideTheDatabase() throws IOException {
        Path kept = folder.resolve("checkpoint-000000000001.json");
        String line = Files.readString(kept);
        assertThat(review.verify(AUDITOR).holds()).isTrue();

        Files.writeString(kept, "{}");
        assertThat(review.verify(AUDITOR).firstFault().orElseThrow().where()).contains("checkpoint 1 of");

        Files.writeString(kept, line);
        Files.writeString(folder.resolve("checkpoint-000000000002.json"), line);
        assertThat(review.verify(AUDITOR).firstFault().orElseThrow().what()).contains("not in the database");
    }

    @Test
    void filesThatAnAuditorHasTakenAwayAreNotMissed() throws IOException {
        Files.delete(folder.resolve("checkpoint-000000000001.json"));

        assertThat(review.verify(AUDITOR).holds()).isTrue();
    }

    @Test
    void verifiesWhatIsStored() {
        assertThat(review.verify(AUDITOR).holds()).isTrue();

        database.tamper("UPDATE kms_audit_record SET line = REPLACE(line, '\"two\"', '\"2wo\"')");
        assertThat(review.verify(AUDITOR).holds()).isFalse();
    }

    @Test
    void namesALineThatIsNone() {
        database.tamper("UPDATE kms_audit_record SET line = 'x' WHERE seq = 3");

        assertThat(review.verify(AUDITOR).firstFault()).isPresent();
        refuses(KmsErrorCode.INTERNAL, () -> review.list(AUDITOR, 0, 10, Optional.empty()));
    }

    @Test
    void isForAuditors() {
        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> review.list(OFFICER, 0, 10, Optional.empty()));
        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> review.export(OFFICER, new ByteArrayOutputStream()));
        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> review.checkpoints(OFFICER, new ByteArrayOutputStream()));
        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> review.verify(OFFICER));
        assertThat(review.certificate(OFFICER)).isNotEmpty();
        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> review.list(AUDITOR, 0, 0, Optional.empty()));
    }
}
