package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.it.support.Kms;
import org.mckms.it.support.Kmsctl;
import org.mckms.it.support.Kmsctl.Outcome;
import org.mckms.it.support.RunningKms;

/** {@code kmsctl} as a device with registered keys, and as the officers who register it, against a running server. */
@ExtendWith(RunningKms.class)
class DeviceCommandLineIT {
    private static final String DORA = "sip:cli-dora@example.org";
    private static final String STORE = "dora.keys";

    private final Kms kms;

    @TempDir
    private Path folder;

    private Kmsctl kmsctl;

    DeviceCommandLineIT(Kms kms) {
        this.kms = kms;
    }

    @BeforeEach
    void inAFolderOfItsOwn() throws IOException {
        kmsctl = new Kmsctl(kms.home(), folder);
        Files.writeString(folder.resolve("dora.passphrase"), "a passphrase for this key store\n");
    }

    @Test
    void deviceIsRegisteredFetchesKeysAndRenewsItsOwn() throws IOException {
        register(DORA);

        assertThat(done("keyprov", "--key-store", STORE)).contains("signed answer, wrapped keys", DORA);
        Outcome unsigned = kmsctl.run("keyprov", "--user", DORA);
        assertThat(unsigned.exitCode()).isEqualTo(1);
        assertThat(unsigned.errors()).contains("4031");

        done("client-keys", "rotate", DORA, "phone", "--reason", "routine");
        JsonObject announced =
                kmsctl.run("keyprov", "--key-store", STORE, "--json").json();
        String pending = announced.getJsonObject("keys").getJsonArray("pending").getString(0);
        JsonObject used = kmsctl.run("keyprov", "--key-store", STORE, "--json").json();
        assertThat(used.getJsonObject("keys").getJsonArray("active").getString(0))
                .isEqualTo(pending);
        assertThat(done("client-keys", "list", "--owner", DORA)).contains("ACTIVE", pending);

        done("client-keys", "revoke", DORA, "phone", "--reason", "phone lost");
        assertThat(kmsctl.run("keyprov", "--key-store", STORE).exitCode()).isEqualTo(1);
        register(DORA);
        assertThat(done("init", "--key-store", STORE)).contains(kms.kmsUri());
    }

    @Test
    void bundleIsMadeVerifiedAndImportedWithoutANetwork() throws IOException {
        String user = "sip:cli-bundle@example.org";
        register(user);
        Files.writeString(folder.resolve("users.csv"), user + ",phone\n");

        Outcome started = kmsctl.run("bundle", "start", "users.csv", "--reason", "rollout", "--wait", "--json");
        assertThat(started.exitCode()).as(started.errors()).isZero();
        assertThat(started.json().getString("state")).isEqualTo("FINISHED");
        String job = started.json().getString("id");
        done("bundle", "download", job, "--number", "1", "--output", "user.bundle");
        done("bundle", "download", job, "--output", "all.zip");
        assertThat(done("bundle", "items", job)).contains("DONE", user);

        assertThat(done("decode", "user.bundle", "--key-store", STORE))
                .contains("provisioning bundle", "ok  signature under", "ok  keys unwrapped")
                .doesNotContain("FAILED");
        assertThat(done("import-bundle", "user.bundle", "--key-store", STORE)).contains("1 key sets checked", user);
        Outcome sealed = kmsctl.run("decode", "user.bundle");
        assertThat(sealed.exitCode()).isEqualTo(1);
        assertThat(sealed.errors()).contains("no signature of the KMS was verified");
        done("bundle", "remove", job);
    }

    @Test
    void aServerNeedsTwoOfficers() {
        assertThat(done("client-keys", "request", "sip:gms@example.org", "--reason", "new server"))
                .contains("another officer has to approve");

        Outcome alone = kmsctl.run(
                "client-keys",
                "approve",
                "sip:gms@example.org",
                "--reason",
                "new server",
                "--output",
                "gms.reg",
                "--make-passphrase",
                "gms.pass");

        assertThat(alone.exitCode()).isEqualTo(1);
        assertThat(alone.errors()).contains("4092");
        assertThat(folder.resolve("gms.reg")).doesNotExist();
    }

    @Test
    void twoOfficersRegisterAServer() {
        String server = "sip:gms@example.org";
        done("client-keys", "request", server, "node-2", "--reason", "new server");

        done(
                "client-keys",
                "approve",
                server,
                "node-2",
                "--operator",
                "officer2",
                "--reason",
                "new server",
                "--output",
                "server.reg",
                "--make-passphrase",
                "server.pass");

        assertThat(folder.resolve("server.reg")).isNotEmptyFile();
        assertThat(done("decode", "server.reg", "--passphrase-file", "server.pass"))
                .contains(server);
        assertThat(done("client-keys", "list", "--owner", server)).contains("node-2", "REGISTERED");
        done("client-keys", "revoke", server, "node-2", "--reason", "test over");
    }

