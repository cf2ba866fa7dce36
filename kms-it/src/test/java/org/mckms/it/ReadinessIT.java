package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.mckms.it.support.Csc;
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

    @Test
    void wrongPinLeavesTheServerUpAndNotReady() {
        KmsHome home = KmsHome.make("wrong-pin");
        home.write("pin", "not-the-pin");

        try (KmsServer server = KmsServer.launch(home)) {
            server.awaitLive();

            assertNotReady(server, "hsm", 503, "PIN");
        }
    }

    @Test
    void missingTokenLeavesTheServerUpAndNotReady() throws IOException {
        KmsHome home = KmsHome.make("missing-token");
        Path tokens = home.dir().resolve("hsm/tokens");
        Files.move(tokens, home.dir().resolve("hsm/elsewhere"));

        try (KmsServer server = KmsServer.launch(home)) {
            server.awaitLive();

            assertNotReady(server, "hsm", 503, "token");
        }
    }

    @Test
    void missingDatabaseLeavesTheServerUpAndNotReady() {
        KmsHome home = KmsHome.make("missing-database");
        String nowhere = "jdbc:h2:tcp://127.0.0.1:1/kms";

        try (KmsServer server = KmsServer.launch(home, Variant.AS_BUILT.withEnvironment("KMS_DB_URL", nowhere))) {
            server.awaitLive();

            assertNotReady(server, "database", 503, "database");
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

    private static void assertNotReady(KmsServer server, String named, int status, String inLog) {
        assertThat(server.probe("live").status()).as("liveness").isEqualTo(200);
        Reply ready = server.probe("ready");
        assertThat(ready.status()).as("readiness").isEqualTo(503);
        assertThat(ready.text()).containsIgnoringCase(named).doesNotContain("Exception");

        Kms kms = new Kms(server);
        Csc csc = kms.csc();
        Reply answer = csc.post("/keyprov", kms.idm().user(ALICE));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text())
                .doesNotContain("Exception")
                .doesNotContain("\tat ")
                .doesNotContain("UserDecryptKey");
        assertThat(server.console()).containsIgnoringCase(inLog).doesNotContain("\tat ");
    }
}
