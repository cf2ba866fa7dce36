package org.mckms.kms.infrastructure.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.cek.CekRepository;
import org.mckms.kms.domain.cek.CekScope;
import org.mckms.kms.domain.cek.StoredCek;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.persistence.TestDatabase;
import org.mckms.platform.persistence.TestPersistence;
import org.mckms.platform.row.StoredRow;

/** Content encryption keys of the release that looked them up by texts are found by the numbers that stand for these now. */
class CekMigrationTest {

    private static final String ALICE = "sip:alice@example.org";
    private static final String SERVER = "sip:mcptt@example.org";
    private static final String CALL = "call-1@198.51.100.7";
    private static final String TOKEN = "77".repeat(32);
    private static final String OF_CALL = "0A".repeat(16);
    private static final String OF_NO_SESSION = "0B".repeat(16);
    private static final String ALTERED = "0C".repeat(16);

    private final TestDatabase database = TestDatabase.atVersion("15");
    private TestPersistence transactions;
    private CekRepository rows;

    @BeforeEach
    void migrate() throws NoSuchAlgorithmException {
        insert(OF_CALL, scopeOf(CALL), "'" + CALL + "'", "'" + TOKEN + "'");
        insert(OF_NO_SESSION, scopeOf(null), "NULL", "NULL");
        insert(ALTERED, "no digest", "NULL", "'nor this'");
        database.migrate();
        transactions = TestPersistence.over(database);
        rows = new TestRepositories(transactions.entities()).ceks(transactions.dataSource());
    }

    @AfterEach
    void close() {
        transactions.close();
        database.close();
    }

    /** SHA-256 of user, server and session, each with its length before it, as that release had it in column scope. */
    private static String scopeOf(String session) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String part : new String[] {ALICE, SERVER, session}) {
            byte[] octets = part == null ? new byte[0] : part.getBytes(UTF_8);
            digest.update(ByteBuffer.allocate(4)
                    .putInt(part == null ? -1 : octets.length)
                    .array());
            digest.update(octets);
        }
        return Octets.copyOf(digest.digest()).toHex();
    }

    private void insert(String keyId, String scope, String session, String token) {
        database.tamper("INSERT INTO kms_cek (key_id, scope, live, user_uri, server_uri, sip_session, state, revision,"
                + " acknowledged, created_at, valid_to, refresh_after, token_digest, due_at, sealed, row_mac) VALUES ('"
                + keyId + "', '" + scope + "', 'ACTIVE', '" + ALICE + "', '" + SERVER + "', " + session
                + ", 'ACTIVE', 2, 2, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, " + token
                + ", CURRENT_TIMESTAMP, NULL, '00')");
    }

    private List<String> found(Supplier<List<StoredRow<StoredCek>>> query) {
        return transactions.inNew(query).stream().map(StoredRow::id).toList();
    }

    @Test
    void theyAreFoundByUserScopeSessionAndToken() {
        assertThat(found(() -> rows.lockOfUser(ALICE))).containsExactly(OF_CALL, OF_NO_SESSION, ALTERED);
        assertThat(found(() -> rows.lockOfUser("sip:bob@example.org"))).isEmpty();
        assertThat(found(() -> rows.ofScope(new CekScope(ALICE, SERVER, Optional.of(CALL)))))
                .containsExactly(OF_CALL);
        assertThat(found(() -> rows.ofScope(new CekScope(ALICE, SERVER, Optional.empty()))))
                .containsExactly(OF_NO_SESSION);
        assertThat(found(() -> rows.lockOfSession(SERVER, CALL))).containsExactly(OF_CALL);
        assertThat(found(() -> rows.lockOfUser(ALICE, CALL))).containsExactly(OF_CALL);
        assertThat(found(() -> rows.lockOfToken(Octets.fromHex(TOKEN)))).containsExactly(OF_CALL);
        assertThat(transactions.<Long>inNew(() -> rows.count(ALICE))).isEqualTo(3);
    }

    @Test
    void aScopeHasOneActiveKey() {
        assertThatIllegalStateException()
                .isThrownBy(() -> database.tamper("UPDATE kms_cek SET scope_hash = (SELECT scope_hash FROM kms_cek"
                        + " WHERE key_id = '" + OF_CALL + "')"))
                .withMessageContaining("23505");
    }
}
