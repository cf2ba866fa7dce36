package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.CandidateKeys;
import org.mckms.client.KmsClient;
import org.mckms.client.PartnerDirectory;
import org.mckms.client.PartnerRefusedException;
import org.mckms.client.ReceptionPolicy;
import org.mckms.client.TlsMaterial;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreKey;
import org.mckms.client.store.StoreOwner;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.Kmsctl;
import org.mckms.it.support.Kmsctl.Outcome;
import org.mckms.it.support.PartnerAdmin;
import org.mckms.it.support.Reply;
import org.mckms.mikeysakke.DecapsulationException;
import org.mckms.mikeysakke.sakke.EncapsulatedData;
import org.mckms.mikeysakke.sakke.Sakke;
import org.mckms.mikeysakke.sakke.SharedSecretValue;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.message.KmsCertificate;

/**
 * Two complete servers and a user of each: the operators exchange certificates, a user of one domain encapsulates to a
 * user of the other with what its own KMS has told it, and the other opens it. The steps of one exchange, in order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoDomainsIT {
    private static final String ALICE = "sip:alice@example.org";
    private static final String BOB = "sip:bob@partner.example";
    private static final String PARTNER = "kms.partner.example";

    private final SecureRandom random = new SecureRandom();

    private Path folder;
    private Kms home;
    private Kms partner;
    private ClientKeyStore alicesStore;
    private ClientKeyStore bobsStore;
    private KmsClient alice;
    private KmsClient bob;

    @BeforeAll
    void startBoth(@TempDir Path stores) {
        folder = stores;
        home = Kms.start("domain-a");
        KmsHome other = KmsHome.make("domain-b");
        other.set(Map.of(
                "kms.uri", PARTNER,
                "kms.issuer-name", PARTNER,
                "kms.domains", "partner.example",
                "kms.issuer.development.identity-domains", "partner.example",
                "kms.audit.checkpoint-interval", "PT1S"));
        partner = Kms.start(other, Map.of("origin", "derived", "userKeyPeriod", 604_800, "userKeyOffset", 7200));
        alicesStore = store(home, ALICE);
        bobsStore = store(partner, BOB);
        alice = client(home, alicesStore, ALICE);
        bob = client(partner, bobsStore, BOB);
    }

    @AfterAll
    void stopBoth() {
        for (AutoCloseable each : new AutoCloseable[] {alicesStore, bobsStore, home, partner}) {
            if (each != null) {
                assertThat(each).satisfies(AutoCloseable::close);
            }
        }
    }

    private ClientKeyStore store(Kms kms, String user) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        try (SecretOctets octets = SecretOctets.takeFrom(key);
                StoreKey storeKey = StoreKey.key(octets)) {
            Path file = folder.resolve(user.replaceAll("[^a-z]", "-"));
            return ClientKeyStore.create(file, storeKey, new StoreOwner(kms.kmsUri(), user, "default"), random);
        }
    }

    private static KmsClient client(Kms kms, ClientKeyStore store, String user) {
        return KmsClient.of(store)
                .tls(TlsMaterial.trusting(kms.home().trust()))
                .tokens(() -> kms.idm().user(user))
                .addresses(URI.create("https://localhost:" + kms.home().kmsPort()))
                .policy(ReceptionPolicy.STANDARD.allowingPlain())
                .clock(Clock.systemUTC())
                .build();
    }

    @Test
    @Order(1)
    void withoutTheCertificateNobodyEncapsulatesToTheOtherDomain() {
        alice.init();
        alice.provision();
        alice.updatePartners();
        bob.init();
        bob.provision();

        assertThatThrownBy(() -> encapsulated(alice, BOB)).isInstanceOf(PartnerRefusedException.class);
        assertThatThrownBy(() -> alice.fetchPartner(PARTNER)).hasMessageContaining("404");
    }

    @Test
    @Order(2)
    void operatorsExchangeSignedCertificates() {
        byte[] ofPartner = new PartnerAdmin(partner.officer()).exportOwn("");
        byte[] ofHome = new PartnerAdmin(home.officer()).exportOwn("");
        PartnerAdmin here = new PartnerAdmin(home.officer());

        Reply unconfirmed = here.send("", ofPartner, PartnerAdmin.sha256(ofHome));
        assertThat(AdminFace.error(unconfirmed).getString("name")).isEqualTo("INVALID_CERTIFICATE");

        JsonObject taken = here.take("", ofPartner);
        assertThat(taken.getString("kmsUri")).isEqualTo(PARTNER);
        assertThat(taken.getString("integrity")).isEqualTo("INTACT");
        assertThat(taken.isNull("signerSha256")).isFalse();
        assertThat(taken.getInt("userKeyPeriod")).isEqualTo(604_800);
        new PartnerAdmin(partner.officer()).take("", ofHome);
    }

    @Test
    @Order(3)
    void anAlteredCertificateIsRefused() {
        byte[] document = new PartnerAdmin(partner.officer()).exportOwn("");
        String text = new String(document, StandardCharsets.UTF_8);
        byte[] altered =
                text.replace("<UserKeyOffset>7200<", "<UserKeyOffset>7201<").getBytes(StandardCharsets.UTF_8);

        Reply refused = new PartnerAdmin(home.officer()).send("", altered, PartnerAdmin.sha256(altered));

        assertThat(AdminFace.error(refused).getString("name")).isEqualTo("SIGNATURE_REQUIRED");
    }

    @Test
    @Order(4)
    void aUserOfOneDomainReachesAUserOfTheOtherAndBack() {
        alice.updatePartners();
        bob.updatePartners();

        assertReaches(alice, bob, BOB);
        assertReaches(bob, alice, ALICE);
    }

    @Test
    @Order(5)
    void theParametersOfTheOwnDomainReachNobodyThere() {
        Instant now = Instant.now();
        KmsCertificate own = alice.rootCertificate().orElseThrow();
        KmsCertificate theirs = alice.partners().certificateOf(PARTNER, now);
        assertThat(theirs.schedule()).isNotEqualTo(own.schedule());
        try (SharedSecretValue ssv = SharedSecretValue.random(random)) {
            EncapsulatedData wrong =
                    Sakke.encapsulate(ssv, PartnerDirectory.uidOf(BOB, own, now).octets(), theirs.pubEncKey());

            try (CandidateKeys keys = bob.keysFor(BOB, now)) {
                assertThatThrownBy(() -> keys.decapsulate(wrong)).isInstanceOf(DecapsulationException.class);
            }
        }
    }

    @Test
    @Order(6)
    void theCertificateOfANewEpochReachesClientsBeforeItsFirstMessage() {
        Instant begin = Instant.now().plusSeconds(86_400).truncatedTo(ChronoUnit.SECONDS);
        String certUri = "cert2." + PARTNER;
        partner.createEpoch(Map.of(
                "origin",
                "derived",
                "certUri",
                certUri,
                "validFrom",
                begin.toString(),
                "userKeyPeriod",
                604_800,
                "userKeyOffset",
                7200));
        byte[] next = new PartnerAdmin(partner.officer()).exportOwn("?certUri=" + certUri);
        new PartnerAdmin(home.officer()).take("", next);
        alice.updatePartners();

        assertThat(alice.partners().certificateOf(PARTNER, Instant.now()).certUri())
                .contains("cert1." + PARTNER);
        assertThat(alice.partners().certificateOf(PARTNER, begin.plusSeconds(1)).certUri())
                .contains(certUri);
        assertThat(alice.fetchPartner(PARTNER).certUri()).contains("cert1." + PARTNER);
    }

    @Test
    @Order(7)
    void revokedCertificatesAreUsedByNobody() {
        PartnerAdmin here = new PartnerAdmin(home.officer());
        for (String certUri : new String[] {"cert1." + PARTNER, "cert2." + PARTNER}) {
            assertThat(here.act("remove", certUri).status()).isEqualTo(409);
            assertThat(AdminFace.object(here.act("revoke", certUri)).getBoolean("revoked"))
                    .isTrue();
        }
        alice.updatePartners();

        assertThatThrownBy(() -> encapsulated(alice, BOB)).isInstanceOf(PartnerRefusedException.class);
        assertThat(here.act("remove", "cert2." + PARTNER).status()).isEqualTo(200);
        assertThat(AdminFace.array(here.officer().get("/partner-certificates"), "certificates"))
                .hasSize(1);
        assertThat(AdminFace.array(
                        here.officer().get("/partner-certificates/history?certUri=cert2." + PARTNER), "history"))
                .hasSize(2);
    }

    @Test
    @Order(8)
    void theCommandLineKeepsPartnerCertificates() {
        String certUri = "cert1." + PARTNER;
        Kmsctl there = new Kmsctl(partner.home(), folder);
        Kmsctl here = new Kmsctl(home.home(), folder);
        String fingerprint = done(there, "certificate", "export", "--cert-uri", certUri, "--output", "theirs.xml")
                .lines()
                .filter(line -> line.startsWith("fingerprint"))
                .findFirst()
                .orElseThrow()
                .replaceAll(".* ", "");

        Outcome unconfirmed = here.run("partner", "replace", "theirs.xml", "--sha256", "00".repeat(32));
        assertThat(unconfirmed.exitCode()).isEqualTo(1);
        assertThat(unconfirmed.errors()).contains("4006");
        done(here, "partner", "replace", "theirs.xml", "--sha256", fingerprint);
        assertThat(done(here, "partner", "show", certUri)).contains(PARTNER, "INTACT");
        assertThat(done(here, "partner", "history", certUri)).contains("REVOKED", "REPLACED");

        assertThat(here.run("partner", "remove", certUri, "--reason", "still valid")
                        .errors())
                .contains("4091");
        done(here, "partner", "revoke", certUri, "--reason", "key lost");
        done(here, "partner", "remove", certUri, "--reason", "contract ended");
        assertThat(done(here, "partner", "list")).doesNotContain(certUri);

        done(here, "partner", "import", "theirs.xml", "--sha256", fingerprint);
        assertThat(done(here, "partner", "list")).contains(certUri);
        alice.updatePartners();
        assertReaches(alice, bob, BOB);
    }

    private static String done(Kmsctl kmsctl, String... command) {
        Outcome outcome = kmsctl.run(command);
        assertThat(outcome.exitCode())
                .as(String.join(" ", command) + "\n" + outcome.output() + outcome.errors())
                .isZero();
        return outcome.output();
    }

    private void assertReaches(KmsClient sender, KmsClient receiver, String uri) {
        Instant now = Instant.now();
        try (SharedSecretValue ssv = SharedSecretValue.random(random);
                CandidateKeys keys = receiver.keysFor(uri, now);
                SharedSecretValue opened = keys.decapsulate(
                        sender.partners().encapsulate(ssv, uri, now).data())) {
            assertThat(opened.constantTimeEquals(ssv)).isTrue();
        }
    }

    private PartnerDirectory.Encapsulated encapsulated(KmsClient sender, String uri) {
        try (SharedSecretValue ssv = SharedSecretValue.random(random)) {
            return sender.partners().encapsulate(ssv, uri, Instant.now());
        }
    }
}
