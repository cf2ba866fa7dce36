package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.StubServer;
import org.mckms.client.StubServer.Reply;
import org.mckms.client.TestDomain;
import org.mckms.client.TestPki;

/** {@code ceks} and {@code token revoke} against the operators' face on loopback. */
class CekOperatorCommandsTest {
    private static final String KEY = "{\"keyId\":\"0A\",\"user\":\"sip:alice@example.org\",\"state\":\"ACTIVE\","
            + "\"revision\":2,\"acknowledged\":1,\"integrity\":\"INTACT\"}";
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
        server.answers(request -> Reply.json(200, "{\"ceks\":[" + KEY + "],\"next\":\"0A\"}"));
        TestHome.make(home, pki, server.address(), server.address());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listsKeysAndSaysHowToGoOn() {
        Cli.Result page =
                Cli.in(home).run("ceks", "list", "--user=sip:a@b", "--server=sip:s@b", "--after=09", "--limit=1");

        assertThat(page.exit()).as(page.err()).isZero();
        assertThat(server.lastRequest().target())
                .isEqualTo("/admin/v1/ceks?limit=1&user=sip%3Aa%40b&server=sip%3As%40b&after=09");
        assertThat(server.lastRequest().client()).contains("operator");
        assertThat(page.out()).contains("ACTIVE", "INTACT");
        assertThat(page.err()).contains("hint: there may be more: add --after 0A");

        assertThat(Cli.in(home).run("ceks", "list").err()).doesNotContain("more");
    }

    @Test
    void endsTheKeysOfAUser() {
        server.answers(request -> Reply.json(200, "{\"ended\":3}"));

        Cli.Result result = Cli.in(home).run("ceks", "end", TestDomain.ALICE);

        assertThat(result.out()).contains("the keys of " + TestDomain.ALICE + " are over", "3");
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/ceks/end");
        assertThat(body())
                .isEqualTo(
                        Json.createObjectBuilder().add("user", TestDomain.ALICE).build());
    }

    @Test
    void revokesTheTokenOfAFileByItsIdentifierAlone() throws Exception {
        server.answers(request -> Reply.json(200, "{\"id\":\"1\",\"issuer\":\"dev\"}"));
        String token = Cli.in(home).run("token", "--user", TestDomain.ALICE).out();
        Files.writeString(home.resolve("stolen.jwt"), token);

        Cli.Result result = Cli.in(home)
                .run(
                        "token",
                        "revoke",
                        "--token-file",
                        home.resolve("stolen.jwt").toString(),
                        "--reason=stolen");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/tokens/revocations");
        assertThat(body().getString("issuer")).as("its name in the settings").isEqualTo("dev");
        assertThat(body().getString("jti")).matches("[0-9a-f]{32}");
        assertThat(body().getString("reason")).isEqualTo("stolen");
        assertThat(server.lastRequest().bodyText()).doesNotContain(token.strip());
    }

    @Test
    void revokesOlderTokensOfAnIdentity() {
        server.answers(request -> Reply.json(200, "{\"id\":\"1\"}"));

        Cli.Result result = Cli.in(home)
                .run(
                        "token",
                        "revoke",
                        "--uri=" + TestDomain.ALICE,
                        "--issued-before=2026-03-01",
                        "--reason=left",
                        "--operator=officer");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(body().getString("uri")).isEqualTo(TestDomain.ALICE);
        assertThat(body().getString("issuedBefore")).isEqualTo("2026-03-01T00:00:00Z");
        assertThat(server.lastRequest().client()).contains("officer");

        Cli.in(home).run("token", "revoke", "--uri=" + TestDomain.ALICE, "--reason=left");
        assertThat(body()).doesNotContainKey("issuedBefore");
    }

    @Test
    void listsRevocations() {
        server.answers(request -> Reply.json(
                200, "{\"revocations\":[{\"jti\":\"4711\",\"revokedBy\":\"officer\",\"reason\":\"stolen\"}]}"));

        assertThat(Cli.in(home).run("token", "revocations").out()).contains("4711", "officer", "stolen");
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/tokens/revocations?limit=50");
    }

    @Test
    void refusesWhatCannotBe() {
        assertThat(Cli.in(home).run("token").exit()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(Cli.in(home).run("token", "revoke", "--reason=r").exit()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(Cli.in(home).run("token", "revoke", "--jti=1", "--reason=r").err())
                .contains("--issued-by");
        assertThat(Cli.in(home)
                        .run("token", "revoke", "--jti=1", "--uri=u", "--reason=r")
                        .exit())
                .isEqualTo(ExitCode.WRONG_USE);
        assertThat(Cli.in(home)
                        .run(
                                "token",
                                "revoke",
                                "--jti=1",
                                "--issued-by=dev",
                                "--issued-before=2026-03-01",
                                "--reason=r")
                        .exit())
                .isEqualTo(ExitCode.WRONG_USE);
        assertThat(Cli.in(home).run("token", "revoke", "--uri=u").err()).contains("--reason");
        assertThat(server.requests()).isEmpty();
    }

    private JsonObject body() {
        try (JsonReader reader =
                Json.createReader(new StringReader(server.lastRequest().bodyText()))) {
            return reader.readObject();
        }
    }
}
