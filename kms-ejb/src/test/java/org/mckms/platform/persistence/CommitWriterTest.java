package org.mckms.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CommitWriterTest {

    private static final int OTHERS = 5;
    private static final int HOUR = 3_600_000;

    @TempDir
    Path folder;

    private final JdbcDataSource dataSource = new JdbcDataSource();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Connection open;

    /** H2 writes nothing by itself for an hour. */
    @BeforeEach
    void makeDatabase() throws SQLException {
        dataSource.setURL("jdbc:h2:file:" + folder.resolve("kms") + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=" + HOUR);
        dataSource.setUser("sa");
        open = dataSource.getConnection();
        execute("CREATE TABLE said (word VARCHAR(10))");
        execute("CHECKPOINT");
    }

    @AfterEach
    void close() throws SQLException {
        threads.shutdownNow();
        open.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What would be there if the process ended now: rows in a copy of the file. */
    private List<String> written() throws IOException, SQLException {
        Files.copy(folder.resolve("kms.mv.db"), folder.resolve("copy.mv.db"));
        List<String> words = new ArrayList<>();
        try (Connection copy = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("copy"), "sa", "");
                Statement statement = copy.createStatement();
                ResultSet rows = statement.executeQuery("SELECT word FROM said ORDER BY word")) {
            while (rows.next()) {
                words.add(rows.getString(1));
            }
        }
        return words;
    }

    @Test
    void aCommitIsInTheFileAfterwards() throws IOException, SQLException {
        execute("INSERT INTO said VALUES ('kept')");
        written(new CommitWriter(dataSource));

        assertThat(written()).containsExactly("kept");
    }

    @Test
    void withoutItTheFileDoesNotHaveTheCommit() throws IOException, SQLException {
        execute("INSERT INTO said VALUES ('lost')");

        assertThat(written()).isEmpty();
    }

    /** A writer whose first write takes until it may go on, and then succeeds unless it is to fail. */
    private final class HeldWriter {
        private final AtomicInteger writes = new AtomicInteger();
        private final CountDownLatch began = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final CommitWriter writer = new CommitWriter(watched("H2", this::write));
        private final boolean fails;
        private final Future<?> first;

        HeldWriter(boolean fails) throws InterruptedException {
            this.fails = fails;
            this.first = commit(writer);
            began.await();
        }

        private void write() throws InterruptedException, SQLException {
            if (writes.incrementAndGet() > 1) {
                return;
            }
            began.countDown();
            goOn.await();
            if (fails) {
                throw new SQLException("the disk is full");
            }
        }

        /** Commits that wait for the first write to end. */
        List<Future<?>> waiting(int count) throws InterruptedException {
            List<Future<?>> others = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                others.add(commit(writer));
            }
            awaitWaiting(writer, count);
            return others;
        }
    }

    private static void awaitAll(List<Future<?>> commits) throws InterruptedException, ExecutionException {
        for (Future<?> commit : commits) {
            commit.get();
        }
    }

    @Test
    void commitsThatEndDuringAWriteAreWrittenTogetherByTheNext() throws Exception {
        HeldWriter held = new HeldWriter(false);
        List<Future<?>> others = held.waiting(OTHERS);
        assertThat(others).noneMatch(Future::isDone);
        held.goOn.countDown();

        held.first.get();
        awaitAll(others);
        assertThat(held.writes).hasValue(2);
    }

    @Test
    void aCommitThatIsForcedToTheDiskDoesNotWaitForTheWriteOfAnother() throws Exception {
        HeldWriter held = new HeldWriter(false);
        List<Future<?>> second = held.waiting(1);
        held.writer.force(open);

        awaitAll(second);
        assertThat(held.first).isNotDone();
        held.goOn.countDown();
        held.first.get();
        held.writer.awaitWritten(2);
        assertThat(held.writes).as("the second stays written").hasValue(1);
    }

    @Test
    void aCommitThatEndsWhileOthersAreForcedToTheDiskIsWrittenAfterThem() throws Exception {
        HeldWriter held = new HeldWriter(false);
        List<Future<?>> second = held.waiting(1);
        AtomicReference<Future<?>> third = new AtomicReference<>();
        held.writer.force(proxy(Connection.class, open, "H2", "CHECKPOINT SYNC", () -> {
            third.set(commit(held.writer));
            awaitWaiting(held.writer, 2);
        }));

        awaitAll(second);
        assertThat(third.get()).isNotDone();
        held.goOn.countDown();
        held.first.get();
        third.get().get();
        assertThat(held.writes).as("those of the first and of the third").hasValue(2);
    }

    @Test
    void whoWaitedForAWriteThatFailsWrites() throws Exception {
        HeldWriter held = new HeldWriter(true);
        List<Future<?>> others = held.waiting(2);
        held.goOn.countDown();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(held.first::get)
                .withRootCauseInstanceOf(SQLException.class);
        awaitAll(others);
        assertThat(held.writes).hasValue(2);
    }

    /** A writer on the time of the test, whose last write took two commits; its pauses are kept, and seen by {@code each}. */
    private CommitWriter afterTwoAtOnce(DataSource database, List<Long> pauses, Consumer<CommitWriter> each)
            throws SQLException {
        AtomicLong now = new AtomicLong();
        AtomicReference<CommitWriter> made = new AtomicReference<>();
        CommitWriter writer = new CommitWriter(database, now::get, nanos -> {
            pauses.add(nanos);
            now.addAndGet(nanos);
            each.accept(made.get());
        });
        made.set(writer);
        long first = writer.committed();
        assertThat(first).isEqualTo(1);
        written(writer);
        assertThat(pauses).as("before a first write").isEmpty();
        return writer;
    }

    @Test
    void afterAWriteOfSeveralCommitsTheNextOneWaitsForOthersAndThatAfterASingleOneDoesNot() throws SQLException {
        List<Long> pauses = new ArrayList<>();
        CommitWriter writer = afterTwoAtOnce(dataSource, pauses, others -> {});
        written(writer);
        assertThat(pauses).as("nobody else comes within a millisecond").containsExactly(1_000_000L);

        written(writer);
        assertThat(pauses).as("after the write of one").hasSize(1);
    }

    @Test
    void aWriteWaitsWhileOthersKeepCommittingButNotForever() throws SQLException {
        AtomicInteger writes = new AtomicInteger();
        List<Long> pauses = new ArrayList<>();
        CommitWriter writer = afterTwoAtOnce(watched("H2", writes::incrementAndGet), pauses, CommitWriter::committed);
        written(writer);

        assertThat(pauses).as("ten milliseconds in all").hasSize(10).containsOnly(1_000_000L);
        assertThat(writes).hasValue(2);
    }

    @Test
    void aCommitThatIsForcedToTheDiskWhileItWaitsForOthersCostsNoWrite() throws SQLException {
        AtomicInteger writes = new AtomicInteger();
        List<Long> pauses = new ArrayList<>();
        CommitWriter writer = afterTwoAtOnce(watched("H2", writes::incrementAndGet), pauses, this::force);
        written(writer);

        assertThat(pauses).hasSize(1);
        assertThat(writes).as("that of the two before").hasValue(1);
    }

    /** Others go on meanwhile. */
    private void force(CommitWriter writer) {
        assertThat(writer.committed()).isPositive();
        try {
            writer.force(open);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void written(CommitWriter writer) throws SQLException {
        writer.awaitWritten(writer.committed());
    }

    private Future<?> commit(CommitWriter writer) {
        return threads.submit(() -> {
            written(writer);
            return writer;
        });
    }

    private static void awaitWaiting(CommitWriter writer, int threads) throws InterruptedException {
        while (writer.waiting() < threads) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    @Test
    void aWriteThatFailsIsToldToWhoCommitted() {
        CommitWriter writer = new CommitWriter(watched("H2", () -> {
            throw new SQLException("the disk is full");
        }));

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> written(writer))
                .withMessage("the disk is full");
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> written(writer));
    }

    @Test
    void aCommitThatAnotherWriteTookAlongCostsNone() throws SQLException {
        AtomicInteger writes = new AtomicInteger();
        CommitWriter writer = new CommitWriter(watched("H2", writes::incrementAndGet));
        long first = writer.committed();
        long second = writer.committed();
        writer.awaitWritten(second);
        writer.awaitWritten(first);

        assertThat(writes).hasValue(1);
    }

    @Test
    void aCommitThatWasForcedToTheDiskCostsNone() throws SQLException {
        AtomicInteger writes = new AtomicInteger();
        CommitWriter writer = new CommitWriter(watched("H2", writes::incrementAndGet));
        long before = writer.committed();
        writer.force(open);
        long after = writer.committed();
        writer.awaitWritten(before);
        assertThat(writes).hasValue(0);

        writer.awaitWritten(after);
        assertThat(writes).as("for what came after it").hasValue(1);
    }

    @Test
    void whatFailsToBeForcedToTheDiskIsWrittenLater() throws SQLException {
        AtomicInteger writes = new AtomicInteger();
        CommitWriter writer = new CommitWriter(watched("H2", writes::incrementAndGet));
        long commit = writer.committed();
        Connection broken = watched("H2", writes::incrementAndGet).getConnection();
        broken.close();
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> writer.force(broken));

        writer.awaitWritten(commit);
        assertThat(writes).hasValue(1);
    }

    @Test
    void otherDatabasesWriteByThemselves() throws SQLException {
        AtomicInteger writes = new AtomicInteger();
        CommitWriter writer = new CommitWriter(watched("PostgreSQL", writes::incrementAndGet));
        written(writer);
        written(writer);

        assertThat(writes).hasValue(0);
    }

    @FunctionalInterface
    private interface Watch {
        void write() throws Exception;
    }

    /** The database under a name, whose writes are watched. */
    private DataSource watched(String product, Watch watch) {
        return proxy(DataSource.class, dataSource, product, "CHECKPOINT", watch);
    }

    private <T> T proxy(Class<T> type, Object target, String product, String watched, Watch watch) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getDatabaseProductName")) {
                        return product;
                    }
                    if (method.getName().equals("execute") && arguments[0].equals(watched)) {
                        watch.write();
                    }
                    Object result;
                    try {
                        result = method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    Class<?> returned = method.getReturnType();
                    return returned.getPackageName().equals("java.sql") && returned.isInterface()
                            ? proxy(returned, result, product, watched, watch)
                            : result;
                }));
    }
}
