package org.mckms.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mckms.client.ClientBench.ALICE;
import static org.mckms.client.ClientBench.FIRST;
import static org.mckms.client.ClientBench.NOW;
import static org.mckms.client.ClientBench.SECOND;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.StubServer.Reply;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreOwner;
import org.mckms.client.store.TestKeys;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.sakke.Sakke;
import org.mckms.mikeysakke.sakke.SharedSecretValue;
import org.mckms.protocol.codec.KmsRedirectResponseCodec;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.ReceivedRequest;
import org.mckms.protocol.codec.RequestLeniency;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.security.NamedKey;

class KmsClientTest {
    private static final TestEpoch PARTNER = TestEpoch.of(
            9,
            "kms.partner.example",
            new KeyPeriodSchedule(604_800, 3600),
            Instant.parse("2024-01-01T00:00:00Z"),
            Optional.empty());

    private static TestPki pki;

    @TempDir
    private Path folder;

    private ClientBench bench;

    @BeforeAll
    static void makeAuthority() {
        pki = new TestPki();
    }

    @BeforeEach
    void start() {
        bench = new ClientBench(pki, folder);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void fetchesChecksAndKeepsTheKeysOfItsUser() {
        KmsClient client = bench.client();

        List<KeySetSummary> fetched = client.provision();

        Instant begins = Instant.parse("2024-05-10T00:00:00Z");
        KeySetSummary expected = new KeySetSummary(
                ALICE,
                1514,
                begins,
                begins.plus(Duration.ofDays(30)),
                FIRST.root().certUri());
        assertThat(fetched).containsExactly(expected);
        assertThat(client.held()).containsExactly(expected);
        assertThat(client.rootCertificate()).contains(FIRST.root());
        assertThat(bench.server().requests())
                .extracting(StubServer.Request::target)
                .containsExactly("/keymanagement/identity/v1/init", "/keymanagement/identity/v1/keyprov");
        bench.reopen();
        assertThat(bench.client().held()).containsExactly(expected);
    }

    @Test
    void signsEveryRequestWithFractionsOfASecond() {
        bench.clock.set(NOW.plusMillis(123));
        bench.client().provision(ALICE);
        bench.client().provision(ALICE);

        List<ReceivedRequest> requests = bench.server().requests().stream()
                .map(request -> KmsRequestCodec.read(request.body(), RequestLeniency.STANDARD))
                .toList();
        try (NamedKey ink = TestKeys.named("ink.1." + ALICE, 3)) {
            assertThat(requests).allSatisfy(request -> assertThat(
                            request.signature().orElseThrow().verifies(ink))
                    .isTrue());
        }
        assertThat(requests.get(0).request().time()).isEqualTo(NOW.plusMillis(123));
        assertThat(requests.get(1).request().time()).isEqualTo(NOW.plusMillis(124));
        assertThat(requests.get(0).request().kmsUri()).isEqualTo(ClientBench.KMS_URI);
        assertThat(requests.get(0).request().deviceId()).contains("phone");
        assertThat(requests.get(0).request().clientReqUrl())
                .isEqualTo(bench.address() + "/keymanagement/identity/v1/init");
    }

    @Test
    void opensWhatIsEncryptedToItsUser() {
        KmsClient client = bench.client();
        client.provision();

        try (SharedSecretValue sent = SharedSecretValue.random(new SecureRandom());
                CandidateKeys keys = client.keysFor(ALICE, NOW);
                SharedSecretValue received = keys.decapsulate(
                        client.partners().encapsulate(sent, ALICE, NOW).data())) {
            assertThat(received.constantTimeEquals(sent)).isTrue();
        }
    }

    @Test
    void fetchesTheNextPeriodBesideTheCurrentOne() {
        KmsClient client = bench.client();
        client.provision();
        Instant next = Instant.parse("2024-06-09T00:00:00Z");

        client.provision(ALICE, next);

        assertThat(client.held()).extracting(KeySetSummary::period).containsExactly(1515L, 1514L);
        try (CandidateKeys now = client.keysFor(ALICE, NOW);
                CandidateKeys then = client.keysFor(ALICE, next);
                CandidateKeys none = client.keysFor(ALICE, next.plus(Duration.ofDays(30)))) {
            assertThat(now.newest().keys().period().number()).isEqualTo(1514);
            assertThat(then.newest().keys().period().number()).isEqualTo(1515);
            assertThat(none.isEmpty()).isTrue();
            assertThatThrownBy(none::newest).isInstanceOf(KmsClientException.class);
        }
    }

    @Test
    void keepsAnOldKeySetForTheGraceAndNoLonger() {
        KmsClient client = bench.client();
        client.provision();
        bench.clock.set(Instant.parse("2024-06-09T00:30:00Z"));
        client.provision();

        assertThat(client.held()).extracting(KeySetSummary::period).containsExactly(1515L, 1514L);
        try (CandidateKeys candidates = client.candidates(ALICE)) {
            assertThat(candidates.newestFirst())
                    .extracting(keys -> keys.keys().period().number())
                    .containsExactly(1515L, 1514L);
        }

        bench.clock.set(Instant.parse("2024-06-09T01:00:01Z"));
        try (CandidateKeys candidates = client.candidates(ALICE)) {
            assertThat(candidates.newestFirst()).hasSize(1);
        }
        client.provision();
        assertThat(client.held()).extracting(KeySetSummary::period).containsExactly(1515L);
    }

    @Test
    void keepsBothEpochsAndTriesTheNewerFirst() {
        KmsClient client = bench.client();
        client.provision();
        bench.clock.set(Instant.parse("2024-05-18T06:00:10Z"));
        bench.kms.goesTo(SECOND);

        client.provision();

        assertThat(bench.store().rootCertificates()).containsExactly(SECOND.root(), FIRST.root());
        Instant now = bench.clock.instant();
        try (SharedSecretValue sent = SharedSecretValue.random(new SecureRandom());
                CandidateKeys keys = client.keysFor(ALICE, now)) {
            assertThat(keys.newestFirst()).extracting(each -> each.root()).containsExactly(SECOND.root(), FIRST.root());
            for (KmsCertificate root : List.of(FIRST.root(), SECOND.root())) {
                try (SharedSecretValue received = keys.decapsulate(Sakke.encapsulate(
                        sent, PartnerDirectory.uidOf(ALICE, root, now).octets(), root.pubEncKey()))) {
                    assertThat(received.constantTimeEquals(sent)).isTrue();
                }
            }
        }
    }

    @Test
    void takesTheKeySetsOfBothEpochsFromAKmsThatServesBoth() {
        KmsClient client = bench.client();
        client.provision();
        bench.clock.set(Instant.parse("2024-06-09T00:00:10Z"));
        bench.kms.overlapsWith(SECOND);

        assertThat(client.provision())
                .extracting(KeySetSummary::certUri)
                .containsExactly(FIRST.root().certUri(), SECOND.root().certUri());
        try (CandidateKeys keys = client.keysFor(ALICE, bench.clock.instant())) {
            assertThat(keys.newestFirst()).extracting(each -> each.root()).containsExactly(SECOND.root(), FIRST.root());
        }
    }

    @Test
    void passesByKeySetsOfAnEpochThatItNeverKnew() {
        bench.clock.set(Instant.parse("2024-05-18T06:00:10Z"));
        bench.kms.overlapsWith(SECOND);

        assertThat(bench.client().provision())
                .extracting(KeySetSummary::certUri)
                .containsExactly(SECOND.root().certUri());
        assertThat(bench.store().rootCertificates()).containsExactly(SECOND.root());
    }

    @Test
    void forgetsAnEpochWhenItsLastPeriodIsOver() {
        KmsClient client = bench.client();
        client.provision();
        bench.clock.set(Instant.parse("2024-05-18T06:00:10Z"));
        bench.kms.goesTo(SECOND);
        client.provision();
        bench.clock.set(Instant.parse("2024-06-09T01:00:01Z"));

        client.provision();

        assertThat(bench.store().rootCertificates()).containsExactly(SECOND.root());
    }

    @Test
    void takesOverNewTransportAndIntegrityKeys() {
        KmsClient client = bench.client();
        bench.kms.ordersRotation();
        client.init();
        assertThat(names(bench.store())).isEqualTo("active ink.1." + ALICE + ", pending ink.2." + ALICE);
        assertThat(bench.kms.hasPending()).isTrue();

        client.init();

        assertThat(names(bench.store())).isEqualTo("active ink.2." + ALICE);
        assertThat(bench.kms.activePair()).isEqualTo(2);
        client.provision();
    }

    @Test
    void goesBackToTheOldKeysWhenTheKmsDoesNotKnowTheNewOnes() {
        KmsClient client = bench.client();
        bench.kms.ordersRotation();
        client.init();
        bench.kms.knowsOnly(1);

        client.provision();

        assertThat(names(bench.store())).isEqualTo("active ink.1." + ALICE + ", pending ink.2." + ALICE);
        bench.kms.announces(3);
        client.init();
        assertThat(names(bench.store())).isEqualTo("active ink.1." + ALICE + ", pending ink.3." + ALICE);
        client.init();
        assertThat(names(bench.store())).isEqualTo("active ink.3." + ALICE);
    }

    @Test
    void saysThatItHasToBeRegisteredAgain() {
        bench.kms.knowsOnly(5);

        KmsRefusedException refused = catchThrowableOfType(
                KmsRefusedException.class, () -> bench.client().init());

        assertThat(refused.needsRegistration()).isTrue();
        assertThat(refused.code()).hasValue(4031);
    }

    @Test
    void keepsPartnerCertificatesAndTheNumberOfTheCache() {
        KmsClient client = bench.client();
        bench.kms.adds(PARTNER.external(false));
        client.updatePartners();
        client.updatePartners();

        assertThat(bench.store().cacheNumber()).hasValue(1);
        assertThat(bench.store().partnerCertificates()).containsExactly(PARTNER.external(false));
        assertThat(bench.server().lastRequest().target()).isEqualTo("/keymanagement/identity/v1/certcache/1");

        bench.kms.adds(PARTNER.external(true));
        client.updatePartners();

        assertThat(bench.store().partnerCertificates()).containsExactly(PARTNER.external(true));
        assertThat(bench.store().cacheNumber()).hasValue(2);
    }

    @Test
    void looksUpAKmsAndFetchesItsCertificate() {
        KmsClient client = bench.client();
        bench.kms.adds(PARTNER.external(false));
        bench.kms.knows("sip:bob@partner.example", PARTNER);

        assertThat(client.lookup("sip:bob@partner.example")).containsExactly("kms.partner.example");
        assertThat(client.fetchPartner("kms.partner.example")).isEqualTo(PARTNER.external(false));
        assertThat(bench.store().partnerCertificates()).containsExactly(PARTNER.external(false));
        assertThat(bench.store().cacheNumber()).isEmpty();
        assertThat(client.lookup("sip:nobody@partner.example")).isEmpty();
        assertThatThrownBy(() -> client.fetchPartner("kms.unknown.example")).isInstanceOf(KmsAnswerException.class);
    }

    @Test
    void handsOnRedirectResponses() {
        byte[] krr = ("<KmsRedirectResponse xmlns=\"urn:3gpp:ns:mcsecKMSKRR:1.0\"><RefusedKmsUri>kms.example.org"
                        + "</RefusedKmsUri><KmsUri>kms.partner.example</KmsUri></KmsRedirectResponse>")
                .getBytes(StandardCharsets.UTF_8);

        bench.client().uploadRedirects(List.of(KmsRedirectResponseCodec.read(krr)));

        assertThat(bench.server().lastRequest().target()).isEqualTo("/keymanagement/identity/v1/redirect");
        assertThat(bench.kms.redirects()).singleElement().satisfies(redirect -> assertThat(redirect.proposedKms())
                .containsExactly("kms.partner.example"));
    }

    @Test
    void triesTheNextAddressWhenOneIsAway() {
        URI nobody = URI.create("https://localhost:1");
        KmsClient client = bench.client(settings -> settings.addresses(nobody, bench.address()));

        assertThat(client.init()).isEqualTo(FIRST.root());
    }

    @Test
    void getsAnotherTokenWhenOneIsRefused() {
        AtomicInteger asked = new AtomicInteger();
        bench.server()
                .answers(request -> request.header("Authorization")
                                .orElseThrow()
                                .equals("Bearer token-2")
                        ? bench.kms.apply(request)
                        : new Reply(401, Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\""), new byte[0]));
        TokenSource tokens = new TokenSource() {
            private int current = 1;

            @Override
            public String accessToken() {
                return "token-" + current;
            }

            @Override
            public void refused(String accessToken) {
                asked.incrementAndGet();
                assertThat(accessToken).isEqualTo("token-1");
                current++;
            }
        };

        assertThat(bench.client(settings -> settings.tokens(tokens)).init()).isEqualTo(FIRST.root());
        assertThat(asked).hasValue(1);
    }

