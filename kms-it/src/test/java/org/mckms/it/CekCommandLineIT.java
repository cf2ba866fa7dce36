package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.Kmsctl;
import org.mckms.it.support.Kmsctl.Outcome;

/** Content encryption keys with {@code kmsctl} alone: the demonstration, and what operators do. */
class CekCommandLineIT {
    private static final String ALICE = "sip:alice@example.org";
    private static final String ERIN = "sip:erin@example.org";

    private static Kms kms;

    @TempDir
    private Path folder;

    private Kmsctl kmsctl;

    @BeforeAll
    static void start() {
        KmsHome home = KmsHome.makeWithMcServer("cek-command-line");
        home.set(Map.of("kms.audit.checkpoint-interval", "PT1S"));
        kms = Kms.start(home, Map.of("origin", "derived"));
    }

    @AfterAll
    static void stop() {
        if (kms != null) {
            kms.close();
        }
    }

    @BeforeEach
    void inAFolderOfItsOwn() {
        kmsctl = new Kmsctl(kms.home(), folder);
    }

    @Test
    void demonstrationIsRightInEveryStep() {
        Outcome outcome = kmsctl.run("cek", "demo", "--json");

        assertThat(outcome.exitCode()).as(outcome.output() + outcome.errors()).isZero();
        assertThat(outcome.json().getBoolean("right")).isTrue();
        assertThat(kmsctl.run("ceks", "list", "--user", ALICE).output())
                .as("all of hers are over, and keys of nobody are shown")
                .doesNotContain("ACTIVE", "PENDING", "BROKEN");
    }

    @Test
    void operatorSeesWhatTheServerHasNotConfirmedAndEndsIt() throws IOException {
        register(ERIN, "erin");
        done("cek", "current", "--key-store", "erin.keys", "--key-store-passphrase-file", "erin.passphrase");

        JsonObject listed = kmsctl.run("ceks", "list", "--user", ERIN, "--json").json();
        JsonObject key = listed.getJsonArray("ceks").getJsonObject(0);
        assertThat(key.getString("state")).isEqualTo("PENDING");
        assertThat(key.getInt("acknowledged")).isZero();
        assertThat(done("deliveries", "list")).contains("sip:mcptt-server@example.org", key.getString("keyId") + ":1");

        assertThat(done("ceks", "end", ERIN)).contains("the keys of " + ERIN + " are over");
        assertThat(done("ceks", "list", "--user", ERIN)).contains("ENDED");
        assertThat(done("audit", "list", "--event", "CEK_ENDED")).contains(ERIN);
    }

    @Test
    void revokedTokenIsRefusedAndNewerOnesAreNot() throws IOException {
        Path stolen = folder.resolve("stolen.jwt");
        Files.writeString(stolen, done("token", "--user", "sip:frank@example.org"));
        done("init", "--token-file", "stolen.jwt");

        done("token", "revoke", "--token-file", "stolen.jwt", "--reason", "stolen");

        Outcome refused = kmsctl.run("init", "--token-file", "stolen.jwt");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.errors()).contains("HTTP 401");
        done("init", "--user", "sip:frank@example.org");
        assertThat(done("token", "revocations")).contains("stolen");
    }

    private void register(String user, String name) throws IOException {
        Files.writeString(folder.resolve(name + ".passphrase"), "a passphrase for this key store\n");
        done(
                "client-keys",
                "register",
                user,
                "phone",
                "--reason",
                "new phone",
                "--output",
                name + ".reg",
                "--make-passphrase",
                name + ".code");
        done(
                "import-registration",
                name + ".reg",
                "--passphrase-file",
                name + ".code",
                "--key-store",
                name + ".keys",
                "--key-store-passphrase-file",
                name + ".passphrase");
    }

    private String done(String... arguments) {
        Outcome outcome = kmsctl.run(arguments);
        assertThat(outcome.exitCode())
                .as(String.join(" ", arguments) + "\n" + outcome.errors())
                .isZero();
        return outcome.output();
    }
}
