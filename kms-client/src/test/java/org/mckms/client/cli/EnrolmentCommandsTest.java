package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.RegistrationImport;
import org.mckms.client.StubServer;
import org.mckms.client.TestDomain;
import org.mckms.client.TestPki;
import org.mckms.client.TestSigner;
import org.mckms.client.TlsMaterial;
import org.mckms.protocol.sealed.Opener;

/** {@code cek prepare}, {@code cek enrol} and {@code gms enrol} on a development home. */
class EnrolmentCommandsTest {
    private static final String GMS = "sip:gms@example.org";
    private static TestPki pki;

    @TempDir
    private Path home;

    private StubServer server;

    @BeforeAll
    static void makeAuthority() {
        pki = new TestPki();
    }

    @BeforeEach
    void start() throws Exception {
        server = new StubServer(pki);
        TestHome.make(home, pki, server.address(), server.address());
        pki.writePkcs12(home.resolve("tls/push.p12"), "kms");
        pki.writePkcs12(home.resolve("tls/servers/gms.p12"), "gms");
        Files.createDirectories(home.resolve("cek"));
        Files.createDirectories(home.resolve("gms"));
        Files.write(
                home.resolve("kms.properties"),
                List.of(
                        "",
                        "kms.node=node-1",
                        "kms.cek.server=mcptt-server",
                        "kms.cek.tls.certificate=" + home.resolve("cek/tls.pem"),
                        "kms.cek.tls.key=" + home.resolve("cek/tls.key"),
                        "kms.server.gms.uri=" + GMS,
                        "kms.server.gms.client-id=gms-client",
                        "gms.uri=" + GMS,
                        "gms.store-dir=" + home.resolve("gms"),
                        "gms.registration-file=" + home.resolve("gms/registration"),
                        "gms.registration-passphrase-file=" + home.resolve("gms/registration.passphrase"),
                        "gms.token-file=" + home.resolve("gms/token"),
                        "gms.tls.certificate=" + home.resolve("gms/tls.pem"),
                        "gms.tls.key=" + home.resolve("gms/tls.key")),
                StandardOpenOption.APPEND);
        server.answers(new DemoKms(new FakeKms(home.resolve("idm/jwks.json")), TestSigner.of(pki)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void givesTheKmsItsCertificateForMcServers() throws Exception {
        JsonObject made = Cli.in(home).run("cek", "prepare", "--json").json();

        assertThat(made.getJsonArray("files")).hasSize(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("cek/tls.key"))))
                .isEqualTo("rw-------");
        assertThat(TlsMaterial.trusting(home.resolve("tls/ca.pem"))
                        .withPem(home.resolve("cek/tls.pem"), home.resolve("cek/tls.key"))
                        .hasOwnCertificate())
                .isTrue();
    }

    @Test
    void registersAnMcServerByTwoOfficersOnce() {
        JsonObject first = Cli.in(home).run("cek", "enrol", "--json").json();

        assertThat(first.getBoolean("registered")).isTrue();
        assertThat(server.requests().stream().map(request -> request.client().orElse("")))
                .containsExactly("officer", "officer2");
        assertThat(Cli.in(home)
                        .run("key-store", "show", "--key-store", "mcptt-server", "--json")
                        .json()
                        .getString("userUri"))
                .isEqualTo(TestDomain.SERVER);

        JsonObject second = Cli.in(home).run("cek", "enrol", "--json").json();
        assertThat(second.getBoolean("registered")).isFalse();
        assertThat(server.requests()).hasSize(2);

        JsonObject again = Cli.in(home).run("cek", "enrol", "--again", "--json").json();
        assertThat(again.getBoolean("registered")).isTrue();
        assertThat(Cli.in(home)
                        .run("key-store", "show", "--key-store", "mcptt-server", "--json")
                        .out())
                .contains("tk.2." + TestDomain.SERVER);
    }

    @Test
    void saysWhatAHomeWithoutAnMcServerLacks() throws Exception {
        Files.writeString(home.resolve("kms.properties"), "kms.uri=kms.example.org\n");

        for (String verb : List.of("prepare", "enrol")) {
            Cli.Result result = Cli.in(home).run("cek", verb);
            assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
            assertThat(result.err())
                    .contains("the settings have no kms.cek.")
                    .contains("hint: `make-home --mc-server`");
        }
    }

    @Test
    void givesTheGmsItsCertificateItsTokenAndItsRegistration() throws Exception {
        JsonObject result = Cli.in(home).run("gms", "enrol", "--json").json();

        assertThat(result.getString("gms")).isEqualTo(GMS);
        assertThat(result.getBoolean("registered")).isTrue();
        JWTClaimsSet token = SignedJWT.parse(
                        Files.readString(home.resolve("gms/token")).strip())
                .getJWTClaimsSet();
        assertThat(token.getSubject()).isEqualTo(GMS);
        assertThat(token.getClaim("client_id")).isEqualTo("gms-client");
        assertThat(token.getExpirationTime().toInstant()).isEqualTo(TestDomain.NOW.plus(Duration.ofHours(12)));
        char[] passphrase =
                Files.readString(home.resolve("gms/registration.passphrase")).toCharArray();
        try (Opener opener = Opener.passphrase(passphrase);
                RegistrationImport registration = RegistrationImport.open(
                        Files.readAllBytes(home.resolve("gms/registration")),
                        opener,
                        Optional.empty(),
                        TestDomain.NOW)) {
            assertThat(registration).isNotNull();
        }
        assertThat(TlsMaterial.trusting(home.resolve("tls/ca.pem"))
                        .withPem(home.resolve("gms/tls.pem"), home.resolve("gms/tls.key"))
                        .hasOwnCertificate())
                .isTrue();
    }

    @Test
    void renewsTokensOfAGmsThatHasItsKeysAndNothingElse() throws Exception {
        Files.writeString(home.resolve("gms/gms-node-1.keys"), "there");

        JsonObject result = Cli.in(home).run("gms", "enrol", "--json").json();

        assertThat(result.getBoolean("registered")).isFalse();
        assertThat(home.resolve("gms/token")).exists();
        assertThat(home.resolve("gms/registration")).doesNotExist();
        assertThat(server.requests()).isEmpty();
    }
}
