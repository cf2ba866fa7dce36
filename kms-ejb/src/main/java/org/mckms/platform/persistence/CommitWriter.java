package org.mckms.platform.persistence;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * Makes what was committed survive the end of this process, or a loss of power. H2 keeps commits in memory for a while, and would write
 * whole pages for each of them otherwise; here all that have ended by then are written together, by whoever waits longest, and the
 * others wait for that, and for no later write. Other databases do all this at the commit. One instance per database; thread safe.
 */
public final class CommitWriter {

    private static final String H2 = "H2";

    /** Where several commit at a time, a write waits for more of them: until none has come for so long, */
    private static final Duration QUIET = Duration.ofMillis(1);

    /** and no longer than this. */
    private static final Duration LONGEST = Duration.ofMillis(10);

    private final DataSource dataSource;
    private final LongSupplier nanoTime;
    private final LongConsumer pause;
    private final AtomicLong committed = new AtomicLong();

    private final ReentrantLock lock = new ReentrantLock();
    /** Who waits while another one writes; under the lock. */
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Comparator.comparingLong(Waiting::commit));
    /** Whether somebody writes, or gathers commits for that; under the lock. */
    private boolean writing;
    /** How many commits have been written, or forced to the disk; changes under the lock only. */
    private volatile long written;

    /** Whether the last write took several commits. Only for who is {@link #writing}. */
    private boolean severalAtATime;

    private volatile Optional<Boolean> needed = Optional.empty();

    /** @param turn to look again: the commit is written, or nobody writes any more */
    private record Waiting(long commit, Condition turn) {}

    public CommitWriter(DataSource dataSource) {
        this(dataSource, System::nanoTime, LockSupport::parkNanos);
    }

    /** @param pause lets so many nanoseconds pass, or fewer */
    CommitWriter(DataSource dataSource, LongSupplier nanoTime, LongConsumer pause) {
        this.dataSource = requireNonNull(dataSource, "dataSource");
        this.nanoTime = requireNonNull(nanoTime, "nanoTime");
        this.pause = requireNonNull(pause, "pause");
    }

    /**
     * Takes note of a commit that has just succeeded.
     *
     * @return what {@link #awaitWritten} asks for
     */
    long committed() {
        return committed.incrementAndGet();
    }

    /**
     * Returns when a commit is in the hands of the operating system.
     *
     * @param commit as {@link #committed} gave it
     * @throws SQLException if that is not sure; in H2 it takes an administrator of the database
     */
    void awaitWritten(long commit) throws SQLException {
        if (written >= commit || needed.isPresent() && !needed.get() || writtenByAnother(commit)) {
            return;
        }
        try {
            gather(commit);
            if (written < commit) {
                long all = committed.get();
                write();
                severalAtATime = all - written > 1;
                passed(all);
            }
        } finally {
            leave();
        }
    }

    /** Waits while another one writes; if the commit is still not written then, the caller writes, and has to {@link #leave}. */
    private boolean writtenByAnother(long commit) {
        lock.lock();
        try {
            Waiting self = new Waiting(commit, lock.newCondition());
            while (writing && written < commit) {
                waiting.add(self);
                self.turn().awaitUninterruptibly();
                waiting.remove(self);
            }
            if (written >= commit) {
                wakeNext();
                return true;
            }
            writing = true;
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            writing = false;
            wakeNext();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. Who was woken to write, and whose commit was forced to the disk meanwhile, wakes another one. */
    private void wakeNext() {
        if (!writing && !waiting.isEmpty()) {
            waiting.element().turn().signal();
        }
    }

    /** Whoever is alone does not wait, and nobody whose commit is written meanwhile. */
    private void gather(long commit) {
        long end = nanoTime.getAsLong() + LONGEST.toNanos();
        boolean more = severalAtATime;
        while (more && written < commit) {
            long seen = committed.get();
            pause.accept(QUIET.toNanos());
            more = committed.get() > seen && nanoTime.getAsLong() - end < 0;
        }
    }

    /** What another one wrote meanwhile stays written. */
    private void passed(long all) {
        lock.lock();
        try {
            written = Math.max(written, all);
            while (!waiting.isEmpty() && waiting.element().commit() <= written) {
                waiting.remove().turn().signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many callers wait for a write that is under way. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private void write() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            if (isNeeded(connection)) {
                execute(connection, "CHECKPOINT");
            }
        }
    }

    /**
     * Forces everything committed so far to the disk, if the database does not do that by itself.
     *
     * @param connection in no transaction
     * @throws SQLException also if the database user may not do that, which in H2 takes an administrator
     */
    public void force(Connection connection) throws SQLException {
        if (isNeeded(connection)) {
            long all = committed.get();
            execute(connection, "CHECKPOINT SYNC");
            passed(all);
        }
    }

    private boolean isNeeded(Connection connection) throws SQLException {
        if (needed.isEmpty()) {
            needed = Optional.of(
                    connection.getMetaData().getDatabaseProductName().equals(H2));
        }
        return needed.get();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
