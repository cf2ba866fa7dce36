package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.Await;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.KmsServer;
import org.mckms.it.support.KmsServer.Variant;
import org.mckms.it.support.Reply;

/**
 * What a server does that lacks something: a missing setting stops it, anything else leaves it up and not ready, and says
 * in one sentence what is missing.
 */
class ReadinessIT {
    private static final String ALICE = "sip:alice@example.org";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String STACK_FRAME = "\tat ";

    @Test
    void wrongPinLeavesTheServerUpAndNotReady() {
        KmsHome home = KmsHome.make("wrong-pin");
        String pin = home.pin();
        home.write("pin", "not-the-pin");

        try (KmsServer server = KmsServer.launch(home).awaitLive()) {
            awaitSaid(server, "KMS000008", "The token refused the PIN. No second attempt is made");
            assertNotReady(server, "hsm", "PIN");

            assertThat(activate(server, pin)).isEqualTo("ACTIVE");
        }
    }

    @Test
    void missingTokenLeavesTheServerUpAndNotReady() throws IOException {
        KmsHome home = KmsHome.make("missing-token");
        Path tokens = home.dir().resolve("hsm/tokens");
        Path elsewhere = home.dir().resolve("hsm/elsewhere");
        Files.move(tokens, elsewhere);

        try (KmsServer server = KmsServer.launch(home).awaitLive()) {
            awaitSaid(server, "KMS000008", "no token directory");
            assertNotReady(server, "hsm", "token");

            Files.move(elsewhere, tokens);
            Await.that("the vault has found its token", LIMIT, () -> vaultState(server)
                    .equals("ACTIVE"));
        }
    }

    @Test
    void missingDatabaseLeavesTheServerUpAndNotReady() {
        KmsHome home = KmsHome.make("missing-database");
        Variant elsewhere = Variant.AS_BUILT.withEnvironment("KMS_DB_URL", "jdbc:h2:tcp://127.0.0.1:1/kms");

        try (KmsServer server = KmsServer.launch(home, elsewhere).awaitLive()) {
            awaitSaid(server, "KMS000020", "The database cannot be used");

            assertNotReady(server, "database", "database");
            assertNotReady(server, "revocations", "revoked access tokens");
        }
    }

    @Test
    void missingSettingStopsTheDeployment() {
        KmsHome home = KmsHome.make("missing-setting");
        home.unset("kms.plain-keys");

        try (KmsServer server = KmsServer.launch(home)) {
            assertThat(server.awaitDeploymentFailed()).isTrue();

            assertThat(server.console()).contains("kms.plain-keys");
            assertThat(server.probe("ready").status()).isNotEqualTo(200);
        }
    }

    /** Waits for a line of the log that has a message number and a text. */
    private static void awaitSaid(KmsServer server, String number, String text) {
        Await.that(number + ": " + text, LIMIT, () -> server.console()
                .lines()
                .anyMatch(line -> line.contains(number) && line.contains(text)));
    }

    private static void assertNotReady(KmsServer server, String check, String reason) {
        assertThat(server.probe("live").status()).as("liveness").isEqualTo(200);

        Reply ready = server.probe("ready");
        assertThat(ready.status()).as("readiness").isEqualTo(503);
        JsonObject named = AdminFace.json(ready).getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .filter(each -> each.getString("name").equals(check))
                .findFirst()
                .orElseThrow();
        assertThat(named.getString("status")).isEqualTo("DOWN");
        assertThat(named.getJsonObject("data").getString("reason"))
                .contains(reason)
                .doesNotContain("Exception");

        Kms kms = new Kms(server);
        Reply answer = kms.csc().post("/keyprov", kms.idm().user(ALICE));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text()).doesNotContain("Exception").doesNotContain(STACK_FRAME);
        assertThat(server.console().lines().filter(line -> line.startsWith(STACK_FRAME)))
                .as("stack frames in the log")
                .isEmpty();
    }

    private static String vaultState(KmsServer server) {
        return AdminFace.object(new Kms(server).officer().get("/status"))
                .getJsonObject("vault")
                .getString("state");
    }

    /** The state of the vault after an operator has given the PIN. */
    private static String activate(KmsServer server, String pin) {
        return AdminFace.object(new Kms(server).officer().post("/vault/activate", Map.of("pin", pin)))
                .getString("state");
    }
}
