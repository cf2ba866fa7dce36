package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.BundleImport;
import org.mckms.client.CandidateKeys;
import org.mckms.client.KeyRefresher;
import org.mckms.client.KeySetSummary;
import org.mckms.client.KmsClient;
import org.mckms.client.KmsClientException;
import org.mckms.client.KmsRefusedException;
import org.mckms.client.KmsUnreachableException;
import org.mckms.client.PartnerDirectory;
import org.mckms.client.ReceptionPolicy;
import org.mckms.client.RefreshListener;
import org.mckms.client.RefreshPolicy;
import org.mckms.client.RegistrationImport;
import org.mckms.client.TlsMaterial;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreKey;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.Await;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.LossyRelay;
import org.mckms.it.support.Ports;
import org.mckms.it.support.ReadmeExample;
import org.mckms.it.support.RegisteredDevice;
import org.mckms.mikeysakke.sakke.EncapsulatedData;
import org.mckms.mikeysakke.sakke.Sakke;
import org.mckms.mikeysakke.sakke.SharedSecretValue;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.sealed.Opener;
import org.mckms.protocol.security.ClientKeys;

/**
 * The client library as a device uses it, with the real server: from the registration file to a second root key. Key
 * periods are short, so that a boundary comes while the test looks.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClientProductIT {
    private static final Duration PERIOD = Duration.ofSeconds(60);
    private static final RefreshPolicy OFTEN =
            new RefreshPolicy(PERIOD, Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofSeconds(2));
    private static final ReceptionPolicy SHORT_GRACE = ReceptionPolicy.STANDARD.withGrace(Duration.ofSeconds(2));
    private static final Duration LIMIT = Duration.ofSeconds(150);
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path folder;

    private Kms kms;
    private LossyRelay relay;
    private int relayPort;

    @BeforeAll
    void start() {
        KmsHome home = KmsHome.make("client-product");
        relayPort = Ports.free(1).get(0);
        home.set(Map.of("kms.base-urls", "https://localhost:" + home.kmsPort() + ",https://localhost:" + relayPort));
        relay = LossyRelay.between(relayPort, home.kmsPort());
        kms = Kms.start(home, Map.of("origin", "derived", "userKeyPeriod", PERIOD.toSeconds()));
    }

    @AfterAll
    void stop() {
        relay.close();
        kms.close();
    }

    @Test
    @Order(1)
    void isRegisteredProvisionedAndOpensMessages() throws IOException {
        String user = "sip:product@example.org";
        try (Device device = register(user)) {
            List<KeySetSummary> keys = device.client().provision();

            assertThat(keys).extracting(KeySetSummary::userUri).contains(user);
            assertThat(stateOf(user).getString("state")).isEqualTo("ACTIVE");
            device.opensAMessage();
            assertThat(new String(Files.readAllBytes(device.file), StandardCharsets.ISO_8859_1))
                    .doesNotContain("product@example.org");
        }
    }

    @Test
    @Order(1)
    void takesOverNewKeysThoughAnswersAreLost() throws IOException {
        String user = "sip:rotating@example.org";
        try (Device device = register(user)) {
            KmsClient client = device.client();
            client.init();
            String first = device.signingKey();
            rotate(user);

            relay.losesTheNextAnswer();
            assertThatThrownBy(client::init).isInstanceOf(KmsUnreachableException.class);
            assertThat(relay.hasLostIt()).isTrue();
            assertThat(device.store.pendingKeys()).isEmpty();
            assertThat(stateOf(user).getJsonArray("pendingNames")).hasSize(2);

            client.init();
            assertThat(device.store.pendingKeys()).isPresent();
            assertThat(device.signingKey()).isEqualTo(first);

            relay.losesTheNextAnswer();
            assertThatThrownBy(client::init).isInstanceOf(KmsUnreachableException.class);
            assertThat(stateOf(user).getJsonArray("pendingNames"))
                    .as("the KMS has gone over")
                    .isEmpty();
            assertThat(device.store.pendingKeys())
                    .as("the client does not know")
                    .isPresent();

            device.restart();
            assertThat(device.client().provision()).isNotEmpty();
            assertThat(device.signingKey()).isNotEqualTo(first);
            assertThat(device.store.pendingKeys()).isEmpty();
            assertThat(stateOf(user).getJsonArray("activeNames").getString(1)).isEqualTo(device.signingKey());
        }
    }

    @Test
    @Order(1)
    void isRegisteredAgainWhenItsKeysAreRevoked() throws IOException {
        String user = "sip:healed@example.org";
        try (Device device = register(user)) {
            device.client().provision();
            AdminFace.object(kms.officer()
                    .post("/client-keys/revoke", Map.of("owner", user, "device", "phone", "reason", "keys lost")));
            assertThatThrownBy(() -> device.client().provision())
                    .isInstanceOfSatisfying(
                            KmsRefusedException.class,
                            refused -> assertThat(refused.needsRegistration()).isTrue());

            try (RegistrationImport again = registration(user)) {
                again.renew(device.store);
            }

            assertThat(device.client().provision()).isNotEmpty();
        }
    }

    @Test
    @Order(1)
    void hasKeysWithoutAGapOverABoundary() throws Exception {
        String user = "sip:steady@example.org";
        Heard heard = new Heard();
        try (Device device = register(user);
                KeyRefresher refresher = new KeyRefresher(device.client(), OFTEN, heard, RANDOM)) {
            refresher.refreshNow().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            KmsClient client = device.client();
            long first = currentPeriod(client, user);

            Await.that("the next period", LIMIT, () -> currentPeriod(client, user) == first + 1);
            Await.that("the period before is forgotten", LIMIT, () -> client.held().stream()
                    .noneMatch(keys -> keys.period() == first));

            assertThat(heard.failures).isEmpty();
            device.opensAMessage();
        }
    }

    @Test
    @Order(1)
    void startsWithoutANetworkWithWhatItHas() throws IOException {
        String user = "sip:offline@example.org";
        try (Device device = register(user)) {
            KeySetSummary keys = device.client().provision().get(0);
            device.client().provision(user, keys.ends());
            device.restart();
            KmsClient offline = device.client(URI.create("https://localhost:1"));

            assertThatThrownBy(offline::provision).isInstanceOf(KmsUnreachableException.class);
            try (CandidateKeys candidates = offline.candidates(user)) {
                assertThat(candidates.newestFirst())
                        .extracting(each -> each.keys().period().number())
                        .contains(keys.period() + 1);
            }
            device.opensAMessage();
        }
    }

    @Test
    @Order(1)
    void isProvisionedFromABundleWithoutANetwork() throws IOException {
        String user = "sip:bundled@example.org";
        try (Device device = register(user)) {
            byte[] bundle = bundleOf(user);
            int before = kms.server().console().length();

            List<KeySetSummary> keys = new BundleImport(device.store, SHORT_GRACE, Clock.systemUTC()).read(bundle);

            assertThat(keys).extracting(KeySetSummary::userUri).containsOnly(user);
            device.restart();
            assertThat(device.client(URI.create("https://localhost:1")).held()).hasSameSizeAs(keys);
            assertThat(kms.server().console()).hasSize(before);
        }
    }

    @Test
    @Order(1)
    void runsTheExampleOfTheReadme() throws Exception {
        String user = "sip:reader-of-the-readme@example.org";
        Path file = folder.resolve("readme.registration");
        Files.write(file, RegisteredDevice.requestFile(kms, user, Map.of()).body());
        ReadmeExample example = ReadmeExample.compile(
                ProjectFolder.ROOT.resolve("kms-client/README.md"), Files.createTempDirectory(folder, "example"));

        int octets;
        try (SecretOctets secret = SecretOctets.takeFrom(new byte[32]);
                StoreKey storeKey = StoreKey.key(secret)) {
            octets = example.run(
                    file,
                    folder.resolve("readme.keys"),
                    kms.home().trust(),
                    user,
                    RegisteredDevice.PASSPHRASE.toCharArray(),
                    storeKey,
                    () -> kms.idm().user(user));
        }

        assertThat(octets).isEqualTo(SharedSecretValue.OCTETS);
    }

    @Test
    @Order(2)
    void goesOverToASecondRootKeyByItself() throws Exception {
        String user = "sip:two-epochs@example.org";
        Heard heard = new Heard();
        try (Device device = register(user);
                KeyRefresher refresher = new KeyRefresher(device.client(), OFTEN, heard, RANDOM)) {
            refresher.refreshNow().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            KmsCertificate first = device.client().rootCertificate().orElseThrow();
            Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

            kms.createEpoch(Map.of(
                    "origin",
                    "derived",
                    "certUri",
                    "cert2." + kms.kmsUri(),
                    "validFrom",
                    now.toString(),
                    "userKeyPeriod",
                    PERIOD.toSeconds()));
            Await.that(
                    "keys of both epochs are held",
                    LIMIT,
                    () -> heard.roots.size() == 1 && rootsOfCurrentKeys(device).size() == 2);

            KmsCertificate second = device.client().rootCertificate().orElseThrow();
            assertThat(second.certUri()).contains("cert2." + kms.kmsUri());
            assertThat(rootsOfCurrentKeys(device)).containsExactly(second, first);
            device.opensAMessageUnder(first);
            device.opensAMessageUnder(second);
            assertThat(heard.failures).isEmpty();

            retire("cert1." + kms.kmsUri());
            Await.that("the first epoch is forgotten", LIMIT, () -> device.store
                    .rootCertificates()
                    .equals(List.of(second)));
            device.opensAMessage();
            assertThat(heard.failures).isEmpty();
        }
    }

    private List<KmsCertificate> rootsOfCurrentKeys(Device device) {
        try (CandidateKeys keys = device.client().keysFor(device.user, Instant.now())) {
            return keys.newestFirst().stream().map(each -> each.root()).toList();
        }
    }

    private static long currentPeriod(KmsClient client, String user) {
        Instant now = Instant.now();
        try (CandidateKeys keys = client.keysFor(user, now)) {
            assertThat(keys.isEmpty()).as("keys at " + now).isFalse();
            return keys.newest().keys().period().number();
        }
    }

    private Device register(String user) throws IOException {
        Path file = Files.createTempDirectory(folder, "device").resolve("keys");
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        try (SecretOctets secret = SecretOctets.takeFrom(key);
                RegistrationImport registration = registration(user)) {
            StoreKey storeKey = StoreKey.key(secret);
            return new Device(user, file, storeKey, registration.createStore(file, storeKey, RANDOM));
        }
    }

    private RegistrationImport registration(String user) {
        byte[] file = RegisteredDevice.requestFile(kms, user, Map.of("device", "phone"))
                .body();
        try (Opener opener = Opener.passphrase(RegisteredDevice.PASSPHRASE.toCharArray())) {
            return RegistrationImport.open(file, opener, Optional.empty(), Instant.now());
        }
    }

    private void rotate(String user) {
        AdminFace.object(
                kms.officer().post("/client-keys/rotate", Map.of("owner", user, "device", "phone", "reason", "test")));
    }

    private JsonObject stateOf(String user) {
        return AdminFace.array(
                        kms.officer().get("/client-keys?owner=" + URLEncoder.encode(user, StandardCharsets.UTF_8)),
                        "clientKeys")
                .getJsonObject(0);
    }

    private byte[] bundleOf(String user) {
        Instant now = Instant.now();
        String query = "?reason=test&from=" + now + "&to=" + now.plus(PERIOD);
        String job = AdminFace.object(kms.officer().postList("/bundle-jobs" + query, user + ",phone"))
                .getString("id");
        Await.that("the bundle is made", LIMIT, () -> AdminFace.object(
                        kms.officer().get("/bundle-jobs/" + job))
                .getString("state")
                .equals("FINISHED"));
        return kms.officer().get("/bundle-jobs/" + job + "/bundles/1").body();
    }

    private void retire(String certUri) {
        String id = AdminFace.array(kms.officer().get("/epochs"), "epochs").getValuesAs(JsonObject.class).stream()
                .filter(epoch -> epoch.getString("certUri").equals(certUri))
                .findFirst()
                .orElseThrow()
                .getString("id");
        AdminFace.object(kms.officer().post("/epochs/" + id + "/retire", Map.of()));
    }

    /** A device with its key store and access tokens of its user. */
    private final class Device implements AutoCloseable {
        private final String user;
        private final Path file;
        private final StoreKey storeKey;
        private ClientKeyStore store;

        Device(String user, Path file, StoreKey storeKey, ClientKeyStore store) {
            this.user = user;
            this.file = file;
            this.storeKey = storeKey;
            this.store = store;
        }

        KmsClient client() {
            return client(URI.create("https://localhost:" + relayPort));
        }

        KmsClient client(URI address) {
            return KmsClient.of(store)
                    .tls(TlsMaterial.trusting(kms.home().trust()))
                    .addresses(address)
                    .tokens(() -> kms.idm().user(user))
                    .clock(Clock.systemUTC())
                    .policy(SHORT_GRACE)
                    .build();
        }

        void restart() {
            store.close();
            store = ClientKeyStore.open(file, storeKey, RANDOM);
        }

        String signingKey() {
            try (ClientKeys keys = store.activeKeys().orElseThrow()) {
                return keys.signingKey().name();
            }
        }

        void opensAMessage() {
            KmsClient client = client();
            Instant now = Instant.now();
            try (SharedSecretValue sent = SharedSecretValue.random(RANDOM)) {
                opens(
                        sent,
                        client.partners()
                                .encapsulate(sent, user, kms.kmsUri(), now)
                                .data(),
                        now);
            }
        }

        void opensAMessageUnder(KmsCertificate root) {
            Instant now = Instant.now();
            try (SharedSecretValue sent = SharedSecretValue.random(RANDOM)) {
                opens(
                        sent,
                        Sakke.encapsulate(
                                sent, PartnerDirectory.uidOf(user, root, now).octets(), root.pubEncKey()),
                        now);
            }
        }

        private void opens(SharedSecretValue sent, EncapsulatedData data, Instant time) {
            try (CandidateKeys keys = client().keysFor(user, time);
                    SharedSecretValue received = keys.decapsulate(data)) {
                assertThat(received.constantTimeEquals(sent)).isTrue();
            }
        }

        @Override
        public void close() {
            store.close();
            storeKey.close();
        }
    }

    /** What a refresher told. */
    private static final class Heard implements RefreshListener {
        private final List<KmsClientException> failures = new CopyOnWriteArrayList<>();
        private final List<KmsCertificate> roots = new CopyOnWriteArrayList<>();

        @Override
        public void rootChanged(KmsCertificate root) {
            roots.add(root);
        }

        @Override
        public void failed(KmsClientException cause, Instant nextTry) {
            failures.add(cause);
        }
    }
}
