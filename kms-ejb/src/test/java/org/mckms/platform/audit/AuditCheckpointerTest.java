package org.mckms.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.platform.audit.AuditRig.await;
import static org.mckms.platform.audit.AuditRig.note;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.platform.persistence.CommitWriter;
import org.mckms.protocol.audit.AuditCheckpoint;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class AuditCheckpointerTest {

    @TempDir
    Path folder;

    private AuditRig rig;
    private AuditAppender appender;

    @BeforeEach
    void makeRig() {
        rig = new AuditRig(folder);
        appender = rig.open(rig.store());
    }

    @AfterEach
    void closeRig() {
        rig.close();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private List<AuditCheckpoint> stored() {
        List<AuditCheckpoint> checkpoints = new ArrayList<>();
        rig.archive.forEachCheckpoint(line -> checkpoints.add(AuditCheckpoint.parse(line)));
        return checkpoints;
    }

    private void checkpoint() {
        rig.time.advance(Duration.ofSeconds(10));
        rig.checkpointer.run(true);
    }

    @Test
    void signsTheHeadsAndWritesTheFile() throws IOException {
        appender.record(note("one"));

        rig.checkpointer.run(true);

        assertThat(stored()).hasSize(1);
        assertThat(stored().get(0).heads().values())
                .containsExactly(rig.records().get(1).head());
        assertThat(files()).containsExactly("checkpoint-000000000001.json");
        assertThat(Files.readString(folder.resolve("checkpoint-000000000001.json")))
                .isEqualTo(stored().get(0).toJson() + "\n");
        assertThat(rig.verify().holds()).isTrue();
    }

    @Test
    void makesNoneBeforeTheIntervalIsOver() {
        rig.checkpointer.run(true);
        appender.record(note("one"));
        rig.time.advance(Duration.ofMillis(9999));
        rig.checkpointer.run(true);
        assertThat(stored()).hasSize(1);

        rig.time.advance(Duration.ofMillis(1));
        rig.checkpointer.run(true);
        assertThat(stored()).hasSize(2);
    }

    @Test
    void makesNoneWhileNothingIsWritten() {
        checkpoint();
        checkpoint();

        assertThat(stored()).hasSize(1);
    }

    @Test
    void makesNoneWithoutTheToken() throws IOException {
        rig.checkpointer.run(false);

        assertThat(stored()).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void linksEveryCheckpointToTheOneBefore() {
        for (int i = 0; i < 5; i++) {
            appender.record(note("record " + i));
            checkpoint();
        }

        assertThat(stored()).hasSize(5);
        assertThat(stored().get(4).previousHash()).isEqualTo(stored().get(3).hash());
        assertThat(rig.verify().holds()).isTrue();
        assertThat(rig.verify().checkpoints()).isEqualTo(5);
    }

    @Test
    void aNewFolderIsFilledFromTheDatabase(@TempDir Path second) throws IOException {
        checkpoint();
        appender.record(note("one"));
        checkpoint();

        new AuditCheckpointer(
                        new JdbcCheckpointStore(rig.database.dataSource(), new CommitWriter(rig.database.dataSource())),
                        new CheckpointDirectory(second.resolve("made")),
                        rig.signer::sign,
                        Duration.ofSeconds(10),
                        rig.time)
                .run(false);

        assertThat(second.resolve("made/checkpoint-000000000001.json")).exists();
        assertThat(second.resolve("made/checkpoint-000000000002.json")).exists();
    }

    @Test
    void neverOverwritesAFile() throws IOException {
        checkpoint();
        Path file = folder.resolve("checkpoint-000000000002.json");
        Files.writeString(file, Files.readString(folder.resolve("checkpoint-000000000001.json")));
        appender.record(note("one"));

        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(this::checkpoint)
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.AUDIT_UNAVAILABLE))
                .withMessageContaining("checkpoint-000000000002.json");
        assertThat(Files.readString(file)).isEqualTo(Files.readString(folder.resolve("checkpoint-000000000001.json")));
    }

    @Test
    void theVerifierNoticesATrailThatWasCutBehindACheckpoint() {
        appender.record(note("one"));
        checkpoint();

        rig.database.tamper("DELETE FROM kms_audit_record WHERE seq = 2");

        assertThat(rig.verify().holds()).isFalse();
    }

    @Test
    void aRestartGoesOnWithItsOwnDatabase() {
        appender.record(note("one"));
        checkpoint();
        appender.close();
        rig.time.advance(Duration.ofMinutes(1));

        AuditAppender restarted = rig.open(rig.store());

        assertThat(restarted.status().writable()).isTrue();
    }

    @Test
    void aFreshDatabaseIsNotAppendedToWhileTheFolderKnowsAnother() {
        appender.record(note("one"));
        checkpoint();

        try (AuditRig fresh = new AuditRig(folder)) {
            AuditAppender refused = fresh.started(fresh.store(), AuditRig.QUICK);
            await(() -> refused.status().sentence().contains("checkpoint 1 in " + folder));
            assertThat(refused.status().writable()).isFalse();
            assertThat(fresh.records()).isEmpty();
        }
    }

    @Test
    void aDatabaseThatLostRecordsIsNotAppendedTo() {
        appender.record(note("one"));
        checkpoint();
        appender.close();
        rig.database.tamper("DELETE FROM kms_audit_record WHERE seq >= 2");

        AuditAppender refused = rig.started(rig.store(), AuditRig.QUICK);

        await(() -> refused.status().sentence().contains("it is older, or another one"));
        assertThat(refused.status().writable()).isFalse();
    }

    @Test
    void aBrokenFileIsNamed() throws IOException {
        checkpoint();
        Files.writeString(folder.resolve("checkpoint-000000000001.json"), "{}\n");

        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> rig.checkpointer.run())
                .withMessageContaining("checkpoint-000000000001.json is no audit checkpoint");
    }
}
