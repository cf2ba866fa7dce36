package org.mckms.client;

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
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.ClientPolicy.PeriodsServed;
import org.mckms.client.StubServer.Reply;
import org.mckms.protocol.codec.InteropProfile;

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
                new ClientPolicy(
                        PeriodsServed.CURRENT_AND_NEXT,
                        Set.of(InteropProfile.UID_AS_HEX_TEXT, InteropProfile.USER_ID_HEX)));
        assertThat(sent())
                .isEqualTo(json("{'uri':'sip:alice@example.org','periodsServed':'CURRENT_AND_NEXT',"
                        + "'profiles':'user-id-hex,uid-as-hex-text'}"));
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
    void takesNoProxyWhateverTheInstallationSays() {
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(ProxySelector.of(new InetSocketAddress("localhost", 1)));
        try {
            assertThat(client().status().getString("state")).isEqualTo("ACTIVE");
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    private AdminClient client() {
        TlsMaterial tls = TlsMaterial.trusting(authority).withPkcs12(operator, TestPki.PASSWORD.toCharArray());
        return new AdminClient(new ServerEndpoint(server.address(), tls, TimeLimits.STANDARD));
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
