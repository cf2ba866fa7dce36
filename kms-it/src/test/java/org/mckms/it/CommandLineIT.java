package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.it.support.ExportedTrail;
import org.mckms.it.support.Kms;
import org.mckms.it.support.Kmsctl;
import org.mckms.it.support.Kmsctl.Outcome;
import org.mckms.it.support.RunningKms;

/** {@code kmsctl} against a running server: what it prints, where errors go, and how it ends. */
@ExtendWith(RunningKms.class)
class CommandLineIT {
    private static final String CLARA = "sip:clara@example.org";

    private final Kms kms;

    @TempDir
    private Path folder;

    private Kmsctl kmsctl;

    CommandLineIT(Kms kms) {
        this.kms = kms;
    }

    @BeforeEach
    void inAFolderOfItsOwn() {
        kmsctl = new Kmsctl(kms.home(), folder);
    }

    @Test
    void statusTellsTokenAndReadiness() {
        Outcome people = kmsctl.run("status");
        assertThat(people.exitCode()).as(people.errors()).isZero();
        assertThat(people.output()).contains(kms.kmsUri());

        Outcome programs = kmsctl.run("status", "--json");
        assertThat(programs.exitCode()).isZero();
        assertThat(programs.json().getBoolean("ready")).isTrue();
    }

    @Test
    void fetchesAndChecksKeysWithATokenItMinted() throws IOException {
        Outcome token = kmsctl.run("token", "--user", CLARA);
        assertThat(token.exitCode()).as(token.errors()).isZero();
        Files.writeString(folder.resolve("clara.jwt"), token.output());

        Outcome init = kmsctl.run("init", "--token-file", "clara.jwt", "--output", "root.xml");
        assertThat(init.exitCode()).as(init.errors()).isZero();
        assertThat(init.output()).contains(kms.kmsUri());

        Outcome keys = kmsctl.run("keyprov", CLARA, "--token-file", "clara.jwt", "--output", "clara.xml");
        assertThat(keys.exitCode()).as(keys.errors()).isZero();
        assertThat(keys.output()).contains(CLARA);

        Outcome decoded = kmsctl.run("decode", "clara.xml", "--certificate", "root.xml");
        assertThat(decoded.exitCode()).as(decoded.errors()).isZero();
        assertThat(decoded.output()).contains(CLARA);
    }

    @Test
    void privateKeysAreShownOnlyOnDemand() throws IOException {
        kmsctl.run("keyprov", "--user", CLARA, "--output", "clara.xml");
        String document = Files.readString(folder.resolve("clara.xml"));
        String ssk = document.replaceAll("(?s).*<UserSigningKeySSK[^>]*>([0-9A-F]{64})<.*", "$1");
        assertThat(ssk).hasSize(64);

        assertThat(kmsctl.run("decode", "clara.xml").output()).doesNotContainIgnoringCase(ssk);
        assertThat(kmsctl.run("decode", "clara.xml", "--show-secrets").output()).containsIgnoringCase(ssk);
    }

    @Test
    void decodeFailsOnAnAlteredKey() throws IOException {
        kmsctl.run("init", "--user", CLARA, "--output", "root.xml");
        kmsctl.run("keyprov", "--user", CLARA, "--output", "clara.xml");
        String document = Files.readString(folder.resolve("clara.xml"));
        String altered = document.replaceAll("(<UserSigningKeySSK[^>]*>)[0-9A-F]{8}", "$100000001");
        Files.writeString(folder.resolve("altered.xml"), altered);

        Outcome outcome = kmsctl.run("decode", "altered.xml", "--certificate", "root.xml");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.errors()).contains("error:");
    }

    @Test
    void serverFetchesItsOwnKeys() {
        Outcome outcome = kmsctl.run("keyprov", "--server", "mcptt-server");

        assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
        assertThat(outcome.output()).contains("sip:mcptt-server@example.org");
    }

    @Test
    void certCacheIsEmptyWithoutPartners() {
        assertThat(kmsctl.run("certcache", "--user", CLARA).exitCode()).isZero();
    }

    @Test
    void blockedUserIsRefusedUntilUnblocked() {
        String user = "sip:cli-blocked@example.org";
        assertThat(kmsctl.run("block", user, "--reason", "device stolen").exitCode())
                .isZero();

        Outcome refused = kmsctl.run("keyprov", "--user", user);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).isEmpty();
        assertThat(refused.errors()).contains("error:").contains("4034").doesNotContain("Exception");

        assertThat(kmsctl.run("unblock", user, "--reason", "device found").exitCode())
                .isZero();
        assertThat(kmsctl.run("keyprov", "--user", user).exitCode()).isZero();
    }

    @Test
    void exportedAuditTrailVerifiesWithoutTheServer() throws IOException {
        assertThat(ExportedTrail.of(kms).checkpoints()).isNotBlank();
        Outcome export = kmsctl.run("audit", "export", "audit-copy");
        assertThat(export.exitCode()).as(export.errors()).isZero();

        Outcome whole = kmsctl.run("audit", "verify", "audit-copy");
        assertThat(whole.exitCode()).as(whole.errors()).isZero();

        Path records;
        try (var files = Files.list(folder.resolve("audit-copy"))) {
            records = files.filter(file -> file.getFileName().toString().contains("records"))
                    .findFirst()
                    .orElseThrow();
        }
        String text = Files.readString(records);
        Files.writeString(records, text.replaceFirst("CHAIN_OPENED", "CHAIN_CLOSED"));

        Outcome altered = kmsctl.run("audit", "verify", "audit-copy");
        assertThat(altered.exitCode()).isEqualTo(1);
    }

    @Test
    void wrongUseEndsWithTwo() {
        for (String[] wrong : new String[][] {{"keyprov", "--nonsense"}, {"fly"}, {"block"}, {"audit", "verify"}}) {
            Outcome outcome = kmsctl.run(wrong);

            assertThat(outcome.exitCode()).as(String.join(" ", wrong)).isEqualTo(2);
            assertThat(outcome.output()).isEmpty();
            assertThat(outcome.errors()).isNotEmpty();
        }
    }

    @Test
    void serverThatIsNotThereEndsWithOne() {
        Outcome outcome = kmsctl.run("keyprov", "--user", CLARA, "--kms", "https://localhost:1");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.errors()).contains("error:").doesNotContain("\tat ");
    }
}
