package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.it.support.Csc;
import org.mckms.it.support.Kms;
import org.mckms.it.support.RawTls;
import org.mckms.it.support.Reply;
import org.mckms.it.support.RunningKms;

/** Who does not finish a request holds a connection and nothing else, and the sizes on which that rests. */
@ExtendWith(RunningKms.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowSenderIT {
    /** More than the worker threads (64) and the requests at work (48) of the listener. */
    private static final int SENDERS = 80;

    /** A thread that waited for a slow sender would come back after 10 s at the earliest. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final String CHUNK = "4000\r\n" + "a".repeat(16384) + "\r\n";
    private static final String LAST_CHUNK = "0\r\n\r\n";

    private final Kms kms;
    private final Csc csc;
    private final RawTls raw;

    SlowSenderIT(Kms kms) {
        this.kms = kms;
        this.csc = kms.csc();
        this.raw = csc.raw();
    }

    static Stream<Arguments> unfinishedBodies() {
        return Stream.of(
                Arguments.of("one octet of 60000", "Content-Length: 60000", "a", "a".repeat(59_999)),
                Arguments.of("five chunks without an end", "Transfer-Encoding: chunked", CHUNK.repeat(5), LAST_CHUNK));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unfinishedBodies")
    void slowSendersWithoutATokenKeepNobodyWaiting(String name, String framing, String begin, String rest)
            throws IOException {
        assertOthersAreAnsweredSoon();
        List<SSLSocket> senders = new ArrayList<>();
        try {
            for (int i = 0; i < SENDERS; i++) {
                senders.add(begin(framing, begin));
            }

            assertOthersAreAnsweredSoon();

            for (SSLSocket sender : List.of(senders.get(0), senders.get(SENDERS - 1))) {
                assertNotAnsweredYet(sender);
                assertThat(finish(sender, rest).status()).isEqualTo(401);
            }
        } finally {
            for (SSLSocket sender : senders) {
                sender.close();
            }
        }
    }

    private SSLSocket begin(String framing, String body) throws IOException {
        SSLSocket socket = raw.connect();
        OutputStream out = socket.getOutputStream();
        out.write(raw.head(List.of("POST " + Csc.ROOT + "/init HTTP/1.1", "Content-Type: application/xml", framing)));
        out.write(body.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return socket;
    }

    private static void assertNotAnsweredYet(SSLSocket socket) throws IOException {
        int limit = socket.getSoTimeout();
        socket.setSoTimeout(1);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(limit);
    }

    private static Reply finish(SSLSocket socket, String rest) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(rest.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return RawTls.answer(socket);
    }

    private void assertOthersAreAnsweredSoon() {
        long begin = System.nanoTime();
        Reply unknown = csc.send(
                csc.to("/init").POST(HttpRequest.BodyPublishers.noBody()).build());
        Duration client = Duration.ofNanos(System.nanoTime() - begin);
        Reply status = kms.officer().get("/status");
        Duration operator = Duration.ofNanos(System.nanoTime() - begin).minus(client);

        assertThat(unknown.status()).isEqualTo(401);
        assertThat(status.status()).isEqualTo(200);
        assertThat(client).isLessThan(SOON);
        assertThat(operator).isLessThan(SOON);
    }

    @Test
    void expectationIsRefusedBeforeTheBody() {
        kms.observe(() -> exchange(List.of("Expect: 100-continue", "Content-Length: 60000"), ""))
                .assertRefusedByHttpLayer(417);
    }

    @ParameterizedTest
    @ValueSource(ints = {64 * 1024 + 1, 80 * 1024})
    void bodyThatIsGatheredAndTooLongIsRefusedByTheApplication(int octets) {
        String body = "a".repeat(octets);
        kms.observe(() -> exchange(List.of("Content-Length: " + octets), body)).assertRefused(413, 413);
        kms.observe(() -> exchange(List.of("Transfer-Encoding: chunked"), chunked(body)))
                .assertRefused(413, 413);
    }

    @Test
    void bodyLongerThanIsGatheredIsRefusedByItsLength() {
        String body = "a".repeat(80 * 1024 + 1);

        kms.observe(() -> exchange(List.of("Content-Length: " + body.length()), body))
                .assertRefusedByHttpLayer(400);
    }

    private Reply exchange(List<String> headers, String body) {
        List<String> lines = new ArrayList<>();
        lines.add("POST " + Csc.ROOT + "/keyprov HTTP/1.1");
        lines.add("Authorization: Bearer " + kms.idm().user("sip:alice@example.org"));
        lines.add("Content-Type: application/xml");
        lines.addAll(headers);
        try {
            return raw.exchange(lines, body.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new AssertionError("not answered: " + headers, e);
        }
    }

    /** In chunks of 16 KiB and a shorter last one (RFC 9112 clause 7.1). */
    private static String chunked(String body) {
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < body.length(); at += 16384) {
            String chunk = body.substring(at, Math.min(at + 16384, body.length()));
            out.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return out.append(LAST_CHUNK).toString();
    }
}
