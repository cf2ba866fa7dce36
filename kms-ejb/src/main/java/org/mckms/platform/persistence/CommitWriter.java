package org.mckms.platform.persistence;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * Makes what was committed survive the end of this process. H2 keeps commits in memory for a while, and would write whole pages for
 * each of them otherwise; here all that have ended by then are written together, by whoever comes first, and the others wait for
 * that. Other databases write at the commit. Thread safe.
 */
public final class CommitWriter {

    private static final String H2 = "H2";

    /** The least time between a write that took several commits and the next one, so that this takes several as well. */
    private static final Duration GATHERING = Duration.ofMillis(4);

    private final DataSource dataSource;
    private final LongSupplier nanoTime;
    private final LongConsumer pause;
    private final AtomicLong committed = new AtomicLong();
    private final ReentrantLock writing = new ReentrantLock();
    /** How many commits have been written; only while {@link #writing}, like what follows. */
    private long written;

    /** When the next write may begin, by {@link #nanoTime}; empty if at once. */
    private OptionalLong earliest = OptionalLong.empty();

    private volatile Optional<Boolean> needed = Optional.empty();

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
     * Returns when a commit that has just succeeded is in the hands of the operating system.
     *
     * @throws SQLException if that is not sure; in H2 it takes an administrator of the database
     */
    void afterCommit() throws SQLException {
        if (needed.isPresent() && !needed.get()) {
            return;
        }
        long own = committed.incrementAndGet();
        writing.lock();
        try {
            if (written < own) {
                gather();
                long all = committed.get();
                write();
                earliest = all - written > 1
                        ? OptionalLong.of(nanoTime.getAsLong() + GATHERING.toNanos())
                        : OptionalLong.empty();
                written = all;
            }
        } finally {
            writing.unlock();
        }
    }

    /** Whoever is alone does not wait. */
    private void gather() {
        if (earliest.isPresent()) {
            long left = earliest.getAsLong() - nanoTime.getAsLong();
            if (left > 0) {
                pause.accept(left);
            }
        }
    }

    /** How many callers wait for a write that is under way. */
    int waiting() {
        return writing.getQueueLength();
    }

    private void write() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            if (needed.isEmpty()) {
                needed = Optional.of(
                        connection.getMetaData().getDatabaseProductName().equals(H2));
            }
            if (needed.get()) {
                try (Statement checkpoint = connection.createStatement()) {
                    checkpoint.execute("CHECKPOINT");
                }
            }
        }
    }
}
