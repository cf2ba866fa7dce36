package org.mckms.platform.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.config.AddressBlock;

class HttpsCallbacksTest {

    private static final String NAME = "receiver.example.org";
    private static final Octets BODY = Octets.ofAscii("<notification/>");
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(600);

    private static TlsReceiver receiver;
    private static ScheduledExecutorService timer;

    @BeforeAll
    static void start() throws Exception {
        receiver = new TlsReceiver(NAME);
        timer = Executors.newScheduledThreadPool(1);
    }

    @AfterAll
    static void stop() throws Exception {
        receiver.close();
        timer.shutdownNow();
    }

    private static HttpsCallbacks callbacks(Duration limit, String... allowed) {
        return callbacks(limit, receiver::trusting, allowed);
    }

    private static HttpsCallbacks callbacks(Duration limit, Supplier<SSLContext> tls, String... allowed) {
        return new HttpsCallbacks(
                new NetworkCallbackPolicy(
                        List.of(allowed).stream()
                                .map(text -> AddressBlock.parse(text).orElseThrow())
                                .toList(),
                        host -> List.of(InetAddress.getLoopbackAddress())),
                tls,
                limit,
                timer);
    }

    private static CallbackAnswer post(HttpsCallbacks callbacks, String host) {
        return callbacks.post(
                CallbackAddress.of("https://" + host + ":" + receiver.port() + "/notify/me?a=%20b"),
                "application/xml",
                BODY,
                Map.of("X-Number", "7"));
    }

    private static CallbackAnswer post() {
        return post(callbacks(LIMIT, "127.0.0.0/8"), NAME);
    }

    private static String failure(CallbackAnswer answer) {
        assertThat(answer).isInstanceOf(CallbackAnswer.Failure.class);
        assertThat(answer.asDelivery()).isInstanceOf(DeliveryResult.Retry.class);
        return ((CallbackAnswer.Failure) answer).reason();
    }

