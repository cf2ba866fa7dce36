package org.mckms.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.ClientPolicy.PeriodsServed;
import org.mckms.client.StubServer.Reply;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.protocol.codec.UserIdForm;

class AdminClientTest {
    private static TestPki pki;
    private static Path authority;
    private static Path operator;

    @TempDir
    private static Path directory;

    private StubServer server;

    @BeforeAll
    static void makeCertificates() throws Exception {
        pki = new TestPki();
        authority = pki.writeAuthority(directory.resolve("ca.pem"));
        operator = pki.writePkcs12(directory.resolve("operators/officer.p12"), "officer");
    }

    @BeforeEach
    void startServer() {
        server = new StubServer(pki);
        server.answers(request -> Reply.json(200, "{\"state\":\"ACTIVE\"}"));
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void showsTheOperatorsCertificate() {
        assertThat(client().status().getString("state")).isEqualTo("ACTIVE");

        assertThat(server.lastRequest().method()).isEqualTo("GET");
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/status");
        assertThat(server.lastRequest().client()).contains("officer");
    }

    @Test
    void needsACertificate() {
        ServerEndpoint endpoint =
                new ServerEndpoint(server.address(), TlsMaterial.trusting(authority), TimeLimits.STANDARD);

        assertThatThrownBy(() -> new AdminClient(endpoint)).isInstanceOf(ClientSetupException.class);
    }

    @Test
    void takesKeyAndCertificateAsPem() throws Exception {
        TestPki.Holder holder = pki.issue("auditor");
        Path certificate = Files.writeString(
                directory.resolve("auditor.pem"),
                TestPki.pem("CERTIFICATE", holder.certificate().getEncoded()));
        Path key = Files.writeString(
                directory.resolve("auditor.key"),
                TestPki.pem("PRIVATE KEY", holder.key().getEncoded()));

        new AdminClient(new ServerEndpoint(
                        server.address(),
                        TlsMaterial.trusting(authority).withPem(certificate, key),
                        TimeLimits.STANDARD))
                .status();

        assertThat(server.lastRequest().client()).contains("auditor");
    }

    @Test
    void sendsThePinAndNothingElse() {
        client().activate("1234\"\\ü\n".toCharArray());

        assertThat(server.lastRequest().method()).isEqualTo("POST");
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/vault/activate");
        assertThat(server.lastRequest().header("Content-Type")).contains("application/json");
        assertThat(sent())
                .isEqualTo(Json.createObjectBuilder().add("pin", "1234\"\\ü\n").build());
    }

    @Test
    void ordersADerivedEpoch() {
        client().createEpoch(order(Optional.empty()));

        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/ceremony/epochs");
        assertThat(sent())
                .isEqualTo(json("{'origin':'derived','purpose':'development','certUri':'cert1.kms.example.org',"
                        + "'validFrom':'2024-01-01T00:00:00Z','validTo':'2026-01-01T00:00:00Z',"
                        + "'userKeyPeriod':2592000,'userKeyOffset':100}"));
    }

    @Test
    void ordersAnImportedEpoch() throws Exception {
        Path file = Files.writeString(directory.resolve("masters"), "# published numbers\nksak=012345\r\n\nzT=AFF4\n");

        try (ImportedMasters masters = ImportedMasters.read(file)) {
            client().createEpoch(order(Optional.of(masters)));
            assertThat(masters.toString()).doesNotContain("012345");
        }

        assertThat(sent().getString("origin")).isEqualTo("imported");
        assertThat(sent().getString("ksak")).isEqualTo("012345");
        assertThat(sent().getString("zT")).isEqualTo("AFF4");
    }

    @Test
    void refusesMastersThatAreNotHex() throws Exception {
        for (String text : new String[] {
            "ksak=01\n",
            "ksak=xy\nzT=01\n",
            "ksak=\nzT=01\n",
            "ksak=1\nksak=2\nzT=01\n",
            "ksak=1\nzT=1\nzT=2\n",
            "ksak=1\nzT=1\nkpak=1\n",
            "ksak=1\nzT=1\n zT=1\n",
            "KSAK=1\nksak=1\nzT=1\n",
            "ksak=" + "1".repeat(65) + "\nzT=1\n",
            "ksak=1\nzT=" + "1".repeat(257) + "\n"
        }) {
            Path file = Files.writeString(directory.resolve("bad-masters"), text);

            assertThatThrownBy(() -> ImportedMasters.read(file)).as(text).isInstanceOf(ClientSetupException.class);
        }
    }

    @Test
    void wipesTheMastersItTookWhenTheRestIsNotRight() {
        for (String rest : new String[] {"zT=xy\n", "", "kpak=04\n", "ksak=02\n"}) {
            ImportedMasters masters = new ImportedMasters();

            assertThatThrownBy(() -> masters.fill(("ksak=0123\n" + rest).getBytes(US_ASCII), Path.of("masters")))
                    .as(rest)
                    .isInstanceOf(ClientSetupException.class)
                    .hasMessageNotContaining("0123");

            assertThat(masters.<byte[]>use((ksak, zT) -> ksak)).as(rest).containsExactly(0, 0, 0, 0);
            assertThat(masters.<byte[]>use((ksak, zT) -> zT))
                    .as(rest)
                    .isEqualTo(new byte[rest.startsWith("zT") ? 2 : 0]);
        }
    }

    @Test
    void escapesWhatGoesIntoAPath() {
        AdminClient client = client();

        client.identity("sip:a&b@example.org");
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/identities/show?uri=sip%3Aa%26b%40example.org");
        client.identities(Optional.of("sip:alice@example.org"), 20);
        assertThat(server.lastRequest().target())
                .isEqualTo("/admin/v1/identities?limit=20&after=sip%3Aalice%40example.org");
        client.auditRecords(Optional.of("17"), 5, Optional.of("KEYS_PROVISIONED"));
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/audit?limit=5&after=17&event=KEYS_PROVISIONED");
        client.retireEpoch("a/b");
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/epochs/a%2Fb/retire");
    }

    @Test
    void sendsWhatIdentitiesNeed() {
        AdminClient client = client();

        client.block("sip:alice@example.org", "device stolen");
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/identities/block");
        assertThat(sent()).isEqualTo(json("{'uri':'sip:alice@example.org','reason':'device stolen'}"));
        client.unblock("sip:alice@example.org", "device found");
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/identities/unblock");
        assertThat(sent()).isEqualTo(json("{'uri':'sip:alice@example.org','reason':'device found'}"));
        client.setPolicy(
                "sip:alice@example.org",
                new ClientPolicy(PeriodsServed.CURRENT_AND_NEXT, IdentityEncoding.ASCII_HEX, UserIdForm.HEX));
        assertThat(sent())
                .isEqualTo(json("{'uri':'sip:alice@example.org','periodsServed':'CURRENT_AND_NEXT',"
                        + "'identityEncoding':'ASCII_HEX','userIdForm':'HEX'}"));
    }

    @Test
    void tellsWhatTheServerSaidOfARefusal() {
        server.answers(
                request -> Reply.json(
                        403,
                        "{\"error\":{\"code\":4036,\"name\":\"INVALID_PIN\",\"message\":\"wrong PIN\",\"requestId\":\"r-7\"}}"));

        KmsRefusedException refused =
                catchThrowableOfType(KmsRefusedException.class, () -> client().activate(new char[] {'1'}));

        assertThat(refused.httpStatus()).isEqualTo(403);
        assertThat(refused.code()).hasValue(4036);
        assertThat(refused.name()).contains("INVALID_PIN");
        assertThat(refused.text()).isEqualTo("wrong PIN");
        assertThat(refused.requestId()).contains("r-7");
    }

    @Test
    void takesARefusalOfAnyFormAsARefusal() {
        for (String body :
                new String[] {"", "<html/>", "[]", "{}", "{\"error\":\"x\"}", "{\"error\":{\"code\":\"x\"}}"}) {
            server.answers(request -> Reply.json(500, body));

            assertThatThrownBy(() -> client().status()).as(body).isInstanceOf(KmsRefusedException.class);
        }
    }

    @Test
    void refusesAnAnswerThatIsNotJson() {
        server.answers(request -> Reply.text(200, "text/html", "<html/>"));

        assertThatThrownBy(() -> client().status()).isInstanceOf(KmsAnswerException.class);
    }

    @Test
    void savesAnExportAsItCame() throws Exception {
        server.answers(request -> Reply.text(200, "application/x-ndjson", "{\"a\":1}\n{\"a\":2}\n"));
        Path file = directory.resolve("records.ndjson");

        client().exportAudit(file);

        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/audit/export");
        assertThat(file).hasContent("{\"a\":1}\n{\"a\":2}\n");
    }

    @Test
    void savesAnExportForItsOwnerOnlyAndFollowsNoLink() throws Exception {
        server.answers(request -> Reply.text(200, "application/x-ndjson", "new\n"));
        Path folder = Files.createDirectory(directory.resolve("linked"));
        Path precious = Files.writeString(folder.resolve("precious"), "old, and longer than the export\n");
        Path file = Files.createSymbolicLink(folder.resolve("records.ndjson"), precious);
        Files.createSymbolicLink(folder.resolve(".records.ndjson.part"), precious);

        client().exportAudit(file);

        assertThat(precious).hasContent("old, and longer than the export\n");
        assertThat(file).hasContent("new\n");
        assertThat(Files.isSymbolicLink(file)).isFalse();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".new"));
    }

    @Test
    void replacesALongerExportAsAWhole() throws Exception {
        server.answers(request -> Reply.text(200, "application/x-ndjson", "new\n"));
        Path file = Files.writeString(directory.resolve("again.ndjson"), "old, and longer than the export\n");

        client().exportAudit(file);

        assertThat(file).hasContent("new\n");
    }

    @Test
    void anExportMayTakeLongerThanTheLimitAsLongAsItGoesOn() {
        server.answersInParts(List.of("a\n", "b\n", "c\n", "d\n"), () -> pause(400));
        Path file = directory.resolve("slow.ndjson");

        client(Duration.ofMillis(1000)).exportAudit(file);

        assertThat(file).hasContent("a\nb\nc\nd\n");
    }

    @Test
    void anExportThatDoesNotGoOnFailsAndLeavesNoFile() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.answersInParts(List.of("a\n", "b\n"), () -> pause(end, 60_000));
        Path folder = Files.createDirectory(directory.resolve("stalled"));

        assertThatThrownBy(() -> client(Duration.ofMillis(300)).exportAudit(folder.resolve("records.ndjson")))
                .isInstanceOf(KmsUnreachableException.class)
                .hasMessageContaining("nothing more came from " + server.address());
        end.countDown();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aVerificationHasALimitOfItsOwn() {
        server.answers(request -> {
            pause(400);
            return Reply.json(200, "{\"holds\":true}");
        });
        AdminClient client = client(Duration.ofMillis(200));

        assertThat(client.verifyAudit(Duration.ofMinutes(1)).getBoolean("holds"))
                .isTrue();
        assertThatThrownBy(() -> client.verifyAudit(Duration.ofMillis(200)))
                .isInstanceOf(KmsUnreachableException.class)
                .hasMessageContaining("within 200 ms");
    }

    @Test
    void takesNoProxyWhateverTheInstallationSays() {
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(ProxySelector.of(new InetSocketAddress("localhost", 1)));
        try {
            assertThat(client().status().getString("state")).isEqualTo("ACTIVE");
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void leavesNoFileBehindWhenAnExportIsRefused() {
        server.answers(request -> Reply.json(403, "{\"error\":{\"code\":4035,\"message\":\"auditors only\"}}"));
        Path file = directory.resolve("refused/records.ndjson");
        assertThat(file.getParent().toFile().mkdir()).isTrue();

        assertThatThrownBy(() -> client().exportAudit(file))
                .isInstanceOf(KmsRefusedException.class)
                .hasMessageContaining("auditors only");
        assertThat(file.getParent()).isEmptyDirectory();
    }

    private static void pause(long millis) {
        pause(new CountDownLatch(1), millis);
    }

    private static void pause(CountDownLatch end, long atMostMillis) {
        try {
            end.await(atMostMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private AdminClient client() {
        return client(TimeLimits.STANDARD.answer());
    }

    private AdminClient client(Duration limit) {
        TlsMaterial tls = TlsMaterial.trusting(authority).withPkcs12(operator, TestPki.PASSWORD.toCharArray());
        return new AdminClient(new ServerEndpoint(server.address(), tls, TimeLimits.STANDARD.withAnswer(limit)));
    }

    private static EpochOrder order(Optional<ImportedMasters> masters) {
        return new EpochOrder(
                EpochOrder.Purpose.DEVELOPMENT,
                "cert1.kms.example.org",
                Instant.parse("2024-01-01T00:00:00Z"),
                Instant.parse("2026-01-01T00:00:00Z"),
                2_592_000,
                100,
                masters);
    }

    private JsonObject sent() {
        return json(server.lastRequest().bodyText());
    }

    private static JsonObject json(String text) {
        String doubleQuoted = text.contains("\"") ? text : text.replace('\'', '"');
        try (JsonReader reader = Json.createReader(new StringReader(doubleQuoted))) {
            return reader.readObject();
        }
    }
}
