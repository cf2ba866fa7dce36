package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.StubServer;
import org.mckms.client.StubServer.Reply;
import org.mckms.client.TestPki;

/** {@code client-keys} and {@code bundle} against the operators' face on loopback. */
class ClientKeysCommandsTest {
    private static final String ALICE = "sip:alice@example.org";
    private static final String FILE = "-----BEGIN MCKMS REGISTRATION-----\nAAAA\n-----END MCKMS REGISTRATION-----\n";
    private static final String JOB = "{\"id\":\"7d5c\",\"state\":\"%s\",\"total\":3,\"done\":%d,\"failed\":%d}";
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
        server.answers(request -> Reply.json(200, "{\"owner\":\"" + ALICE + "\",\"outcome\":\"REGISTERED\"}"));
        TestHome.make(home, pki, server.address(), server.address());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void registersAndSavesTheFileAndAPassphraseThatItMade() throws IOException {
        server.answers(request -> file(FILE));

        Cli.Result result = run(
                "client-keys",
                "register",
                ALICE,
                "phone-1",
                "--reason",
                "new phone",
                "--output",
                path("alice.reg"),
                "--make-passphrase",
                path("alice.pass"));

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(Files.readString(home.resolve("alice.reg"))).isEqualTo(FILE);
        String passphrase = Files.readString(home.resolve("alice.pass"));
        assertThat(passphrase).matches("[A-Za-z0-9_-]{32}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("alice.pass"))))
                .isEqualTo("rw-------");
        assertThat(result.out() + result.err()).doesNotContain(passphrase);
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/client-keys");
        assertThat(server.lastRequest().client()).contains("officer");
        JsonObject body = body();
        assertThat(body.getString("owner")).isEqualTo(ALICE);
        assertThat(body.getString("device")).isEqualTo("phone-1");
        assertThat(body.getString("validFor")).isEqualTo("PT168H");
        assertThat(body.getString("passphrase")).isEqualTo(passphrase);
        assertThat(body).doesNotContainKey("recipientCertificate");
    }

    @Test
    void sealsForTheHolderOfACertificate() throws Exception {
        server.answers(request -> file(FILE));
        String pem = TestPki.pem("CERTIFICATE", pki.issue("phone").certificate().getEncoded());
        Files.writeString(home.resolve("phone.pem"), pem);

        run(
                "client-keys",
                "register",
                ALICE,
                "--reason",
                "r",
                "--output",
                path("a.reg"),
                "--recipient-cert",
                path("phone.pem"),
                "--valid-for",
                "PT12H");

        assertThat(body().getString("recipientCertificate")).isEqualTo(pem);
        assertThat(body()).doesNotContainKeys("passphrase", "device");
        assertThat(body().getString("validFor")).isEqualTo("PT12H");
    }

    @Test
    void neverOverwritesARegistrationOrAPassphrase() throws IOException {
        Files.writeString(home.resolve("there"), "x");

        assertThat(run(
                                "client-keys",
                                "register",
                                ALICE,
                                "--reason",
                                "r",
                                "--output",
                                path("there"),
                                "--make-passphrase",
                                path("new"))
                        .exit())
                .isEqualTo(ExitCode.FAILED);
        assertThat(run(
                                "client-keys",
                                "register",
                                ALICE,
                                "--reason",
                                "r",
                                "--output",
                                path("new"),
                                "--make-passphrase",
                                path("there"))
                        .exit())
                .isEqualTo(ExitCode.FAILED);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void wantsOneRecipient() {
        assertThat(run("client-keys", "register", ALICE, "--reason", "r", "--output", path("a"))
                        .exit())
                .isEqualTo(ExitCode.WRONG_USE);
        assertThat(run(
                                "client-keys",
                                "register",
                                ALICE,
                                "--reason",
                                "r",
                                "--output",
                                path("a"),
                                "--passphrase-file",
                                "x",
                                "--make-passphrase",
                                "y")
                        .exit())
                .isEqualTo(ExitCode.WRONG_USE);
        assertThat(run(
                                "client-keys",
                                "register",
                                ALICE,
                                "--reason",
                                "r",
                                "--output",
                                path("a"),
                                "--make-passphrase",
                                path("p"),
                                "--valid-for",
                                "soon")
                        .exit())
                .isEqualTo(ExitCode.WRONG_USE);
    }

    @Test
    void asksForAndApprovesKeysOfAServer() throws IOException {
        server.answers(request -> Reply.json(202, "{\"outcome\":\"REQUESTED\",\"until\":\"2024-05-19T00:00:00Z\"}"));
        Cli.Result asked = run("client-keys", "request", "sip:mcptt@example.org", "--reason", "new");
        assertThat(asked.exit()).as(asked.err()).isZero();
        assertThat(asked.out()).contains("another officer has to approve", "REQUESTED");
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/client-keys/request");

        server.answers(request -> file(FILE));
        Files.writeString(home.resolve("p"), "a passphrase of 4711 words\n");
        Cli.Result approved = run(
                "client-keys",
                "approve",
                "sip:mcptt@example.org",
                "--reason",
                "new",
                "--output",
                path("m.reg"),
                "--passphrase-file",
                path("p"));
        assertThat(approved.exit()).as(approved.err()).isZero();
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/client-keys/approve");
        assertThat(body().getString("passphrase")).isEqualTo("a passphrase of 4711 words");
    }

    @Test
    void importsKeysOutOfFiles() throws IOException {
        Files.writeString(home.resolve("trk"), "00".repeat(31) + "aB\n");
        Files.writeString(home.resolve("ink"), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n");

        Cli.Result result = run(
                "client-keys",
                "import",
                ALICE,
                "--reason",
                "r",
                "--trk",
                path("trk"),
                "--trk-name",
                "tk.7",
                "--ink",
                path("ink"),
                "--ink-name",
                "ink.7");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(body().getString("transportKey")).isEqualTo("00".repeat(31) + "ab");
        assertThat(body().getString("integrityKey"))
                .isEqualTo("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        assertThat(body().getString("integrityKeyName")).isEqualTo("ink.7");
        assertThat(run(
                                "client-keys",
                                "import",
                                ALICE,
                                "--reason",
                                "r",
                                "--trk",
                                path("trk"),
                                "--trk-name",
                                "t",
                                "--ink",
                                path("ink"))
                        .exit())
                .isEqualTo(ExitCode.WRONG_USE);
    }

    @Test
    void listsRenewsAndRevokes() {
        server.answers(request -> Reply.json(
                200,
                "{\"clientKeys\":[{\"owner\":\"" + ALICE + "\",\"device\":\"phone-1\",\"state\":\"ACTIVE\","
                        + "\"activeNames\":[\"tk.1\",\"ink.1\"],\"pendingNames\":[]}],"
                        + "\"next\":{\"afterOwner\":\"sip:b\",\"afterDevice\":\"d\"}}"));

        Cli.Result page = run("client-keys", "list", "--after", "sip:a b", "--limit", "1");
        assertThat(page.out()).contains("ACTIVE", "tk.1, ink.1");
        assertThat(page.err()).contains("hint: there are more: add --after sip:b --after-device d");
        assertThat(server.lastRequest().target())
                .isEqualTo("/admin/v1/client-keys?limit=1&afterOwner=sip%3Aa%20b&afterDevice=default");
        run("client-keys", "list", "--owner", ALICE);
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/client-keys?owner=sip%3Aalice%40example.org");

        for (String verb : List.of("rotate", "revoke")) {
            assertThat(run("client-keys", verb, ALICE, "phone-1", "--reason", "r")
                            .exit())
                    .isZero();
            assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/client-keys/" + verb);
            assertThat(server.lastRequest().client()).contains("operator");
            assertThat(body().getString("device")).isEqualTo("phone-1");
        }
    }

    @Test
    void startsAJobAndWaitsForItsEnd() throws IOException {
        Deque<String> states = new ArrayDeque<>(List.of(
                JOB.formatted("RUNNING", 0, 0), JOB.formatted("RUNNING", 1, 0), JOB.formatted("FINISHED", 3, 0)));
        server.answers(request -> Reply.json(200, states.size() > 1 ? states.pop() : states.peek()));
        Files.writeString(home.resolve("users.csv"), ALICE + "\nsip:bob@example.org,phone-2\n");

        Cli.Result result = run(
                "bundle",
                "start",
                path("users.csv"),
                "--from",
                "2024-06-01",
                "--to",
                "2024-08-01T00:00:00Z",
                "--reason",
                "next summer",
                "--wait");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).contains("FINISHED");
        assertThat(result.err()).contains("1 of 3 bundles", "3 of 3 bundles");
        assertThat(server.requests().get(0).target())
                .isEqualTo(
                        "/admin/v1/bundle-jobs?reason=next%20summer&from=2024-06-01T00:00:00Z&to=2024-08-01T00:00:00Z");
        assertThat(new String(server.requests().get(0).body(), StandardCharsets.UTF_8))
                .isEqualTo(ALICE + "\nsip:bob@example.org,phone-2\n");
        assertThat(server.requests().get(0).header("Content-Type")).contains("text/csv");
    }

    @Test
    void tellsThatBundlesFailed() {
        server.answers(request -> Reply.json(200, JOB.formatted("FINISHED", 2, 1)));

        Cli.Result result = run("bundle", "status", "7d5c");

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("error: 1 bundles could not be made", "hint: `kmsctl bundle items 7d5c");
    }

    @Test
    void downloadsListsAndEndsJobs() throws IOException {
        server.answers(request -> file("bundles"));
        assertThat(run("bundle", "download", "7d5c", "--output", path("all.zip"))
                        .exit())
                .isZero();
        assertThat(Files.readString(home.resolve("all.zip"))).isEqualTo("bundles");
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/bundle-jobs/7d5c/archive");
        run("bundle", "download", "7d5c", "--number", "2", "--output", path("one"));
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/bundle-jobs/7d5c/bundles/2");

        server.answers(request -> Reply.json(200, "{\"jobs\":[" + JOB.formatted("RUNNING", 0, 0) + "]}"));
        assertThat(run("bundle", "list").out()).contains("RUNNING");
        server.answers(request -> Reply.json(200, "{\"items\":[{\"number\":1,\"state\":\"FAILED\"}],\"next\":1}"));
        Cli.Result items = run("bundle", "items", "7d5c", "--state", "FAILED");
        assertThat(items.err()).contains("add --after 1");
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/bundle-jobs/7d5c/items?limit=50&state=FAILED");

        server.answers(request -> Reply.json(200, JOB.formatted("CANCELLED", 0, 0)));
        assertThat(run("bundle", "cancel", "7d5c").exit()).isZero();
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/bundle-jobs/7d5c/cancel");
        assertThat(run("bundle", "remove", "7d5c").exit()).isZero();
    }

    private static Reply file(String content) {
        return new Reply(
                200, Map.of("Content-Type", "application/octet-stream"), content.getBytes(StandardCharsets.UTF_8));
    }

    private JsonObject body() {
        try (JsonReader reader =
                Json.createReader(new ByteArrayInputStream(server.lastRequest().body()))) {
            return reader.readObject();
        }
    }

    private String path(String name) {
        return home.resolve(name).toString();
    }

    private Cli.Result run(String... arguments) {
        return Cli.in(home).run(arguments);
    }
}
