package org.mckms.kms.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.kms.domain.EpochRegister;
import org.mckms.kms.domain.EpochRules;
import org.mckms.kms.domain.RowGuard;
import org.mckms.kms.infrastructure.persistence.TestRepositories;
import org.mckms.kms.infrastructure.vault.InMemoryMasterSecretVault;
import org.mckms.platform.audit.AuditModule;
import org.mckms.platform.audit.RecordedAudit;
import org.mckms.platform.audit.TamperEvents;
import org.mckms.platform.config.AuditSettings;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.platform.hsm.PinSource;
import org.mckms.platform.persistence.CommitWriter;
import org.mckms.platform.persistence.Database;
import org.mckms.platform.persistence.TestDatabase;
import org.mckms.platform.persistence.TestPersistence;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class StartSequenceTest {

    @TempDir
    Path folder;

    private final ManualTime time = new ManualTime();
    private final TestDatabase store = TestDatabase.migrated();
    private final TestPersistence transactions = TestPersistence.over(store);
    private final InMemoryMasterSecretVault vault = InMemoryMasterSecretVault.ready();
    private final SwitchedDataSource dataSource = new SwitchedDataSource();
    private final List<String> pinsTried = new ArrayList<>();
    private AuditModule audit;
    private EpochWatch epochs;

    @AfterEach
    void close() {
        audit.appender().close();
        vault.close();
        transactions.close();
        store.close();
    }

    private StartSequence sequence(PinSource pins) {
        audit = AuditModule.over(
                dataSource,
                new CommitWriter(dataSource),
                "n1",
                new AuditSettings(folder, Duration.ofSeconds(10)),
                vault::signAuditCheckpoint,
                time,
                Thread::new);
        epochs = new EpochWatch(
                new EpochRegister(
                        new TestRepositories(transactions.entities()).epochs(),
                        new RowGuard(vault, "kms.example.org", new TamperEvents(new RecordedAudit()))),
                new EpochRules(false, false),
                vault,
                transactions,
                time);
        return new StartSequence(
                new Database(dataSource, dataSource),
                audit.appender(),
                pins,
                pin -> pinsTried.add(new String(pin)),
                epochs,
                () -> {});
    }

    private void stepUntilAuditIsOpen(StartSequence sequence) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!audit.appender().status().writable() && System.nanoTime() < deadline) {
            sequence.step();
            LockSupport.parkNanos(500_000);
        }
        sequence.step();
    }

    private static PinSource pin(String pin) {
        return () -> Optional.of(pin.toCharArray());
    }

    @Test
    void waitsForTheDatabaseBeforeEverythingElse() {
        StartSequence sequence = sequence(pin("1234"));

        sequence.step();

        assertThat(audit.appender().status().writable()).isFalse();
        assertThat(pinsTried).isEmpty();
        assertThat(dataSource.asked).isEqualTo(1);
    }

    @Test
    void asksAnAbsentDatabaseLessOften() {
        StartSequence sequence = sequence(pin("1234"));

        for (int i = 0; i < 6; i++) {
            sequence.step();
        }

        assertThat(dataSource.asked).isEqualTo(2);
    }

    @Test
    void opensTheTrailThenTriesThePinOnce() {
        StartSequence sequence = sequence(pin("1234"));
        dataSource.reachable = true;

        stepUntilAuditIsOpen(sequence);
        sequence.step();
        sequence.step();

        assertThat(audit.appender().status().writable()).isTrue();
        assertThat(pinsTried).containsExactly("1234");
        assertThat(epochs.finding().sentence()).startsWith("no epoch is valid now");
    }

    @Test
    void goesOnWithoutAPin() {
        StartSequence sequence = sequence(PinSource.NONE);
        dataSource.reachable = true;

        stepUntilAuditIsOpen(sequence);

        assertThat(pinsTried).isEmpty();
        assertThat(audit.appender().status().writable()).isTrue();
    }

    @Test
    void goesOnAfterAPinThatCannotBeRead() {
        StartSequence sequence = sequence(() -> {
            pinsTried.add("asked");
            throw new UncheckedIOException(new IOException("no such file"));
        });
        dataSource.reachable = true;

        stepUntilAuditIsOpen(sequence);
        sequence.step();

        assertThat(pinsTried).containsExactly("asked");
    }

    @Test
    void goesOnAfterAPinThatWasRefused() {
        StartSequence sequence = sequence(() -> {
            pinsTried.add("asked");
            throw new KmsException(KmsErrorCode.INVALID_PIN, "refused");
        });
        dataSource.reachable = true;

        stepUntilAuditIsOpen(sequence);
        sequence.step();

        assertThat(pinsTried).containsExactly("asked");
    }

    /** The test database, or nothing at all. */
    private final class SwitchedDataSource implements DataSource {

        private volatile boolean reachable;
        private int asked;

        @Override
        public Connection getConnection() throws SQLException {
            asked++;
            if (!reachable) {
                throw new SQLException("connection refused");
            }
            return store.dataSource().getConnection();
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public PrintWriter getLogWriter() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setLogWriter(PrintWriter out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setLoginTimeout(int seconds) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