    @Test
    void sendsOneRequestAndReadsTheStatus() {
        receiver.requests.clear();
        receiver.answer("HTTP/1.1 204 No Content\r\n\r\n");

        assertThat(post()).isEqualTo(new CallbackAnswer.Status(204));
        assertThat(receiver.requests)
                .containsExactly("POST /notify/me?a=%20b HTTP/1.1\r\nHost: " + NAME + ":" + receiver.port()
                        + "\r\nUser-Agent: mckms\r\nContent-Type: application/xml\r\nContent-Length: 15\r\n"
                        + "Connection: close\r\nX-Number: 7\r\n\r\n<notification/>");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 299})
    void takesEverySuccessAsDelivery(int status) {
        receiver.answer("HTTP/1.1 " + status + " x\r\n\r\n");
        assertThat(post().asDelivery()).isInstanceOf(DeliveryResult.Delivered.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 401, 404, 429, 500, 503, 599})
    void takesNoOtherStatusAsDelivery(int status) {
        receiver.requests.clear();
        receiver.answer("HTTP/1.1 " + status + " x\r\nLocation: https://" + NAME + ":" + receiver.port() + "/\r\n\r\n");

        assertThat(post().asDelivery()).isEqualTo(DeliveryResult.retry("the receiver answered " + status));
        assertThat(receiver.requests).hasSize(1);
    }

    @Test
    void endsADeliveryToAReceiverThatIsGone() {
        receiver.answer("HTTP/1.1 410 Gone\r\n\r\n");
        assertThat(post().asDelivery()).isInstanceOf(DeliveryResult.Dead.class);
    }

    @Test
    void passesOverInterimAnswers() {
        receiver.answer("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.0 200\r\n\r\n");
        assertThat(post()).isEqualTo(new CallbackAnswer.Status(200));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "HTTP/1.1 200",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 099 x\r\n\r\n",
                "HTTP/1.1 600 x\r\n\r\n",
                "HTTP/1.1 2000 x\r\n\r\n",
                "HTTP/1.1  200 OK\r\n\r\n",
                "SSH-2.0-OpenSSH_9.9\r\n",
                "200 OK\r\n\r\n"
            })
    void takesGarbageForAFailure(String octets) {
        receiver.answer(octets);
        failure(post());
    }

    @Test
    void readsSoManyOctetsAndNoMore() {
        receiver.answer("HTTP/1.1 100 Continue\r\nX: " + "y".repeat(20_000) + "\r\n\r\nHTTP/1.1 200 OK\r\n\r\n");
        assertThat(failure(post())).contains("does not come to its status");
    }

    @Test
    void doesNotWaitForABodyWithoutEnd() {
        receiver.answer(out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(new byte[1024]);
            }
        });
        assertThat(post()).isEqualTo(new CallbackAnswer.Status(200));
    }

    @Test
    void readsTheContentOfASuccessWhoseLengthIsGiven() {
        receiver.answer("HTTP/1.1 200 OK\r\nX: 1\r\ncontent-length: 4\r\n\r\n<a/>more");
        assertThat(post()).isEqualTo(new CallbackAnswer.Status(200, Octets.ofAscii("<a/>")));
        receiver.answer("HTTP/1.1 503 no\r\nContent-Length: 4\r\n\r\n<a/>");
        assertThat(post()).isEqualTo(new CallbackAnswer.Status(503));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 99999\r\n\r\n<a/>",
                "Content-Length: 16384\r\n\r\n<a/>",
                "Content-Length: -4\r\n\r\n<a/>",
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<a/>\r\n0\r\n\r\n",
                "Content-Length: 4\r\nContent-Encoding: gzip\r\n\r\n<a/>",
                "Content-Len"
            })
    void contentThatCannotBeReadLeavesADelivery(String rest) {
        receiver.answer("HTTP/1.1 200 OK\r\n" + rest);
        assertThat(post()).isEqualTo(new CallbackAnswer.Status(200));
    }

    @Test
    void boundsTheWholeExchangeWithAReceiverThatDrips() {
        CountDownLatch never = new CountDownLatch(1);
        receiver.answer(out -> {
            for (char octet : "HTTP/1.1 100 Continue\r\n".repeat(100).toCharArray()) {
                out.write(octet);
                out.flush();
                never.await(50, TimeUnit.MILLISECONDS);
            }
        });
        Instant begin = Instant.now();
        assertThat(failure(post(callbacks(SHORT, "127.0.0.0/8"), NAME))).contains("did not answer within 600 ms");
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void boundsAHandshakeThatNeverComes() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CallbackAnswer answer = callbacks(SHORT, "127.0.0.0/8")
                    .post(
                            CallbackAddress.of("https://" + NAME + ":" + silent.getLocalPort()),
                            "application/xml",
                            BODY,
                            Map.of());
            assertThat(failure(answer)).contains("did not answer within 600 ms");
        }
    }

    @Test
    void tellsOfAReceiverThatIsDown() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        failure(callbacks(LIMIT, "127.0.0.0/8")
                .post(CallbackAddress.of("https://" + NAME + ":" + port), "application/xml", BODY, Map.of()));
    }

    @Test
    void speaksOnlyToTheNameThatWasAskedFor() {
        receiver.requests.clear();
        receiver.answer("HTTP/1.1 200 OK\r\n\r\n");
        assertThat(failure(post(callbacks(LIMIT, "127.0.0.0/8"), "other.example.org")))
                .contains("no TLS connection");
        assertThat(receiver.requests).isEmpty();
    }

    @Test
    void speaksOnlyToWhomItTrusts() {
        receiver.requests.clear();
        assertThat(failure(post(callbacks(LIMIT, HttpsCallbacksTest::publicTrust, "127.0.0.0/8"), NAME)))
                .contains("no TLS connection");
        assertThat(receiver.requests).isEmpty();
    }

    private static SSLContext publicTrust() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void doesNotConnectToWhereThePolicyForbids() {
        receiver.requests.clear();
        CallbackAnswer answer = post(callbacks(LIMIT, "10.0.0.0/8"), NAME);
        assertThat(answer).isInstanceOf(CallbackAnswer.Refused.class);
        assertThat(answer.asDelivery()).isInstanceOf(DeliveryResult.Dead.class);
        assertThat(receiver.requests).isEmpty();
    }

    @Test
    void sendsNothingOnASocketThatLedElsewhere() {
        receiver.requests.clear();
        CallbackPolicy rebound = new CallbackPolicy() {
            @Override
            public void require(CallbackAddress address) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<InetAddress> resolve(CallbackAddress address) {
                return List.of(InetAddress.getLoopbackAddress());
            }

            @Override
            public boolean allows(InetAddress address) {
                return false;
            }
        };
        assertThat(post(new HttpsCallbacks(rebound, receiver::trusting, LIMIT, timer), NAME))
                .isInstanceOf(CallbackAnswer.Refused.class);
        assertThat(receiver.requests).isEmpty();
    }

    @Test
    void waitsForAHostWithoutAddress() {
        HttpsCallbacks callbacks = new HttpsCallbacks(
                new NetworkCallbackPolicy(List.of(), host -> List.of()), receiver::trusting, LIMIT, timer);
        assertThat(failure(post(callbacks, NAME))).contains("no address");
    }

    @Test
    void writesNoFieldThatWouldBecomeTwo() {
        assertThatThrownBy(() -> callbacks(LIMIT, "127.0.0.0/8")
                        .post(CallbackAddress.of("https://" + NAME), "text/plain\r\nX: y", BODY, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