    @Test
    void doesNothingWithoutTransportKeyUnlessPlainKeysAreAllowed() {
        try (ClientKeyStore unregistered = ClientKeyStore.create(
                folder.resolve("bare.keys"),
                TestKeys.storeKey(1),
                new StoreOwner(ClientBench.KMS_URI, TestDomain.ALICE, "lab"),
                new SecureRandom())) {
            KmsClient strict = plain(unregistered, ReceptionPolicy.STANDARD);
            assertThatThrownBy(strict::provision)
                    .isInstanceOf(KmsClientException.class)
                    .hasMessageContaining("registration file");
            assertThat(bench.server().requests()).isEmpty();

            bench.server()
                    .answers(request -> Reply.xml(
                            200,
                            request.target().endsWith("/init")
                                    ? TestDomain.initDocument()
                                    : TestDomain.keyProvDocument(TestDomain.keysOf(ALICE))));
            assertThat(plain(unregistered, ReceptionPolicy.STANDARD.allowingPlain())
                            .provision())
                    .extracting(KeySetSummary::userUri)
                    .containsExactly(ALICE);
        }
    }

    @Test
    void asksForSeveralIdentities() {
        KmsClient client = bench.client(settings -> settings.identities(Set.of(ALICE, "sip:alice-video@example.org")));

        assertThatThrownBy(client::provision)
                .isInstanceOf(KmsAnswerException.class)
                .hasMessageContaining("alice-video");
        client.provision(ALICE);
        client.provision("sip:alice-video@example.org");

        assertThat(client.held())
                .extracting(KeySetSummary::userUri)
                .containsExactlyInAnyOrder(ALICE, "sip:alice-video@example.org");
    }

    private KmsClient plain(ClientKeyStore store, ReceptionPolicy policy) {
        return KmsClient.of(store)
                .tls(bench.tls())
                .addresses(bench.address())
                .tokens(() -> "token")
                .clock(bench.clock)
                .policy(policy)
                .build();
    }

    private static String names(ClientKeyStore store) {
        String active = store.activeKeys()
                .map(keys -> {
                    try (keys) {
                        return "active " + keys.signingKey().name();
                    }
                })
                .orElse("none");
        return store.pendingKeys()
                .map(keys -> {
                    try (keys) {
                        return active + ", pending " + keys.signingKey().name();
                    }
                })
                .orElse(active);
    }
}
