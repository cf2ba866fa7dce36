package org.mckms.kms.infrastructure.cek;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.TimeLimits;
import org.mckms.kms.domain.cek.McServerChannel;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.config.TlsFiles;
import org.mckms.platform.delivery.TlsReceiver;

class HttpsMcServerChannelTest {

    private static final byte[] DOCUMENT = "<SignedKmsResponse/>".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private TlsReceiver server;
    private McServerChannel channel;

    @BeforeEach
    void aServer() throws Exception {
        server = new TlsReceiver("localhost");
        server.writePem(folder);
        Files.copy(folder.resolve("own.pem"), folder.resolve("trust.pem"));
        channel = new HttpsMcServerChannel(
                new TlsFiles(folder.resolve("own.pem"), folder.resolve("own.key"), folder.resolve("trust.pem")),
                new TimeLimits(Duration.ofSeconds(5), Duration.ofSeconds(3)));
    }

    @AfterEach
    void end() throws Exception {
        server.close();
    }

    private McServerChannel.Answer post() {
        return post(server);
    }

    private McServerChannel.Answer post(TlsReceiver to) {
        return channel.post("https://localhost:" + to.port() + "/cek/push", DOCUMENT);
    }

    private static void assertFailed(McServerChannel.Answer answer, String why) {
        assertThat(answer).isInstanceOfSatisfying(McServerChannel.Failed.class, failed -> assertThat(failed.why())
                .contains(why));
    }

    private static String answer(int status, String body) {
        return "HTTP/1.1 " + status + " x\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body;
    }

    @Test
    void bringsTheDocumentAndTheAnswer() {
        server.answer(answer(200, "acknowledged"));

        assertThat(post()).isEqualTo(new McServerChannel.Taken(Octets.ofUtf8("acknowledged")));
        assertThat(server.requests).hasSize(1);
        assertThat(server.requests.get(0))
                .startsWith("POST /cek/push HTTP/1.1\r\n")
                .contains("Content-Type: application/xml\r\n")
                .endsWith("\r\n\r\n<SignedKmsResponse/>");
    }

    @Test
    void everyOtherStatusIsAFailure() {
        for (int status : new int[] {201, 204, 302, 400, 500, 503}) {
            server.answer(answer(status, ""));
            assertFailed(post(), "the server answered " + status);
        }
    }

    @Test
    void noAnswerInTimeIsAFailure() {
        CountDownLatch held = new CountDownLatch(1);
        server.answer(out -> held.await());
        assertFailed(post(), "within 3000 ms");
        held.countDown();
    }

    @Test
    void anAnswerThatIsTooLargeIsAFailure() {
        server.answer(answer(200, "x".repeat(65_537)));
        assertFailed(post(), "");
    }

    @Test
    void aServerThatIsDownIsAFailure() throws Exception {
        server.close();
        assertFailed(post(), "no connection");
    }

    @Test
    void nobodyElseIsTrusted() throws Exception {
        try (TlsReceiver other = new TlsReceiver("localhost")) {
            other.answer(answer(200, "acknowledged"));
            assertFailed(post(other), "no TLS connection");
            assertThat(other.requests).isEmpty();
        }
    }

    @Test
    void aTrustedServerUnderAnotherNameIsNone() throws Exception {
        try (TlsReceiver other = new TlsReceiver("other.example.org")) {
            other.answer(answer(200, "acknowledged"));
            other.writePem(folder);
            Files.copy(folder.resolve("own.pem"), folder.resolve("trust.pem"), StandardCopyOption.REPLACE_EXISTING);
            assertFailed(post(other), "no TLS connection");
            assertThat(other.requests).isEmpty();
        }
    }

    @Test
    void filesThatAreReplacedAreReadAnew() throws Exception {
        server.answer(answer(200, "one"));
        post();
        Files.writeString(folder.resolve("trust.pem"), "no certificate");
        Files.setLastModifiedTime(
                folder.resolve("trust.pem"), FileTime.from(Instant.now().plusSeconds(60)));
        assertFailed(post(), "trust.pem");
    }
}
