package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mckms.it.support.Csc;
import org.mckms.it.support.KeySet;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.RootCertificate;
import org.mckms.it.support.SakkeNumbers;

/**
 * An epoch imported with published masters answers over HTTP with the published numbers (vectors/imported-epoch.json).
 * SSK and PVT depend on v, which the server derives for itself, so they are checked and not compared.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportedEpochIT {
    private Map<String, Object> vector;
    private Kms kms;

    @BeforeAll
    void importTheEpoch() throws IOException, ParseException {
        try (InputStream in = ImportedEpochIT.class.getResourceAsStream("/vectors/imported-epoch.json")) {
            vector = JSONObjectUtils.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        KmsHome home = KmsHome.make("imported-epoch");
        home.set(Map.of("kms.uri", text("kmsUri"), "kms.window.past-grace", "P3650D"));
        kms = Kms.start(
                home,
                Map.of(
                        "origin",
                        "imported",
                        "validFrom",
                        "2024-01-01T00:00:00Z",
                        "ksak",
                        text("ksak"),
                        "zT",
                        text("z")));
    }

    @AfterAll
    void stop() {
        kms.close();
    }

    @Test
    void rootCertificateHasThePublishedPublicKeys() {
        RootCertificate root = kms.rootCertificate();

        assertThat(root.kmsUri()).isEqualTo("kms.example.org");
        assertThat(root.periodSeconds()).isEqualTo(2_592_000);
        assertThat(root.offsetSeconds()).isZero();
        assertThat(root.zT()).isEqualTo(text("pubEncKey"));
        assertThat(root.kpak()).isEqualTo(text("pubAuthKey"));
    }

    @Test
    void keySetsOfThePublishedPeriodAreThePublishedOnes() throws ParseException {
        RootCertificate root = kms.rootCertificate();
        String time = RootCertificate.ntp(root.startOf(1514));
        Csc csc = kms.csc();
        List<Map<String, Object>> published = List.of(JSONObjectUtils.getJSONObjectArray(vector, "users"));
        assertThat(published).hasSizeGreaterThanOrEqualTo(2);

        for (Map<String, Object> user : published) {
            String uri = (String) user.get("userUri");
            KeySet keys = KeySet.onlyOf(
                    csc.post("/keyprov/" + uri + "/" + time, kms.idm().user(uri)));

            assertThat(keys.period()).isEqualTo(1514);
            assertThat(keys.uid()).isEqualTo(user.get("uid"));
            assertThat(keys.rsk()).isEqualTo(((String) user.get("rsk")).toUpperCase(Locale.ROOT));
            keys.assertHoldsUnder(root);
        }
    }

    @Test
    void keySetsOfThePresentPeriodFollowFromThePublishedMasters() {
        RootCertificate root = kms.rootCertificate();
        long period = root.periodAt(Instant.now());
        String uri = "sip:alice@example.org";

        KeySet keys = KeySet.onlyOf(kms.csc().post("/keyprov", kms.idm().user(uri)));

        String uid = SakkeNumbers.uid(uri, "kms.example.org", 2_592_000, 0, period);
        assertThat(keys.period()).isEqualTo(period);
        assertThat(keys.uid()).isEqualTo(uid);
        assertThat(keys.rsk()).isEqualTo(SakkeNumbers.rsk(uid, text("z")));
        keys.assertHoldsUnder(root);
    }

    private String text(String field) {
        return (String) vector.get(field);
    }
}
