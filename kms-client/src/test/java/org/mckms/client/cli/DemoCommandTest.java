package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.client.TestDomain.ALICE;
import static org.mckms.client.TestDomain.BOB;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.StubServer;
import org.mckms.client.TestPki;
import org.mckms.client.TestSigner;

/** {@code kmsctl demo} against a KMS on loopback, good and bad. */
class DemoCommandTest {
    private static final int STEPS = 28;
    private static TestPki pki;

    @TempDir
    private Path home;

    private StubServer server;
    private DemoKms kms;

    @BeforeAll
    static void makeAuthority() {
        pki = new TestPki();
    }

    @BeforeEach
    void start() throws Exception {
        server = new StubServer(pki);
        TestHome.make(home, pki, server.address(), server.address());
        kms = new DemoKms(new FakeKms(home.resolve("idm/jwks.json")), TestSigner.of(pki));
        server.answers(kms);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tellsEveryStepAndCanBeRepeated() {
        Cli.Result result = Cli.in(home).run("demo");

        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        assertThat(result.out().lines().filter(line -> line.matches(" ?\\d+  ok +\\d+ ms  .*")))
                .hasSize(STEPS);
        assertThat(result.out())
                .contains("alice", "bob", "mcptt-server", "stranger", "signed and wrapped", "all 8 checks passed")
                .contains("brings tk.2." + ALICE + " and ink.2." + ALICE, "signed under ink.2." + ALICE)
                .contains("2 key sets, checked and kept without a network", "signed on the token")
                .contains("HTTP 403, as it must be", "HTTP 401, as it must be")
                .endsWith("all " + STEPS + " steps were right" + System.lineSeparator());

        JsonObject again = Cli.in(home).run("demo", "--json").json();
        assertThat(again.getBoolean("right")).isTrue();
        assertThat(again.getJsonArray("steps")).hasSize(STEPS);
        assertThat(Cli.in(home)
                        .run("key-store", "show", "--key-store", "alice", "--json")
                        .json()
                        .getJsonArray("keySets"))
                .hasSize(2);
    }

    @Test
    void failsWhenTheKmsGivesKeysToStrangers() {
        kms.letAnybodyAsk();

        Cli.Result result = Cli.in(home).run("demo");

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out()).contains("FAILED").doesNotContain("steps were right");
        assertThat(result.err()).contains("error: ");
    }

    @Test
    void failsWhenKeysDoNotFit() {
        kms.spoil(BOB);

        Cli.Result result = Cli.in(home).run("demo", "--json");

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.json().getBoolean("right")).isFalse();
        assertThat(result.err()).contains("error: ");
    }

    @Test
    void failsWhenKeysAreNotRenewed() {
        kms.neverRotate();

        Cli.Result result = Cli.in(home).run("demo");

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("error: no new keys came");
    }
}
