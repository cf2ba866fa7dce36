package org.mckms.platform.persistence;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/**
 * Makes what was committed survive the end of this process. H2 keeps commits in memory for a while, and would write whole pages for
 * each of them otherwise; here all that have ended by then are written together, by whoever comes first, and the others wait for
 * that. Other databases write at the commit. Thread safe.
 */
public final class CommitWriter {

    private static final String H2 = "H2";

    private final DataSource dataSource;
    private final AtomicLong committed = new AtomicLong();
    private final ReentrantLock writing = new ReentrantLock();
    /** How many commits have been written; only while {@link #writing}. */
    private long written;

    private volatile Optional<Boolean> needed = Optional.empty();

    public CommitWriter(DataSource dataSource) {
        this.dataSource = requireNonNull(dataSource, "dataSource");
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
                long all = committed.get();
                write();
                written = all;
            }
        } finally {
            writing.unlock();
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
