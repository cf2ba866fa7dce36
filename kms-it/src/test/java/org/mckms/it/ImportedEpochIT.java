package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mckms.it.support.DevelopmentIdm;
import org.mckms.it.support.KeySet;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.KmsServer;
import org.mckms.it.support.MovedClock;
import org.mckms.it.support.RootCertificate;
import org.mckms.it.support.SakkeNumbers;

/**
 * An epoch imported with published masters answers over HTTP with the published numbers (vectors/imported-epoch.json).
 * The ceremony is held with the application as it was built; the numbers are of a period long past, so the server is then
 * started again with its clock moved back. SSK and PVT depend on v, which the server derives for itself: they are checked
 * and not compared.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportedEpochIT {
    private static final Instant IN_PERIOD_1514 = Instant.parse("2024-05-18T05:52:25Z");

    private Map<String, Object> vector;
    private Kms kms;
    private DevelopmentIdm idm;

    @BeforeAll
    void importTheEpoch() throws IOException, ParseException {
        try (InputStream in = ImportedEpochIT.class.getResourceAsStream("/vectors/imported-epoch.json")) {
            vector = JSONObjectUtils.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        KmsHome home = KmsHome.make("imported-epoch");
        home.set(Map.of("kms.uri", text("kmsUri")));
        Map<String, String> order = Map.of(
                "origin", "imported", "validFrom", "2024-01-01T00:00:00Z", "ksak", text("ksak"), "zT", text("z"));
        Kms.start(home, order).close();

        Duration back = Duration.between(Instant.now(), IN_PERIOD_1514);
        kms = Kms.restart(
                home,
                new KmsServer.Variant(withMovedClock(home), Map.of(), Map.of(MovedClock.OFFSET, back.toString())));
        idm = kms.idm().at(Clock.offset(Clock.systemUTC(), back));
    }

    private static Path withMovedClock(KmsHome home) {
        JavaArchive clock = ShrinkWrap.create(JavaArchive.class, "moved-clock.jar")
                .addClass(MovedClock.class)
                .addAsManifestResource(EmptyAsset.INSTANCE, "beans.xml");
        EnterpriseArchive ear = ShrinkWrap.create(ZipImporter.class, "kms.ear")
                .importFrom(KmsServer.EAR.toFile())
                .as(EnterpriseArchive.class)
                .addAsLibrary(clock);
        Path file = home.dir().resolve("kms-with-moved-clock.ear");
        ear.as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }

    @AfterAll
    void stop() {
        if (kms != null) {
            kms.close();
        }
    }

    @Test
    void rootCertificateHasThePublishedPublicKeys() {
        RootCertificate root = root();

        assertThat(root.kmsUri()).isEqualTo(text("kmsUri"));
        assertThat(root.periodSeconds()).isEqualTo(2_592_000);
        assertThat(root.offsetSeconds()).isZero();
        assertThat(root.zT()).isEqualTo(text("pubEncKey"));
        assertThat(root.kpak()).isEqualTo(text("pubAuthKey"));
    }

    @Test
    void keySetsAreThePublishedOnes() throws ParseException {
        Map<String, Object>[] published = JSONObjectUtils.getJSONObjectArray(vector, "users");
        assertThat(published).hasSize(2);
        for (Map<String, Object> user : published) {
            String uri = (String) user.get("userUri");

            KeySet keys = KeySet.onlyOf(kms.csc().post("/keyprov/" + uri, idm.user(uri)));

            assertThat(keys.period()).isEqualTo(1514);
            assertThat(keys.uid()).isEqualTo(user.get("uid"));
            assertThat(keys.rsk()).isEqualTo(user.get("rsk"));
            keys.assertHoldsUnder(root());
        }
    }

    @Test
    void keySetsOfTheNextPeriodFollowFromThePublishedMasters() {
        String uri = "sip:next-period@example.org";
        String time = RootCertificate.ntp(root().startOf(1515));

        KeySet keys = KeySet.onlyOf(kms.csc().post("/keyprov/" + uri + "/" + time, idm.user(uri)));

        String uid = SakkeNumbers.uid(uri, text("kmsUri"), 2_592_000, 0, 1515);
        assertThat(keys.uid()).isEqualTo(uid);
        assertThat(keys.rsk()).isEqualTo(SakkeNumbers.rsk(uid, text("z")));
        keys.assertHoldsUnder(root());
    }

    private RootCertificate root() {
        return RootCertificate.of(kms.csc().post("/init", idm.user("sip:reader@example.org")));
    }

    private String text(String field) {
        return (String) vector.get(field);
    }
}
