package org.mckms.csc.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server on loopback whose certificate is made for the run. */
class HttpsJwkSetSourceTest {

    private static final char[] PASSWORD = "test-password".toCharArray();
    private static final Duration GENEROUS = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int MAX_OCTETS = 256 * 1024;

    @TempDir
    static Path folder;

    private static SSLContext tls;

    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpsServer server;

    @BeforeAll
    static void makeCertificate() throws Exception {
        Path file = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=jwks.example.org",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        tls = context(file);
    }

    private static SSLContext context(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    @BeforeEach
    void listen() throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void on(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            requests.incrementAndGet();
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    private HttpsJwkSetSource source(String path, Duration limit) {
        URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + path);
        return new HttpsJwkSetSource(url, limit, HttpClient.newBuilder().sslContext(tls));
    }

    private static void answer(HttpExchange exchange, int status, int octets) throws IOException {
        exchange.sendResponseHeaders(status, octets == 0 ? -1 : octets);
        if (octets > 0) {
            exchange.getResponseBody().write(new byte[octets]);
        }
    }

    @Test
    void readsAnswersUpToTheLimit() throws IOException {
        on("/jwks", exchange -> answer(exchange, 200, MAX_OCTETS));
        assertThat(source("/jwks", GENEROUS).read()).hasSize(MAX_OCTETS);
    }

    @Test
    void givesUpOnALongerAnswer() {
        on("/jwks", exchange -> answer(exchange, 200, MAX_OCTETS + 1));
        assertThatThrownBy(source("/jwks", GENEROUS)::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("262144 octets");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 400, 404, 500, 503})
    void anotherStatusIsNoJwks(int status) {
        on("/jwks", exchange -> answer(exchange, status, status == 204 ? 0 : 10));
        assertThatThrownBy(source("/jwks", GENEROUS)::read)
                .isInstanceOf(IOException.class)
                .hasMessage("status " + status);
    }

    @Test
    void followsNoRedirect() {
        on("/jwks", exchange -> {
            exchange.getResponseHeaders().set("Location", "/other");
            answer(exchange, 302, 0);
        });
        on("/other", exchange -> answer(exchange, 200, 10));
        assertThatThrownBy(source("/jwks", GENEROUS)::read).hasMessage("status 302");
        assertThat(requests).hasValue(1);
    }

    @Test
    void doesNotWaitForHeadersForEver() {
        on("/jwks", exchange -> awaitEnd());
        assertGivesUp(source("/jwks", SHORT));
    }

    @Test
    void doesNotWaitForABodyThatTrickles() {
        on("/jwks", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            do {
                out.write(' ');
                out.flush();
            } while (!end(10));
        });
        assertGivesUp(source("/jwks", SHORT));
    }

    @Test
    void doesNotWaitForAHandshakeForEver() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("https://127.0.0.1:" + silent.getLocalPort() + "/jwks");
            assertGivesUp(
                    new HttpsJwkSetSource(url, SHORT, HttpClient.newBuilder().sslContext(tls)));
        }
    }

    @Test
    void trustsOnlyWhomTheTrustStoreHas() {
        on("/jwks", exchange -> answer(exchange, 200, 10));
        URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/jwks");
        assertThatThrownBy(new HttpsJwkSetSource(url)::read).isInstanceOf(IOException.class);
        assertThat(requests).hasValue(0);
    }

    @Test
    void checksTheHostName() {
        on("/jwks", exchange -> answer(exchange, 200, 10));
        URI url = URI.create("https://localhost:" + server.getAddress().getPort() + "/jwks");
        HttpsJwkSetSource source =
                new HttpsJwkSetSource(url, GENEROUS, HttpClient.newBuilder().sslContext(tls));
        assertThatThrownBy(source::read).isInstanceOf(IOException.class);
        assertThat(requests).hasValue(0);
    }

    private static void assertGivesUp(HttpsJwkSetSource source) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> assertThatThrownBy(source::read).isInstanceOf(IOException.class));
    }

    private void awaitEnd() {
        end(Duration.ofMinutes(1).toMillis());
    }

    private boolean end(long millis) {
        try {
            return end.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
