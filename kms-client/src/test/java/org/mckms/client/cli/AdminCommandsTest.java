package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.client.StubServer;
import org.mckms.client.StubServer.Reply;
import org.mckms.client.TestPki;

/** The commands for operators against a server on loopback. */
class AdminCommandsTest {
    private static final String EPOCH =
            "{\"id\":\"5e0c6f52\",\"state\":\"ACTIVE\",\"certUri\":\"cert1.kms.example.org\"}";
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
        server.answers(request -> Reply.json(200, EPOCH));
        TestHome.make(home, pki, server.address(), server.address());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void statusShowsInnerFactsByTheirPath() {
        server.answers(
                request -> Reply.json(
                        200,
                        "{\"ready\":false,\"vault\":{\"state\":\"INACTIVE\",\"slot\":7},\"reasonsNotReady\":[\"no PIN\",\"no epoch\"]}"));

        Cli.Result result = Cli.in(home).run("status");

        assertThat(result.exit()).isZero();
        assertThat(result.out().lines())
                .containsExactly(
                        "ready            false",
                        "vault.state      INACTIVE",
                        "vault.slot       7",
                        "reasonsNotReady  no PIN, no epoch");
        assertThat(Cli.in(home).run("status", "--json").json().getBoolean("ready"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "status,operator",
        "epochs,operator",
        "identities list,operator",
        "block sip:a@example.org --reason r,operator",
        "unblock sip:a@example.org --reason r,operator",
        "deactivate --reason r,operator",
        "ceremony --purpose development --cert-uri c --yes,officer",
        "epochs retire 5e0c6f52 --yes,officer",
        "identities advance-issue sip:a@example.org --reason r,officer",
        "audit list,auditor"
    })
    void everyCommandIsTheTaskOfOneOperator(String command, String operator) {
        assertThat(Cli.in(home).run(command.split(" ")).exit()).isZero();
        assertThat(server.lastRequest().client()).contains(operator);

        Cli.in(home).run(List.of("--operator", "auditor"), command.split(" "));
        assertThat(server.lastRequest().client()).contains("auditor");
    }

    @Test
    void theOperatorMayBeAFile() throws Exception {
        Path file = pki.writePkcs12(home.resolve("elsewhere/somebody.p12"), "somebody");
        Path password = Files.writeString(home.resolve("elsewhere/secret"), TestPki.PASSWORD);

        Cli.in(home).run("status", "--operator", file.toString());
        assertThat(server.lastRequest().client()).contains("somebody");

        Files.delete(home.resolve("elsewhere/somebody.password"));
        Cli.Result withoutPassword = Cli.in(home).run("status", "--operator", file.toString());
        assertThat(withoutPassword.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(withoutPassword.err()).contains("somebody.password");
        assertThat(Cli.in(home)
                        .run("status", "--operator", file.toString(), "--operator-password-file", password.toString())
                        .exit())
                .isZero();
    }

    @Test
    void certificateAndKeyGoTogether() {
        assertThat(Cli.in(home).run("status", "--operator-cert", "c.pem").exit())
                .isEqualTo(ExitCode.WRONG_USE);
        assertThat(Cli.in(home)
                        .run("status", "--operator-cert", "c.pem", "--operator-key", "c.key", "--operator", "officer")
                        .exit())
                .isEqualTo(ExitCode.WRONG_USE);
    }

    @Test
    void theCeremonyIsOrderedWithItsDefaults() {
        Cli.Result result = Cli.in(home)
                .run("ceremony", "--purpose", "development", "--cert-uri", "cert1.kms.example.org", "--yes");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).startsWith("the epoch is made").contains("5e0c6f52");
        assertThat(result.err().lines()).containsExactly("server  " + server.address(), "home    " + home);
        assertThat(sent())
                .isEqualTo(Json.createObjectBuilder()
                        .add("origin", "derived")
                        .add("purpose", "development")
                        .add("certUri", "cert1.kms.example.org")
                        .add("validFrom", "2024-05-18T05:52:25Z")
                        .add("validTo", "2026-05-18T05:52:25Z")
                        .add("userKeyPeriod", 2592000)
                        .add("userKeyOffset", 0)
                        .build());
    }

    @Test
    void theCeremonyAsksForTheNameOfTheCertificate() {
        String[] command = {"ceremony", "--purpose", "production", "--cert-uri", "cert1.kms.example.org"};

        Cli.Result confirmed = Cli.in(home).typing("cert1.kms.example.org\n").run(command);
        assertThat(confirmed.exit()).isZero();
        assertThat(confirmed.err()).startsWith("server  " + server.address()).contains("home    " + home);
        assertThat(confirmed.err()).contains("purpose         production", "derived from a new key on the token");
        assertThat(server.requests()).hasSize(1);

        for (String answer : List.of("", "yes\n", "cert1.kms.example.or\n")) {
            Cli.Result refused = Cli.in(home).typing(answer).run(command);
            assertThat(refused.exit()).isEqualTo(ExitCode.FAILED);
            assertThat(refused.err()).contains("error: not confirmed, nothing was made");
        }
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void theCeremonyImportsMastersFromAFile() throws Exception {
        Path masters = Files.writeString(home.resolve("masters"), "ksak=012345\nzT=AFF4\n");

        Cli.Result result = Cli.in(home)
                .run(
                        "ceremony",
                        "--purpose=development",
                        "--cert-uri=c",
                        "--valid-from=2024-01-01",
                        "--valid-to=2025-01-01T12:00:00Z",
                        "--import=" + masters,
                        "--yes");

        assertThat(result.exit()).isZero();
        assertThat(sent().getString("origin")).isEqualTo("imported");
        assertThat(sent().getString("ksak")).isEqualTo("012345");
        assertThat(sent().getString("zT")).isEqualTo("AFF4");
        assertThat(sent().getString("validFrom")).isEqualTo("2024-01-01T00:00:00Z");
        assertThat(sent().getString("validTo")).isEqualTo("2025-01-01T12:00:00Z");
        assertThat(result.out() + result.err()).doesNotContain("012345", "AFF4");
    }

    @Test
    void thePinComesFromAFileOrThePrompt() throws Exception {
        Path file = Files.writeString(home.resolve("pin"), "1234\n");

        assertThat(Cli.in(home).run("activate", "--pin-file", file.toString()).exit())
                .isZero();
        assertThat(sent().getString("pin")).isEqualTo("1234");
        assertThat(Cli.in(home).typingSecret("5678").run("activate").exit()).isZero();
        assertThat(sent().getString("pin")).isEqualTo("5678");
        assertThat(Cli.in(home).run("activate").exit()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void whereThePinGoesIsShownBeforeItIsAskedFor() {
        Cli.Result asked = Cli.in(home).run("activate", "--admin", "https://kms.example.net:9443");

        assertThat(asked.exit()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(asked.err().lines())
                .startsWith("server  https://kms.example.net:9443", "home    " + home)
                .anyMatch(line -> line.startsWith("error: no PIN"));
    }

    @Test
    void aPinFileThatIsNotUtf8IsNoPin() throws Exception {
        Path file = Files.write(home.resolve("pin"), new byte[] {'1', '2', (byte) 0xE9, '4', '\n'});

        Cli.Result result = Cli.in(home).run("activate", "--pin-file", file.toString());

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("error: the first line of " + file + " is not UTF-8");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aPinMayHaveAnyCharacter() throws Exception {
        Path file = Files.write(home.resolve("pin"), "1é€\uD83D\uDD11\r\n\u00ff".getBytes(StandardCharsets.UTF_8));

        assertThat(Cli.in(home).run("activate", "--pin-file", file.toString()).exit())
                .isZero();
        assertThat(sent().getString("pin")).isEqualTo("1é€\uD83D\uDD11");
    }

    @Test
    void anEmptyPinFileIsNoPin() throws Exception {
        Path file = Files.writeString(home.resolve("pin"), "\n");

        Cli.Result result = Cli.in(home).run("activate", "--pin-file", file.toString());

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aWrongPinIsToldWithAdvice() throws Exception {
        server.answers(
                request -> Reply.json(
                        403,
                        "{\"error\":{\"code\":4036,\"name\":\"INVALID_PIN\",\"message\":\"the token refused the PIN\",\"requestId\":\"r-1\"}}"));
        Path file = Files.writeString(home.resolve("pin"), "9999");

        Cli.Result result = Cli.in(home).run("activate", "--pin-file", file.toString());

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines())
                .containsExactly(
                        "server  " + server.address(),
                        "home    " + home,
                        "error: refused: the token refused the PIN (HTTP 403, code 4036 INVALID_PIN, request r-1)",
                        "hint: do not guess: a token locks after a few attempts");
    }

    @Test
    void retiringAsksForTheEpoch() {
        Cli.Result refused = Cli.in(home).typing("other\n").run("epochs", "retire", "5e0c6f52");
        assertThat(refused.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(server.requests()).isEmpty();

        assertThat(Cli.in(home)
                        .typing("5e0c6f52\n")
                        .run("epochs", "retire", "5e0c6f52")
                        .exit())
                .isZero();
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/epochs/5e0c6f52/retire");
    }

    @Test
    void blockingNamesIdentityAndReason() {
        Cli.Result result = Cli.in(home).run("block", "sip:alice@example.org", "--reason", "device stolen");

        assertThat(result.out()).startsWith("sip:alice@example.org is blocked");
        assertThat(sent())
                .isEqualTo(Json.createObjectBuilder()
                        .add("uri", "sip:alice@example.org")
                        .add("reason", "device stolen")
                        .build());
    }

    @Test
    void unblockingNamesIdentityAndReason() {
        Cli.Result result = Cli.in(home).run("unblock", "sip:alice@example.org", "--reason", "device found");

        assertThat(result.out()).startsWith("sip:alice@example.org is no longer blocked");
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/identities/unblock");
        assertThat(sent())
                .isEqualTo(Json.createObjectBuilder()
                        .add("uri", "sip:alice@example.org")
                        .add("reason", "device found")
                        .build());
    }

    @Test
    void aPolicyIsSetAsAWhole() {
        Cli.in(home)
                .run(
                        "identities",
                        "policy",
                        "sip:alice@example.org",
                        "--profile",
                        "user-id-hex,keys-base64",
                        "--periods",
                        "current_and_next");

        assertThat(sent())
                .isEqualTo(Json.createObjectBuilder()
                        .add("uri", "sip:alice@example.org")
                        .add("periodsServed", "CURRENT_AND_NEXT")
                        .add("profiles", "user-id-hex,keys-base64")
                        .build());
    }

    @Test
    void listsAreTablesWithAWayOn() {
        server.answers(
                request -> Reply.json(
                        200,
                        "{\"identities\":[{\"uri\":\"sip:a@example.org\",\"blocked\":true,\"issue\":0},"
                                + "{\"uri\":\"sip:longer@example.org\",\"blocked\":false,\"issue\":2}],\"next\":\"sip:longer@example.org\"}"));

        Cli.Result result = Cli.in(home).run("identities", "list", "--limit", "2");

        assertThat(result.out().lines())
                .containsExactly(
                        "URI                     BLOCKED  ISSUE",
                        "sip:a@example.org       true     0",
                        "sip:longer@example.org  false    2");
        assertThat(result.err()).contains("hint: there are more: add --after sip:longer@example.org");
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/identities?limit=2");
    }

    @Test
    void anEmptyListIsOneSentence() {
        server.answers(request -> Reply.json(200, "{\"epochs\":[]}"));

        assertThat(Cli.in(home).run("epochs").out()).startsWith("there is no epoch yet");
    }

    @Test
    void auditListFiltersByEvent() {
        server.answers(request -> Reply.json(200, "{\"records\":[],\"next\":null}"));

        Cli.Result result = Cli.in(home).run("audit", "list", "--event", "keys_provisioned", "--after", "7");

        assertThat(result.out()).startsWith("no audit record");
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/audit?limit=50&after=7&event=KEYS_PROVISIONED");
    }

    private JsonObject sent() {
        try (JsonReader reader =
                Json.createReader(new StringReader(server.lastRequest().bodyText()))) {
            return reader.readObject();
        }
    }
}
