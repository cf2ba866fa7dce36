package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.it.support.WireDevice.document;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.KmsServer;
import org.mckms.it.support.Observed;
import org.mckms.it.support.PostgresCluster;
import org.mckms.it.support.Reply;
import org.mckms.it.support.WireDevice;

/**
 * Somebody can write to the database of a running server, here PostgreSQL, but not to its token: rows of devices are moved
 * to other owners, rolled back and changed. Nothing is issued on such a row, and an alarm goes into the audit trail.
 */
class AlteredRowsIT {
    private static final String COLUMNS = "state, revision, key_number, usable_until, registered_at, rotated_at,"
            + " rotation_ordered, active_names, pending_names, key_label, sealed_iv, sealed_keys";
    private static final int INTERNAL = 500;

    private static PostgresCluster postgres;
    private static Kms kms;

    @BeforeAll
    static void start() {
        KmsHome home = KmsHome.make("altered-rows");
        home.set(Map.of("kms.audit.checkpoint-interval", "PT1S"));
        postgres = PostgresCluster.start(home.dir().resolve("log"));
        kms = Kms.start(
                home, Map.of("origin", "derived"), KmsServer.Variant.AS_BUILT.withEnvironment(postgres.environment()));
    }

    @AfterAll
    static void stop() {
        kms.close();
        postgres.close();
    }

    private static Reply keyprov(String user, WireDevice signer) {
        String request = WireDevice.request(
                user, kms.kmsUri(), Instant.now().toString(), kms.csc().url("/keyprov"));
        return kms.csc().post("/keyprov", kms.idm().user(user), document(request, signer.signature(request)));
    }

    /** The attacker has a device of its own and wants to sign, and to be given keys, as somebody else. */
    @Test
    void keysMovedToAnotherOwnerOpenNothing() {
        String attacker = "sip:mallory@example.org";
        String victim = "sip:moved@example.org";
        WireDevice own = WireDevice.register(kms, attacker);
        assertThat(keyprov(attacker, own).status()).isEqualTo(200);
        assertThat(keyprov(victim, WireDevice.register(kms, victim)).status()).isEqualTo(200);

        postgres.sql("DELETE FROM kms_client_keys WHERE owner_uri = '" + victim + "'");
        postgres.sql("UPDATE kms_client_keys SET owner_uri = '" + victim + "' WHERE owner_uri = '" + attacker + "'");

        assertAlarm(kms.observe(() -> keyprov(victim, own)));
    }

    /** The keys a device had before it was registered again, perhaps because they were stolen. */
    @Test
    void keysRolledBackOpenNothing() {
        String user = "sip:rolled-back@example.org";
        WireDevice stolen = WireDevice.register(kms, user);
        assertThat(keyprov(user, stolen).status()).isEqualTo(200);
        postgres.sql("CREATE TABLE kept AS SELECT * FROM kms_client_keys WHERE owner_uri = '" + user + "'");
        WireDevice fresh = WireDevice.register(kms, user);
        assertThat(keyprov(user, fresh).status()).isEqualTo(200);

        postgres.sql("UPDATE kms_client_keys SET (" + COLUMNS + ") = (SELECT " + COLUMNS
                + " FROM kept) WHERE owner_uri = '" + user + "'");

        assertAlarm(kms.observe(() -> keyprov(user, stolen)));
    }

    @Test
    void keysWithAnotherStateOpenNothing() {
        String user = "sip:restated@example.org";
        WireDevice device = WireDevice.register(kms, user);
        assertThat(keyprov(user, device).status()).isEqualTo(200);

        postgres.sql("UPDATE kms_client_keys SET state = 'REGISTERED' WHERE owner_uri = '" + user + "'");

        assertAlarm(kms.observe(() -> keyprov(user, device)));
    }

    private static void assertAlarm(Observed seen) {
        assertThat(seen.reply().status()).as(seen.reply().toString()).isEqualTo(INTERNAL);
        assertThat(seen.of("KEYS_PROVISIONED")).isEmpty();
        assertThat(seen.reply().text()).doesNotContain("EncryptedKey").doesNotContain("UserDecryptKey");
        assertThat(seen.of("ROW_TAMPERED")).hasSize(1);
    }
}
