package org.mckms.kms.infrastructure.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.kms.domain.IdentityRegister;
import org.mckms.kms.domain.PeriodsServed;
import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.kms.domain.RevisionMarks;
import org.mckms.kms.domain.RowGuard;
import org.mckms.kms.infrastructure.vault.InMemoryMasterSecretVault;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.persistence.TestDatabase;
import org.mckms.platform.persistence.TestPersistence;
import org.mckms.protocol.codec.InteropProfile;

/** Identities of the release that had two columns in place of interop profiles; their MACs must hold. */
class IdentityMigrationTest {

    private static final String ALICE = "sip:alice@example.org";

    private final InMemoryMasterSecretVault vault = InMemoryMasterSecretVault.ready();

    /** The fields under the MAC as that release wrote them. */
    private String mac(String encoding, String userIdForm) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes("mckms/1/row".getBytes(StandardCharsets.US_ASCII));
        for (String field : new String[] {
            "kms.example.org",
            "identity",
            ALICE,
            "MC_CLIENT",
            "2026-01-01T00:00:00Z",
            "2026-01-02T00:00:00Z",
            null,
            "CURRENT_AND_NEXT",
            encoding,
            userIdForm,
            "0",
            "3"
        }) {
            byte[] octets = field == null ? new byte[0] : field.getBytes(StandardCharsets.UTF_8);
            message.writeBytes(ByteBuffer.allocate(4)
                    .putInt(field == null ? -1 : octets.length)
                    .array());
            message.writeBytes(octets);
        }
        return vault.rowMac(Octets.copyOf(message.toByteArray())).toHex();
    }

    private static Set<InteropProfile> profiles(String names) {
        return names == null ? Set.of() : Columns.profiles(names);
    }

    @ParameterizedTest
    @CsvSource({
        "RAW, BASE64,",
        "RAW, HEX, user-id-hex",
        "ASCII_HEX, BASE64, uid-as-hex-text",
        "ASCII_HEX, HEX, 'user-id-hex,uid-as-hex-text'"
    })
    void aRowOfTheOldReleaseIsTrusted(String encoding, String userIdForm, String expected) {
        try (TestDatabase database = TestDatabase.atVersion("2");
                TestPersistence transactions = TestPersistence.over(database)) {
            database.tamper("INSERT INTO kms_identity VALUES ('" + ALICE + "', 'MC_CLIENT',"
                    + " TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00+00:00',"
                    + " TIMESTAMP WITH TIME ZONE '2026-01-02 00:00:00+00:00', FALSE, NULL, 'CURRENT_AND_NEXT', '"
                    + encoding + "', '" + userIdForm + "', 0, 3, '" + mac(encoding, userIdForm) + "')");
            database.migrate();

            RegisteredIdentity identity =
                    transactions.inNew(() -> register(transactions).find(ALICE).orElseThrow());

            assertThat(identity.policy().periodsServed()).isEqualTo(PeriodsServed.CURRENT_AND_NEXT);
            assertThat(identity.policy().profiles()).isEqualTo(profiles(expected));
            assertThat(identity.policy().identityEncoding().name()).isEqualTo(encoding);
            assertThat(identity.policy().dialect().userIdForm().name()).isEqualTo(userIdForm);
        }
    }

    private IdentityRegister register(TestPersistence transactions) {
        TestRepositories repositories = new TestRepositories(transactions.entities());
        RowGuard guard = new RowGuard(vault, "kms.example.org", (table, id, finding) -> false);
        return new IdentityRegister(
                repositories.identities(transactions.dataSource()),
                repositories.issuances(),
                guard,
                new RevisionMarks(10));
    }

    @Test
    void everyProfileHasItsPlaceInTheColumn() {
        Set<InteropProfile> all = Set.of(InteropProfile.values());

        assertThat(Columns.profiles(Columns.profiles(new TreeSet<>(all)))).isEqualTo(all);
        assertThat(Columns.profiles(new TreeSet<>(all)).length()).isLessThan(500);
    }
}
