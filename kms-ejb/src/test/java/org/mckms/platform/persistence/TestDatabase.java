package org.mckms.platform.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.h2.jdbcx.JdbcDataSource;

/** An H2 database in memory with the schema of this server; gone when closed. */
public final class TestDatabase implements AutoCloseable {

    private final JdbcDataSource dataSource = new JdbcDataSource();

    private TestDatabase() {
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=5000");
        dataSource.setUser("sa");
    }

    /** With all migrations. */
    public static TestDatabase migrated() {
        TestDatabase database = new TestDatabase();
        if (!new Database(database.dataSource, database.dataSource).check().ready()) {
            throw new IllegalStateException("the schema could not be made");
        }
        return database;
    }

    /** As a server of an older release has left it. */
    public static TestDatabase atVersion(String version) {
        TestDatabase database = new TestDatabase();
        database.flyway().target(version).load().migrate();
        return database;
    }

    /** Brings it to the present. */
    public void migrate() {
        flyway().load().migrate();
    }

    private FluentConfiguration flyway() {
        return Flyway.configure(TestDatabase.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/migration");
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** What somebody does who has got hold of the database. */
    public int tamper(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything in it, as SQL. */
    public String dump() {
        StringBuilder script = new StringBuilder();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet lines = statement.executeQuery("SCRIPT")) {
            while (lines.next()) {
                script.append(lines.getString(1)).append('\n');
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return script.toString();
    }

    @Override
    public void close() {
        tamper("SHUTDOWN");
    }
}
