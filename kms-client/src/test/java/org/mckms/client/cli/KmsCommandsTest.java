package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.client.TestDomain.ALICE;
import static org.mckms.client.TestDomain.BOB;
import static org.mckms.client.TestDomain.SERVER;

import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.StubServer;
import org.mckms.client.StubServer.Reply;
import org.mckms.client.TestDomain;
import org.mckms.client.TestPki;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.RequestLeniency;

/** {@code init}, {@code keyprov} and {@code certcache} against a KMS on loopback. */
class KmsCommandsTest {
    private static final TestDomain.Keys KEYS = TestDomain.keysOf(ALICE);
    private static TestPki pki;

    @TempDir
    private Path home;

    private StubServer server;
    private FakeKms kms;

    @BeforeAll
    static void makeAuthority() {
        pki = new TestPki();
    }

    @BeforeEach
    void start() throws Exception {
        server = new StubServer(pki);
        TestHome.make(home, pki, server.address(), server.address());
        kms = new FakeKms(home.resolve("idm/jwks.json"));
        server.answers(kms);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void initShowsAndSavesTheRootCertificate() throws Exception {
        Path file = home.resolve("root.xml");

        Cli.Result result = Cli.in(home).run("init", "--user", ALICE, "--output", file.toString());

        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("KmsInit", "Root", TestDomain.CERT_URI, "2592000 s, offset 0 s");
        assertThat(Files.readAllBytes(file)).isEqualTo(TestDomain.initDocument());
    }

    @Test
    void keyprovFetchesAndChecks() throws Exception {
        Path file = home.resolve("alice.xml");

        Cli.Result result = Cli.in(home).run("keyprov", "--user", ALICE, "--output", file.toString());

        assertThat(result.exit()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains(KEYS.uid(), "RSK by pairing")
                .doesNotContain(KEYS.ssk(), KEYS.rsk(), "FAILED");
        assertThat(server.requests())
                .extracting(StubServer.Request::target)
                .containsExactly("/keymanagement/identity/v1/init", "/keymanagement/identity/v1/keyprov");
        assertThat(Files.readString(file)).contains(KEYS.ssk());
    }

    @Test
    void whatInitAndKeyprovSaveDecodes() {
        String root = home.resolve("root.xml").toString();
        String alice = home.resolve("alice.xml").toString();

        assertThat(Cli.in(home).run("init", "--user", ALICE, "--output", root).exit())
                .isZero();
        assertThat(Cli.in(home)
                        .run("keyprov", "--user", ALICE, "--output", alice)
                        .exit())
                .isZero();
        assertThat(Cli.in(home).run("decode", alice, "--certificate", root).exit())
                .isZero();
    }

    @Test
    void keysAreSavedForTheirOwnerOnly() throws Exception {
        Path file = home.resolve("alice.xml");

        Cli.in(home).run("keyprov", "--user", ALICE, "--output", file.toString());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void keyprovSaysThatNobodyKnowsWhoseKeysAnOpaqueTokenIsFor() throws Exception {
        server.answers(request -> Reply.xml(
                200,
                request.target().endsWith("/init") ? TestDomain.initDocument() : TestDomain.keyProvDocument(KEYS)));
        Path token = Files.writeString(home.resolve("opaque"), "0123456789abcdef");

        Cli.Result table = Cli.in(home).run("keyprov", "--token-file", token.toString());
        assertThat(table.exit()).isZero();
        assertThat(table.out()).contains("  not compared  for the user asked for");
        assertThat(table.err()).startsWith("warning: it was not compared whose keys these are");
        Cli.Result json = Cli.in(home).run("keyprov", "--token-file", token.toString(), "--json");
        assertThat(keySet(json).getJsonArray("checks").getValuesAs(JsonObject.class))
                .filteredOn(check -> !check.getString("outcome").equals("PASSED"))
                .extracting(check -> check.getString("check") + " " + check.getString("outcome"))
                .containsExactly("FOR_THE_USER NOT_COMPARED");

        Cli.Result named = Cli.in(home).run("keyprov", ALICE, "--token-file", token.toString());
        assertThat(named.out()).doesNotContain("not compared");
        assertThat(named.err()).isEmpty();
        assertThat(Cli.in(home)
                        .run("keyprov", BOB, "--token-file", token.toString())
                        .exit())
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void keyprovTakesUriAndTimeAndASavedCertificate() throws Exception {
        Path root = Files.write(home.resolve("root.xml"), TestDomain.initDocument());

        Cli.Result result = Cli.in(home)
                .run(
                        "keyprov",
                        ALICE,
                        "2024-05-20",
                        "--user",
                        ALICE,
                        "--certificate",
                        root.toString(),
                        "--raw-uri",
                        "--json");

        assertThat(result.exit()).isZero();
        // 2024-05-20T00:00:00Z is 1716163200 Unix, 3925152000 NTP, hexadecimal E9F51100.
        assertThat(server.requests())
                .extracting(StubServer.Request::target)
                .containsExactly("/keymanagement/identity/v1/keyprov/sip:alice@example.org/E9F5110000000000");
        assertThat(keySet(result).getBoolean("valid")).isTrue();
    }

    @Test
    void aTimeOfAnotherPeriodIsNotAnsweredByThisPeriod() {
        Cli.Result result = Cli.in(home).run("keyprov", ALICE, "2024-06-09", "--user", ALICE);

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out()).containsPattern("FAILED +key period plausible +period 1514, expected 1515");
    }

    @Test
    void keyprovEndsWithOneWhenTheKeysAreOfSomebodyElse() {
        kms.giving(ALICE, TestDomain.keysOf(BOB));

        Cli.Result result = Cli.in(home).run("keyprov", "--user", ALICE);

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("error: a check failed: these keys must not be used");
        assertThat(result.out()).containsPattern("FAILED +for the user asked for");
    }

    @Test
    void keyprovEndsWithOneWhenThereIsNoKeySet() {
        server.answers(request -> request.target().endsWith("/init")
                ? Reply.xml(200, TestDomain.initDocument())
                : Reply.xml(200, TestDomain.keyProvDocument()));

        Cli.Result result = Cli.in(home).run("keyprov", "--user", ALICE);

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("no key set");
    }

    @Test
    void aRefusalIsToldWithCodeNameAndAdvice() {
        Cli.Result result = Cli.in(home).run("keyprov", BOB, "--user", ALICE);

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines())
                .containsExactly(
                        "error: refused: not your identity (HTTP 403, code 403 FORBIDDEN_IDENTITY)",
                        "hint: keys go to their owner only: ask with a token for that very URI");
    }

    @Test
    void aServerShowsItsCertificateAndClientId() {
        Cli.Result result = Cli.in(home).run("keyprov", "--server", "mcptt-server", "--json");

        assertThat(result.exit()).isZero();
        assertThat(keySet(result).getString("userUri")).isEqualTo(SERVER);
        assertThat(server.lastRequest().client()).contains("mcptt-server");
    }

    @Test
    void aServerWithoutItsCertificateIsRefused() {
        Cli.Result result = Cli.in(home).run("keyprov", "--user", SERVER, "--client-id", "mcptt-client");

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("403");
    }

    @Test
    void theTokenComesFromFileInputOrEnvironment() throws Exception {
        String token = Cli.in(home).run("token", "--user", ALICE).out();
        Path file = Files.writeString(home.resolve("alice.jwt"), token);

        assertThat(Cli.in(home).run("init", "--token-file", file.toString()).exit())
                .isZero();
        assertThat(Cli.in(home).typing(token).run("init", "--token-file", "-").exit())
                .isZero();
        assertThat(Cli.in(home).with("KMS_TOKEN", token).run("init").exit()).isZero();
        assertThat(server.requests())
                .extracting(request -> request.header("Authorization"))
                .containsOnly(Optional.of("Bearer " + token.strip()));
    }

    @Test
    void aTokenThatIsNoneIsNeitherSentNorShown() throws Exception {
        Path file = Files.writeString(home.resolve("wrong.jwt"), "two words\nand a line");

        Cli.Result result = Cli.in(home).run("init", "--token-file", file.toString());

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).doesNotContain("two words");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aTokenOfAStrangerIsRefusedWithAdvice() throws Exception {
        Path key = home.resolve("forged.jwk");
        Cli.in(home)
                .run(
                        "idm-key",
                        "--key",
                        key.toString(),
                        "--jwks",
                        home.resolve("forged.json").toString());

        Cli.Result result = Cli.in(home).run("init", "--user", ALICE, "--key", key.toString());

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("HTTP 401").contains("hint: the access token");
    }

    @Test
    void theBodyNamesUserAndKms() {
        assertThat(Cli.in(home).run("init", "--user", ALICE, "--with-body").exit())
                .isZero();
        assertThat(KmsRequestCodec.read(server.lastRequest().body(), RequestLeniency.STANDARD)
                        .request()
                        .userUri())
                .isEqualTo(ALICE);
        assertThat(KmsRequestCodec.read(server.lastRequest().body(), RequestLeniency.STANDARD)
                        .request()
                        .kmsUri())
                .isEqualTo("kms.example.org");

        Cli.in(home).run("init", "--user", ALICE, "--with-body", "--kms-uri", "kms.other.example");
        assertThat(KmsRequestCodec.read(server.lastRequest().body(), RequestLeniency.STANDARD)
                        .request()
                        .kmsUri())
                .isEqualTo("kms.other.example");
    }

    @Test
    void certcacheAsksWithItsNumber() {
        Cli.Result result = Cli.in(home).run("certcache", "3", "--user", ALICE, "--json");

        assertThat(result.exit()).isZero();
        assertThat(server.lastRequest().target()).isEqualTo("/keymanagement/identity/v1/certcache/3");
        assertThat(result.json().getJsonObject("kmsCertCache").getInt("cacheNum"))
                .isEqualTo(1);
    }

    @Test
    void aServerThatIsNotThereIsToldWithAdvice() {
        server.close();

        Cli.Result result = Cli.in(home).run("init", "--user", ALICE);

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err())
                .contains("error: no connection to https://localhost")
                .contains("hint: ");
    }

    private static JsonObject keySet(Cli.Result result) {
        return result.json().getJsonArray("kmsKeyProv").getJsonObject(0);
    }
}
