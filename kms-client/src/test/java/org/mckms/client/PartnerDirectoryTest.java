package org.mckms.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mckms.client.ClientBench.NOW;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.client.PartnerRefusedException.Reason;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreOwner;
import org.mckms.client.store.TestKeys;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.sakke.Sakke;
import org.mckms.mikeysakke.sakke.SharedSecretValue;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsKeySet;

class PartnerDirectoryTest {
    private static final String BOB = "sip:bob@partner.example";
    private static final KeyPeriodSchedule WEEKLY = new KeyPeriodSchedule(604_800, 3600);
    private static final TestEpoch OLD = partner(11, "2024-01-01T00:00:00Z", "2024-05-31T00:00:00Z");
    private static final TestEpoch NEW = partner(12, "2024-05-20T00:00:00Z", "2025-05-31T00:00:00Z");

    @TempDir
    private Path folder;

    private ClientKeyStore store;
    private PartnerDirectory directory;

    @BeforeEach
    void open() {
        store = ClientKeyStore.create(
                folder.resolve("a.keys"),
                TestKeys.storeKey(1),
                new StoreOwner(ClientBench.KMS_URI, ClientBench.ALICE, "phone"),
                new SecureRandom());
        store.change(edit -> edit.root(ClientBench.FIRST.root()));
        directory = new PartnerDirectory(store, IdentityEncoding.RAW);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void encapsulatesToAUserOfAnotherDomainWithThatDomainsParameters() {
        hold(OLD.external(false));

        try (SharedSecretValue sent = SharedSecretValue.random(new SecureRandom());
                KmsKeySet bobs = OLD.keySet(BOB, NOW)) {
            PartnerDirectory.Encapsulated made = directory.encapsulate(sent, BOB, NOW);

            assertThat(made.uid()).isEqualTo(bobs.userId());
            assertThat(made.certificate().kmsUri()).isEqualTo("kms.partner.example");
            try (SharedSecretValue received = Sakke.decapsulate(
                    made.data(), bobs.rsk(), bobs.userId().octets(), OLD.root().pubEncKey())) {
                assertThat(received.constantTimeEquals(sent)).isTrue();
            }
        }
    }

    @Test
    void usesTheHomeKmsForItsOwnUsersWhoeverClaimsTheirDomain() {
        TestEpoch thief =
                TestEpoch.of(13, "kms.thief.example", WEEKLY, Instant.parse("2024-01-01T00:00:00Z"), Optional.empty());
        hold(withDomain(thief.external(false), "example.org"));

        assertThat(directory.certificateForUser(ClientBench.ALICE, NOW)).isEqualTo(ClientBench.FIRST.root());
    }

    @Test
    void refusesADomainThatTwoKmssClaim() {
        TestEpoch other =
                TestEpoch.of(13, "kms.thief.example", WEEKLY, Instant.parse("2024-01-01T00:00:00Z"), Optional.empty());
        hold(OLD.external(false));
        hold(withDomain(other.external(false), "partner.example"));

        assertThat(refused(BOB, NOW)).isEqualTo(Reason.AMBIGUOUS);
        assertThat(directory.certificateOf("kms.partner.example", NOW)).isEqualTo(OLD.external(false));
    }

    @Test
    void followsADomainThatMovesFromARevokedKmsToAnother() {
        hold(OLD.external(false));
        KmsCertificate successor = withDomain(
                TestEpoch.of(
                                14,
                                "kms.successor.example",
                                WEEKLY,
                                Instant.parse("2024-05-10T00:00:00Z"),
                                Optional.empty())
                        .external(false),
                "partner.example");
        hold(successor);
        assertThat(directory.certificateForUser(BOB, Instant.parse("2024-05-09T00:00:00Z")))
                .isEqualTo(OLD.external(false));
        assertThat(refused(BOB, NOW)).isEqualTo(Reason.AMBIGUOUS);

        hold(OLD.external(true));

        assertThat(directory.certificateForUser(BOB, NOW)).isEqualTo(successor);
        assertThat(refused(BOB, Instant.parse("2024-05-09T00:00:00Z"))).isEqualTo(Reason.NOT_YET_VALID);
    }

    @Test
    void refusesWhatIsUnknownRevokedExpiredOrNotYetValid() {
        assertThat(refused(BOB, NOW)).isEqualTo(Reason.UNKNOWN);
        hold(OLD.external(true));
        assertThat(refused(BOB, NOW)).isEqualTo(Reason.REVOKED);
        hold(OLD.external(false));
        assertThat(refused(BOB, Instant.parse("2024-05-31T00:00:01Z"))).isEqualTo(Reason.EXPIRED);
        assertThat(refused(BOB, Instant.parse("2023-12-31T23:59:59Z"))).isEqualTo(Reason.NOT_YET_VALID);
    }

    @Test
    void goesToThePartnersNewCertificateWhenItBecomesValid() {
        hold(OLD.external(false));
        hold(NEW.external(false));

        assertThat(directory.certificateForUser(BOB, NOW)).isEqualTo(OLD.external(false));
        assertThat(directory.certificateForUser(BOB, Instant.parse("2024-05-20T00:00:00Z")))
                .isEqualTo(NEW.external(false));
    }

    @Test
    void usesTheOtherCertificateWhenOneIsRevoked() {
        hold(NEW.external(true));
        hold(OLD.external(false));

        assertThat(directory.certificateForUser(BOB, Instant.parse("2024-05-21T00:00:00Z")))
                .isEqualTo(OLD.external(false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:bob@partner.example",
                "sip:bob@PARTNER.example:5061;transport=tls",
                "sips:b@partner.example?x=y",
                "sip:partner.example",
                "sip:partner.example:5060",
                "partner.example"
            })
    void findsTheDomainInEveryFormOfAUri(String uri) {
        hold(OLD.external(false));

        assertThat(directory.certificateForUser(uri, NOW).kmsUri()).isEqualTo("kms.partner.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:bob@partner.example.evil.example",
                "sip:partner.example@evil.example",
                "sip:bob@evil.example;x=@evil.example",
                "sip:bob@xpartner.example"
            })
    void findsNoOtherDomain(String uri) {
        hold(OLD.external(false));

        assertThat(refused(uri, NOW)).isEqualTo(Reason.UNKNOWN);
    }

    private void hold(KmsCertificate certificate) {
        store.change(edit -> edit.partner(certificate));
    }

    private Reason refused(String user, Instant time) {
        return catchThrowableOfType(PartnerRefusedException.class, () -> directory.certificateForUser(user, time))
                .reason();
    }

    private static TestEpoch partner(int seed, String from, String to) {
        return TestEpoch.of(seed, "kms.partner.example", WEEKLY, Instant.parse(from), Optional.of(Instant.parse(to)));
    }

    private static KmsCertificate withDomain(KmsCertificate certificate, String domain) {
        return new KmsCertificate(
                certificate.role(),
                certificate.certUri(),
                certificate.kmsUri(),
                certificate.issuer(),
                certificate.validFrom(),
                certificate.validTo(),
                certificate.revoked(),
                certificate.schedule(),
                certificate.pubEncKey(),
                certificate.pubAuthKey(),
                List.of(domain));
    }
}
