package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.TestPki;

/** {@code kmsctl cek demo} against a KMS on loopback, good and bad. */
class CekDemoCommandTest {
    private static final int STEPS = 31;
    private static TestPki pki;

    @TempDir
    private Path home;

    private CekHome kms;

    @BeforeAll
    static void makeAuthority() {
        pki = new TestPki();
    }

    @BeforeEach
    void start() throws Exception {
        kms = new CekHome(home, pki);
    }

    @AfterEach
    void stop() {
        kms.close();
    }

    @Test
    void tellsEveryStepAndCanBeRepeated() {
        Cli.Result result = kms.run("cek", "demo");

        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        assertThat(result.out().lines().filter(line -> line.matches(" ?\\d+  ok +\\d+ ms  .*")))
                .hasSize(STEPS);
        assertThat(result.out())
                .contains("officers", "alice", "bob", "mcptt-server", "is pending", "refused, as it must be")
                .endsWith("all " + STEPS + " steps were right" + System.lineSeparator());
        assertThat(kms.ceks().pushesFailed()).as("while the server was away").isPositive();

        JsonObject again = kms.run("cek", "demo", "--json").json();
        assertThat(again.getBoolean("right")).isTrue();
        assertThat(again.getJsonArray("steps")).hasSize(STEPS);
    }

    @Test
    void failsWhenTheServerIsNotTold() {
        kms.ceks().pushNothing();
        kms.ceks().activateUnacknowledged();

        Cli.Result result = kms.run("cek", "demo");

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out()).contains("FAILED").doesNotContain("steps were right");
        assertThat(result.err()).contains("the server does not have");
    }

    @Test
    void failsWhenAKeyIsActiveThatTheServerHasNot() {
        kms.ceks().activateUnacknowledged();

        Cli.Result result = kms.run("cek", "demo");

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("a CEK is active that the server does not have");
    }

    @Test
    void failsWhenTheUserIsNotToldOfTheEnd() {
        kms.ceks().keepTheEndToItself();

        Cli.Result result = kms.run("cek", "demo");

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("no notice says that");
    }
}
