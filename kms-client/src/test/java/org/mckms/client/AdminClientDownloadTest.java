package org.mckms.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.StubServer.Reply;

/** Exports, and what else may take long. */
class AdminClientDownloadTest {
    private static TestPki pki;
    private static Path authority;
    private static Path operator;

    @TempDir
    private static Path directory;

    private StubServer server;

    @BeforeAll
    static void makeCertificates() throws Exception {
        pki = new TestPki();
        authority = pki.writeAuthority(directory.resolve("ca.pem"));
        operator = pki.writePkcs12(directory.resolve("operators/officer.p12"), "officer");
    }

    @BeforeEach
    void startServer() {
        server = new StubServer(pki);
        server.answers(request -> Reply.json(200, "{\"state\":\"ACTIVE\"}"));
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void savesAnExportAsItCame() throws Exception {
        server.answers(request -> Reply.text(200, "application/x-ndjson", "{\"a\":1}\n{\"a\":2}\n"));
        Path file = directory.resolve("records.ndjson");

        client().exportAudit(file);

        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/audit/export");
        assertThat(file).hasContent("{\"a\":1}\n{\"a\":2}\n");
    }

    @Test
    void savesAnExportForItsOwnerOnlyAndFollowsNoLink() throws Exception {
        server.answers(request -> Reply.text(200, "application/x-ndjson", "new\n"));
        Path folder = Files.createDirectory(directory.resolve("linked"));
        Path precious = Files.writeString(folder.resolve("precious"), "old, and longer than the export\n");
        Path file = Files.createSymbolicLink(folder.resolve("records.ndjson"), precious);
        Files.createSymbolicLink(folder.resolve(".records.ndjson.part"), precious);

        client().exportAudit(file);

        assertThat(precious).hasContent("old, and longer than the export\n");
        assertThat(file).hasContent("new\n");
        assertThat(Files.isSymbolicLink(file)).isFalse();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".new"));
    }

    @Test
    void replacesALongerExportAsAWhole() throws Exception {
        server.answers(request -> Reply.text(200, "application/x-ndjson", "new\n"));
        Path file = Files.writeString(directory.resolve("again.ndjson"), "old, and longer than the export\n");

        client().exportAudit(file);

        assertThat(file).hasContent("new\n");
    }

    @Test
    void anExportMayTakeLongerThanTheLimitAsLongAsItGoesOn() {
        server.answersInParts(List.of("a\n", "b\n", "c\n", "d\n"), () -> pause(400));
        Path file = directory.resolve("slow.ndjson");

        client(Duration.ofMillis(1000)).exportAudit(file);

        assertThat(file).hasContent("a\nb\nc\nd\n");
    }

    @Test
    void anExportThatDoesNotGoOnFailsAndLeavesNoFile() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.answersInParts(List.of("a\n", "b\n"), () -> pause(end, 60_000));
        Path folder = Files.createDirectory(directory.resolve("stalled"));

        assertThatThrownBy(() -> client(Duration.ofMillis(300)).exportAudit(folder.resolve("records.ndjson")))
                .isInstanceOf(KmsUnreachableException.class)
                .hasMessageContaining("nothing more came from " + server.address());
        end.countDown();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aVerificationHasALimitOfItsOwn() {
        server.answers(request -> {
            pause(400);
            return Reply.json(200, "{\"holds\":true}");
        });
        AdminClient client = client(Duration.ofMillis(200));

        assertThat(client.verifyAudit(Duration.ofMinutes(1)).getBoolean("holds"))
                .isTrue();
        assertThatThrownBy(() -> client.verifyAudit(Duration.ofMillis(200)))
                .isInstanceOf(KmsUnreachableException.class)
                .hasMessageContaining("within 200 ms");
    }

    @Test
    void leavesNoFileBehindWhenAnExportIsRefused() {
        server.answers(request -> Reply.json(403, "{\"error\":{\"code\":4035,\"message\":\"auditors only\"}}"));
        Path file = directory.resolve("refused/records.ndjson");
        assertThat(file.getParent().toFile().mkdir()).isTrue();

        assertThatThrownBy(() -> client().exportAudit(file))
                .isInstanceOf(KmsRefusedException.class)
                .hasMessageContaining("auditors only");
        assertThat(file.getParent()).isEmptyDirectory();
    }

    private static void pause(long millis) {
        pause(new CountDownLatch(1), millis);
    }

    private static void pause(CountDownLatch end, long atMostMillis) {
        try {
            end.await(atMostMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private AdminClient client() {
        return client(TimeLimits.STANDARD.answer());
    }

    private AdminClient client(Duration limit) {
        TlsMaterial tls = TlsMaterial.trusting(authority).withPkcs12(operator, TestPki.PASSWORD.toCharArray());
        return new AdminClient(new ServerEndpoint(server.address(), tls, TimeLimits.STANDARD.withAnswer(limit)));
    }
}
