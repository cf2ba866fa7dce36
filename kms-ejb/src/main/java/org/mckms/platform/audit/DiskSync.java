package org.mckms.platform.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Makes what was committed survive a loss of power. H2 hands a commit to the operating system and never forces it to the
 * disk by itself; other databases do that at the commit. One instance per data source; thread safe.
 */
final class DiskSync {

    private static final String H2 = "H2";

    private volatile Optional<Boolean> needed = Optional.empty();

    /**
     * Forces everything committed so far to the disk, if the database does not do that by itself.
     *
     * @throws SQLException also if the database user may not do that, which in H2 takes an administrator
     */
    void afterCommit(Connection committed) throws SQLException {
        if (needed.isEmpty()) {
            needed =
                    Optional.of(committed.getMetaData().getDatabaseProductName().equals(H2));
        }
        if (needed.get()) {
            try (Statement sync = committed.createStatement()) {
                sync.execute("CHECKPOINT SYNC");
            }
        }
    }
}
