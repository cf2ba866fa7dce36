package org.mckms.platform.persistence;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.mckms.platform.KmsLog;

/** The database as a whole: brings the schema forward once it answers, and keeps watching whether it answers. */
public final class Database {

    private static final int ANSWER_SECONDS = 2;

    private final DataSource dataSource;
    private volatile State state = new State(false, "the database was not reached yet");
    private boolean migrated;

    /**
     * What a probe shows.
     *
     * @param sentence one plain sentence
     */
    public record State(boolean ready, String sentence) {}

    public Database(DataSource dataSource) {
        this.dataSource = requireNonNull(dataSource, "dataSource");
    }

    /** As of the last check; never waits. */
    public State state() {
        return state;
    }

    /** Looks again; migrates the schema at the first success. For one background thread. */
    public synchronized State check() {
        State now = look();
        if (!now.ready() && !now.equals(state)) {
            KmsLog.LOG.databaseUnavailable(now.sentence());
        }
        state = now;
        return now;
    }

    private State look() {
        try {
            if (!migrated) {
                KmsLog.LOG.databaseReady(migrate());
                migrated = true;
            }
            try (Connection connection = dataSource.getConnection()) {
                return connection.isValid(ANSWER_SECONDS)
                        ? new State(true, "the database answers")
                        : new State(false, "the database does not answer within " + ANSWER_SECONDS + " s");
            }
        } catch (SQLException | FlywayException e) {
            return new State(false, "the database cannot be used: " + deepestFirstLine(e));
        }
    }

    private String migrate() {
        Flyway flyway = Flyway.configure(Database.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .cleanDisabled(true)
                .load();
        flyway.migrate();
        return flyway.info().current().getVersion().getVersion();
    }

    private static String deepestFirstLine(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
