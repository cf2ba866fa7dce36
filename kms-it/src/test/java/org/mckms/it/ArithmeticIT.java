package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.Await;
import org.mckms.it.support.KeySet;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.KmsServer;
import org.mckms.it.support.KmsServer.Variant;
import org.mckms.it.support.RootCertificate;

/**
 * Which arithmetic calculates in a server that is started as in operation: vectors where JDK, build and processor have them, else the
 * scalar one with the reason in one line. The keys are the same.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArithmeticIT {
    private static final String ALICE = "sip:alice@example.org";
    private static final int VECTOR_JDK = 25;
    private static final Duration TRIAL_LIMIT = Duration.ofSeconds(120);

    private Kms kms;
    private KeySet early;
    private List<String> told;

    @BeforeAll
    void waitForTheChoice() {
        kms = Kms.start(KmsHome.make("arithmetic"), Map.of("origin", "derived"), Variant.AS_BUILT.asInOperation());
        early = keySet();
        Await.that("a core is chosen", TRIAL_LIMIT, () -> !choices().isEmpty());
        told = choices();
    }

    @AfterAll
    void stop() {
        if (kms != null) {
            kms.close();
        }
    }

    @Test
    void oneLineOfTheLogSaysWhichCoreCalculatesAndWhy() throws IOException {
        assertThat(told).hasSize(1);
        assertThat(told.get(0)).containsPattern(expected());
    }

    @Test
    void statusAndProbeSayTheSame() {
        String status = AdminFace.object(kms.officer().get("/status")).getString("arithmetic");
        assertThat(told.get(0)).endsWith(status);
        assertThat(kms.server().probe("ready").text())
                .contains("\"arithmetic\"")
                .contains(status);
    }

    @Test
    void keysAreTheSameByEitherCoreAndHold() {
        RootCertificate root = kms.rootCertificate();
        early.assertHoldsUnder(root);
        KeySet late = keySet();
        late.assertHoldsUnder(root);
        assertThat(late).isEqualTo(early);
    }

    private KeySet keySet() {
        return KeySet.onlyOf(kms.csc().post("/keyprov", kms.idm().user(ALICE)));
    }

    private List<String> choices() {
        return kms.server()
                .console()
                .lines()
                .filter(line -> line.contains("KMS000050"))
                .toList();
    }

    private static String expected() throws IOException {
        boolean built = isVectorCoreInTheApplication();
        if (Runtime.version().feature() < VECTOR_JDK) {
            return built ? "core 'scalar': .*newer JDK" : "core 'scalar': no other core is installed";
        }
        if (!built) {
            return "core 'scalar': no other core is installed";
        }
        return hasWideVectors() ? "core 'vector.*': warm after" : "core 'scalar': .*512";
    }

    private static boolean isVectorCoreInTheApplication() throws IOException {
        try (ZipFile ear = new ZipFile(KmsServer.EAR.toFile())) {
            return ear.stream().anyMatch(entry -> entry.getName().startsWith("lib/org.mckms-mikey-sakke-vector-"));
        }
    }

    private static boolean hasWideVectors() throws IOException {
        Path cpu = Path.of("/proc/cpuinfo");
        return Files.isReadable(cpu) && Files.readString(cpu).contains(" avx512dq ");
    }
}
