package db.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.regex.Pattern;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.row.IndexHash;

/**
 * Content encryption keys are looked up by numbers that stand for user, scope, session and token; see {@link IndexHash}. One
 * index serves user and scope.
 */
// Flyway reads version and description from the name.
@SuppressWarnings("checkstyle:TypeName")
public final class V16__short_indexes extends BaseJavaMigration {

    private static final Pattern DIGEST = Pattern.compile("[0-9A-F]{64}");
    private static final String[] BEFORE = {
        "ALTER TABLE kms_cek ADD COLUMN user_hash BIGINT DEFAULT 0 NOT NULL",
        "ALTER TABLE kms_cek ADD COLUMN scope_hash BIGINT DEFAULT 0 NOT NULL",
        "ALTER TABLE kms_cek ADD COLUMN session_hash BIGINT",
        "ALTER TABLE kms_cek ADD COLUMN token_hash BIGINT"
    };
    private static final String[] AFTER = {
        "ALTER TABLE kms_cek DROP COLUMN scope",
        "DROP INDEX kms_cek_user",
        "DROP INDEX kms_cek_session",
        "DROP INDEX kms_cek_token",
        "CREATE UNIQUE INDEX kms_cek_scope ON kms_cek (user_hash, scope_hash, live)",
        "CREATE INDEX kms_cek_session ON kms_cek (session_hash)",
        "CREATE INDEX kms_cek_token ON kms_cek (token_hash)"
    };
    private static final String ROWS = "SELECT key_id, user_uri, scope, sip_session, token_digest FROM kms_cek";
    private static final String FILL =
            "UPDATE kms_cek SET user_hash = ?, scope_hash = ?, session_hash = ?, token_hash = ? WHERE key_id = ?";
    private static final String CONSTRAINT = "SELECT constraint_name FROM information_schema.table_constraints"
            + " WHERE LOWER(table_name) = 'kms_cek' AND constraint_type = 'UNIQUE'";

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        execute(connection, BEFORE);
        fill(connection);
        execute(connection, "ALTER TABLE kms_cek DROP CONSTRAINT " + uniqueScope(connection));
        execute(connection, AFTER);
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void fill(Connection connection) throws SQLException {
        try (Statement query = connection.createStatement();
                ResultSet row = query.executeQuery(ROWS);
                PreparedStatement update = connection.prepareStatement(FILL)) {
            while (row.next()) {
                update.setLong(1, IndexHash.of(row.getString(2)));
                update.setLong(2, ofDigest(row.getString(3)));
                String session = row.getString(4);
                set(update, 3, session == null ? null : IndexHash.of(session));
                String token = row.getString(5);
                set(update, 4, token == null ? null : ofDigest(token));
                update.setString(5, row.getString(1));
                update.executeUpdate();
            }
        }
    }

    /** What is no digest was altered, and is to be found by nobody; it keeps no server from its start. */
    private static long ofDigest(String text) {
        return DIGEST.matcher(text).matches() ? IndexHash.of(Octets.fromHex(text)) : IndexHash.of(text);
    }

    private static void set(PreparedStatement statement, int place, Long value) throws SQLException {
        statement.setObject(place, value, Types.BIGINT);
    }

    /** The database has given it a name. */
    private static String uniqueScope(Connection connection) throws SQLException {
        try (Statement query = connection.createStatement();
                ResultSet row = query.executeQuery(CONSTRAINT)) {
            row.next();
            return row.getString(1);
        }
    }
}
