package org.mckms.platform.persistence;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.mckms.platform.KmsLog;

/** The database as a whole: brings the schema forward once it answers, and keeps watching whether it answers. */
public final class Database {

    private final DataSource dataSource;
    private final DataSource schemaSource;
    private volatile State state = new State(false, "the database was not reached yet");
    private boolean migrated;

    /**
     * What a probe shows.
     *
     * @param sentence one plain sentence
     */
    public record State(boolean ready, String sentence) {}

    /**
     * @param dataSource   for everyday work: its connections break when an answer is long in coming
     * @param schemaSource the same database with patience, for migrations
     */
    public Database(DataSource dataSource, DataSource schemaSource) {
        this.dataSource = requireNonNull(dataSource, "dataSource");
        this.schemaSource = requireNonNull(schemaSource, "schemaSource");
    }

    /** As of the last check; never waits. */
    public State state() {
        return state;
    }

    /** Nobody waits for a database that has just not answered: the next check will tell. */
    void suspect() {
        State now = state;
        if (now.ready()) {
            state = new State(false, "the database has not answered a moment ago");
        }
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
            try (Connection connection = dataSource.getConnection();
                    Statement question = connection.createStatement()) {
                question.execute("SELECT 1");
                return new State(true, "the database answers");
            }
        } catch (SQLException | FlywayException e) {
            return new State(false, "the database cannot be used: " + deepestFirstLine(e));
        }
    }

    private String migrate() {
        Flyway flyway = Flyway.configure(Database.class.getClassLoader())
                .dataSource(schemaSource)
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