    @Test
    void keysThatADeviceHasAlreadyAreImported() throws IOException {
        String user = "sip:cli-imported@example.org";
        Files.writeString(folder.resolve("trk"), randomHex());
        Files.writeString(folder.resolve("ink"), randomHex());
        String[] command = {
            "client-keys",
            "import",
            user,
            "phone",
            "--reason",
            "of the old KMS",
            "--trk",
            "trk",
            "--trk-name",
            "tk.7.imported",
            "--ink",
            "ink",
            "--ink-name",
            "ink.7.imported"
        };

        done(command);

        assertThat(done("client-keys", "list", "--owner", user))
                .contains("REGISTERED", "tk.7.imported", "ink.7.imported");
        Files.writeString(folder.resolve("trk"), "00112233");
        Outcome tooShort = kmsctl.run(command);
        assertThat(tooShort.exitCode()).isNotZero();
        assertThat(tooShort.errors()).contains("trk is no key");
    }

    @Test
    void certificatesAndDiscoveryAreAskedFor() {
        Outcome unknown = kmsctl.run("cert", "kms.nowhere.example", "--user", "sip:cli-finder@example.org");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.errors()).contains("404");
        Outcome switchedOff = kmsctl.run("lookup", DORA, "--user", "sip:cli-finder@example.org");
        assertThat(switchedOff.exitCode()).isEqualTo(1);
        assertThat(switchedOff.errors()).contains("404");
    }

    private static String randomHex() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return HexFormat.of().formatHex(key);
    }

    @Test
    void ownCertificateIsExportedSignedAndExplained() {
        String exported = done("certificate", "export", "--output", "ours.xml");
        assertThat(done("decode", "ours.xml")).contains("SignedKmsCertificate", "External", "ok  signature of");
        assertThat(done("partner", "verify", "ours.xml")).contains(kms.kmsUri());

        String fingerprint = exported.lines()
                .filter(line -> line.startsWith("fingerprint"))
                .findFirst()
                .orElseThrow()
                .replaceAll(".* ", "");
        Outcome refused = kmsctl.run("partner", "import", "ours.xml", "--sha256", fingerprint);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.errors()).contains("409");
        assertThat(kmsctl.run("partner", "list").exitCode()).isZero();
    }

    @Test
    void registrationFilesAndTokensAreExplained() throws IOException {
        String user = "sip:cli-explain@example.org";
        done("client-keys", "register", user, "--reason", "test", "--output", "e.reg", "--make-passphrase", "e.pass");
        assertThat(done("decode", "e.reg", "--passphrase-file", "e.pass")).contains(user, "never shown", "D.1");

        Outcome token = kmsctl.run("token", "--user", user);
        Files.writeString(folder.resolve("e.jwt"), token.output());
        String jwks = kms.home().dir().resolve("idm/jwks.json").toString();
        assertThat(done("decode", "e.jwt", "--jwks", jwks)).contains("mcptt_id", user, "ok  signature of the issuer");
    }

    @Test
    void theWholeDemonstrationIsRight() {
        Outcome outcome = kmsctl.run(
                "demo", "--sender", "sip:demo-sender@example.org", "--receiver", "sip:demo-receiver@example.org");

        assertThat(outcome.exitCode()).as(outcome.output() + outcome.errors()).isZero();
        assertThat(outcome.output()).contains("signed and wrapped").endsWith("steps were right\n");
    }

    /** Gives the user's device a key store, or new keys in the one there is. */
    private void register(String user) throws IOException {
        for (String former : List.of("user.reg", "user.pass")) {
            Files.deleteIfExists(folder.resolve(former));
        }
        done(
                "client-keys",
                "register",
                user,
                "phone",
                "--reason",
                "test",
                "--output",
                "user.reg",
                "--make-passphrase",
                "user.pass");
        assertThat(done("import-registration", "user.reg", "--passphrase-file", "user.pass", "--key-store", STORE))
                .contains("tk.", "ink.");
    }

    private String done(String... command) {
        Outcome outcome = kmsctl.run(command);
        assertThat(outcome.exitCode())
                .as(String.join(" ", command) + "\n" + outcome.output() + outcome.errors())
                .isZero();
        return outcome.output();
    }
}
