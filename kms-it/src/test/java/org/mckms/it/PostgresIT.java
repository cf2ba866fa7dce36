package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mckms.client.cek.CekDetails;
import org.mckms.client.cek.CekScope;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.Await;
import org.mckms.it.support.CekDevice;
import org.mckms.it.support.ExportedTrail;
import org.mckms.it.support.KeySet;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.KmsServer;
import org.mckms.it.support.McServer;
import org.mckms.it.support.PostgresCluster;
import org.mckms.protocol.cek.CekStatus;

/** The main thread of the product with PostgreSQL as its database; the other tests have H2. */
class PostgresIT {
    private static final int USERS = 7;
    private static final int PAGE = 3;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static PostgresCluster postgres;
    private static KmsServer.Variant variant;
    private static Kms kms;

    @BeforeAll
    static void start() {
        KmsHome home = KmsHome.makeWithMcServer("postgres");
        home.set(Map.of(
                "kms.audit.checkpoint-interval",
                "PT1S",
                "kms.cek.wait",
                "PT5S",
                "kms.cek.renew-not-before",
                "PT0S",
                "kms.cek.overlap",
                "PT2S"));
        postgres = PostgresCluster.start(home.dir().resolve("log"));
        variant = KmsServer.Variant.AS_BUILT.withEnvironment(postgres.environment());
        kms = Kms.start(home, Map.of("origin", "derived"), variant);
    }

    @AfterAll
    static void stop() {
        kms.close();
        postgres.close();
    }

    @Test
    void keysAreProvisionedAndTheSameAfterARestart() {
        List<KeySet> first = keysOfAllUsers();
        first.forEach(keys -> keys.assertHoldsUnder(kms.rootCertificate()));

        kms.close();
        kms = Kms.restart(kms.home(), variant);

        assertThat(keysOfAllUsers()).isEqualTo(first);
        assertThat(postgres.sql("SELECT count(DISTINCT uri) FROM kms_issuance WHERE uri LIKE 'sip:page%'"))
                .isEqualTo(String.valueOf(USERS));
        assertThat(ExportedTrail.of(kms).verify().firstFault()).isEmpty();
    }

    @Test
    void identitiesAndAuditRecordsComeInPages() {
        keysOfAllUsers();

        assertThat(paged("operator", "/identities?prefix=sip:page", "identities", "uri"))
                .isEqualTo(users());
        assertThat(paged("auditor", "/audit?event=KEYS_PROVISIONED", "records", "position"))
                .hasSizeGreaterThanOrEqualTo(USERS)
                .doesNotHaveDuplicates();
    }

    /** Made, acknowledged, replaced, retired, ended by time and by hand: all statements about keys. */
    @Test
    void contentKeysLiveAndEnd() {
        try (McServer server = McServer.enrolled(kms);
                CekDevice device = CekDevice.registered(kms, "sip:postgres@example.org")) {
            CekScope scope = CekScope.of(server.uri(), "call-1");
            CekDetails first = only(device.ceks().current(scope), CekStatus.ACTIVE);
            device.ceks().renew(scope);
            CekDetails second =
                    Await.value("the successor is active", LIMIT, () -> device.ceks().current(scope).stream()
                            .filter(key -> key.status() == CekStatus.ACTIVE
                                    && !key.keyId().equals(first.keyId()))
                            .findFirst());
            Await.that("the old key is ended by time", LIMIT, () -> "ENDED".equals(column("state", first)));
            assertThat(column("end_reason", first)).isEqualTo("RENEWED");
            assertThat(column("sealed", first)).isEmpty();
            server.keys().pullAll();

            server.keys().endSession("call-1");
            assertThat(column("state", second)).isEqualTo("ENDED");
            only(device.ceks().current(scope), CekStatus.ACTIVE);
            device.ceks().logOff();
            Await.that("the server knows of all ends", LIMIT, () -> postgres.sql(
                            "SELECT count(*) FROM kms_cek WHERE acknowledged < revision OR state <> 'ENDED'")
                    .equals("0"));
        }
    }

    private static CekDetails only(List<CekDetails> keys, CekStatus status) {
        List<CekDetails> found =
                keys.stream().filter(key -> key.status() == status).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static String column(String column, CekDetails key) {
        return postgres.sql("SELECT " + column + " FROM kms_cek WHERE key_id = '"
                + key.keyId().toHex() + "'");
    }

    private static List<String> users() {
        List<String> users = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            users.add("sip:page" + i + "@example.org");
        }
        return users;
    }

    private static List<KeySet> keysOfAllUsers() {
        return users().stream()
                .map(user -> KeySet.onlyOf(kms.csc().post("/keyprov", kms.idm().user(user))))
                .toList();
    }

    /** One member of all entries of a list that is read page by page. */
    private static List<String> paged(String operator, String resource, String list, String member) {
        List<String> all = new ArrayList<>();
        String after = "";
        do {
            JsonObject page = AdminFace.object(kms.admin(operator).get(resource + "&limit=" + PAGE + after));
            List<JsonObject> entries = page.getJsonArray(list).getValuesAs(JsonObject.class);
            assertThat(entries).hasSizeLessThanOrEqualTo(PAGE);
            entries.forEach(entry -> all.add(text(entry, member)));
            after = page.isNull("next") ? "" : "&after=" + text(page, "next");
        } while (!after.isEmpty());
        return all;
    }

    private static String text(JsonObject object, String member) {
        return object.get(member).toString().replace("\"", "");
    }
}
