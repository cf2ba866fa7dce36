package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.ExportedTrail;
import org.mckms.it.support.KeySet;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.KmsServer;
import org.mckms.it.support.PostgresCluster;

/** The main thread of the product with PostgreSQL as its database; the other tests have H2. */
class PostgresIT {
    private static final int USERS = 7;
    private static final int PAGE = 3;

    private static PostgresCluster postgres;
    private static KmsServer.Variant variant;
    private static Kms kms;

    @BeforeAll
    static void start() {
        KmsHome home = KmsHome.make("postgres");
        home.set(Map.of("kms.audit.checkpoint-interval", "PT1S"));
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
