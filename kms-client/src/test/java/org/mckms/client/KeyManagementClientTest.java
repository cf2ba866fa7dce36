package org.mckms.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mckms.client.TestDomain.ALICE;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.RequestStyle.Requester;
import org.mckms.client.RequestStyle.UriForm;
import org.mckms.client.StubServer.Reply;
import org.mckms.client.StubServer.Request;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.RequestLeniency;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsError;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsRequest;

class KeyManagementClientTest {
    private static TestPki pki;
    private static Path authority;

    @TempDir
    private static Path directory;

    private StubServer server;

    @BeforeAll
    static void makeAuthority() throws Exception {
        pki = new TestPki();
        authority = pki.writeAuthority(directory.resolve("ca.pem"));
    }

    @BeforeEach
    void startServer() {
        server = new StubServer(pki);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void sendsAnEmptyPostWithTokenAndMediaTypes() {
        server.answers(request -> Reply.xml(200, TestDomain.initDocument()));

        try (ReceivedAnswer<KmsInit> answer = client(RequestStyle.STANDARD).init()) {
            assertThat(answer.message().certificate()).isEqualTo(TestDomain.certificate());
        }

        Request request = server.lastRequest();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/keymanagement/identity/v1/init");
        assertThat(request.body()).isEmpty();
        assertThat(request.header("Content-Length")).contains("0");
        assertThat(request.header("Content-Type")).contains("application/xml");
        assertThat(request.header("Accept")).contains("application/xml");
        assertThat(request.headers().get("Authorization")).containsExactly("Bearer the.access.token");
        assertThat(request.client()).isEmpty();
    }

    @Test
    void writesUriAndTimeIntoThePath() {
        server.answers(request -> Reply.xml(200, TestDomain.keyProvDocument(TestDomain.keysOf(ALICE))));
        KeyManagementClient client = client(RequestStyle.STANDARD);

        client.keyProvision().close();
        assertThat(server.lastRequest().target()).isEqualTo("/keymanagement/identity/v1/keyprov");
        client.keyProvision(ALICE).close();
        assertThat(server.lastRequest().target())
                .isEqualTo("/keymanagement/identity/v1/keyprov/sip%3Aalice%40example.org");
        client.keyProvision("sip:a/b?c#d é@example.org").close();
        assertThat(server.lastRequest().target())
                .isEqualTo("/keymanagement/identity/v1/keyprov/sip%3Aa%2Fb%3Fc%23d%20%C3%A9%40example.org");
        client.keyProvision(ALICE, NtpTimestamp.parse("d6b4323200000000")).close();
        assertThat(server.lastRequest().target())
                .isEqualTo("/keymanagement/identity/v1/keyprov/sip%3Aalice%40example.org/D6B4323200000000");
    }

    @Test
    void appendsTheUriAsItIsWhenToldTo() {
        server.answers(request -> Reply.xml(200, TestDomain.keyProvDocument(TestDomain.keysOf(ALICE))));

        client(RequestStyle.STANDARD.withUriForm(UriForm.RAW))
                .keyProvision(ALICE)
                .close();

        assertThat(server.lastRequest().target()).isEqualTo("/keymanagement/identity/v1/keyprov/sip:alice@example.org");
    }

    @Test
    void sendsNothingWhenARawUriCannotStandInAPath() {
        KeyManagementClient client = client(RequestStyle.STANDARD.withUriForm(UriForm.RAW));

        assertThatThrownBy(() -> client.keyProvision("sip:a b@example.org")).isInstanceOf(KmsClientException.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void sendsABodyThatNamesRequesterAndResource() {
        server.answers(request -> Reply.xml(200, TestDomain.keyProvDocument(TestDomain.keysOf(ALICE))));

        client(RequestStyle.STANDARD.withBody(new Requester(ALICE, TestDomain.KMS_URI)))
                .keyProvision(ALICE)
                .close();

        KmsRequest body = KmsRequestCodec.read(server.lastRequest().body(), RequestLeniency.STANDARD)
                .request();
        assertThat(body.userUri()).isEqualTo(ALICE);
        assertThat(body.kmsUri()).isEqualTo(TestDomain.KMS_URI);
        assertThat(body.time()).isEqualTo(TestDomain.NOW);
        assertThat(body.clientReqUrl())
                .isEqualTo(server.address() + server.lastRequest().target());
    }

    @Test
    void asksForCertificatesWithAndWithoutANumber() {
        server.answers(request -> Reply.xml(200, TestDomain.document(new KmsCertCache(OptionalLong.of(4), List.of()))));

        try (ReceivedAnswer<KmsCertCache> answer = client(RequestStyle.STANDARD).certCache(3)) {
            assertThat(server.lastRequest().target()).isEqualTo("/keymanagement/identity/v1/certcache/3");
            assertThat(answer.message().cacheNum()).hasValue(4);
        }
        client(RequestStyle.STANDARD).certCache().close();
        assertThat(server.lastRequest().target()).isEqualTo("/keymanagement/identity/v1/certcache");
    }

    @Test
    void tellsStatusCodeAndTextOfARefusal() {
        server.answers(request -> Reply.xml(403, TestDomain.document(new KmsError(4034, "alice is blocked"))));

        KmsRefusedException refused = catchThrowableOfType(
                KmsRefusedException.class, () -> client(RequestStyle.STANDARD).keyProvision());

        assertThat(refused.httpStatus()).isEqualTo(403);
        assertThat(refused.code()).hasValue(4034);
        assertThat(refused.text()).isEqualTo("alice is blocked");
    }

    @Test
    void readsTheReasonOfA401FromTheChallenge() {
        server.answers(request -> new Reply(
                401,
                Map.of(
                        "WWW-Authenticate",
                        "Bearer error=\"invalid_token\", error_description=\"the token is expired\""),
                new byte[0]));

        KmsRefusedException refused = catchThrowableOfType(
                KmsRefusedException.class, () -> client(RequestStyle.STANDARD).init());

        assertThat(refused.httpStatus()).isEqualTo(401);
        assertThat(refused.code()).isEmpty();
        assertThat(refused.text()).isEqualTo("invalid_token, the token is expired");
    }

    @Test
    void takesARefusalWithoutXmlAsARefusal() {
        server.answers(request -> Reply.text(502, "text/html", "<html>bad gateway</html>"));

        KmsRefusedException refused = catchThrowableOfType(
                KmsRefusedException.class, () -> client(RequestStyle.STANDARD).init());

        assertThat(refused.httpStatus()).isEqualTo(502);
        assertThat(refused.code()).isEmpty();
    }

    @Test
    void takesAnErrorInASuccessfulAnswerAsARefusal() {
        server.answers(request -> Reply.xml(200, TestDomain.document(new KmsError(404, "no such certificate"))));

        KmsRefusedException refused = catchThrowableOfType(
                KmsRefusedException.class, () -> client(RequestStyle.STANDARD).init());

        assertThat(refused.httpStatus()).isEqualTo(200);
        assertThat(refused.code()).hasValue(404);
    }

    @Test
    void refusesAnswersThatAreNone() {
        server.answers(request -> Reply.xml(200, "<KmsResponse/>".getBytes()));
        assertThatThrownBy(() -> client(RequestStyle.STANDARD).init()).isInstanceOf(KmsAnswerException.class);

        server.answers(request -> Reply.xml(200, new byte[0]));
        assertThatThrownBy(() -> client(RequestStyle.STANDARD).init()).isInstanceOf(KmsAnswerException.class);

        server.answers(request -> Reply.xml(200, TestDomain.initDocument()));
        assertThatThrownBy(() -> client(RequestStyle.STANDARD).keyProvision())
                .isInstanceOf(KmsAnswerException.class)
                .hasMessageContaining("KmsKeyProv");
    }

    @Test
    void stopsReadingAnEndlessAnswer() {
        server.answers(request -> Reply.xml(200, new byte[5 * 1024 * 1024]));

        assertThatThrownBy(() -> client(RequestStyle.STANDARD).init())
                .isInstanceOf(KmsAnswerException.class)
                .hasMessageContaining("larger than");
    }

    @Test
    void doesNotFollowRedirects() {
        server.answers(request -> new Reply(302, Map.of("Location", "https://localhost/elsewhere"), new byte[0]));

        assertThatThrownBy(() -> client(RequestStyle.STANDARD).init())
                .isInstanceOf(KmsRefusedException.class)
                .hasMessageContaining("302");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void givesUpAtTheTimeLimit() {
        CountDownLatch end = new CountDownLatch(1);
        server.answers(request -> {
            await(end);
            return Reply.xml(200, TestDomain.initDocument());
        });
        TimeLimits limits = TimeLimits.STANDARD.withAnswer(Duration.ofMillis(200));

        try {
            assertThatThrownBy(() -> client(server.address(), TlsMaterial.trusting(authority), limits)
                            .init())
                    .isInstanceOf(KmsUnreachableException.class)
                    .hasMessageContaining("200 ms");
        } finally {
            end.countDown();
        }
    }

    @Test
    void doesNotSpeakWithAServerOfAnotherAuthority() throws Exception {
        Path other = new TestPki().writeAuthority(directory.resolve("other-ca.pem"));

        assertThatThrownBy(() -> client(server.address(), TlsMaterial.trusting(other), TimeLimits.STANDARD)
                        .init())
                .isInstanceOf(KmsUnreachableException.class)
                .hasMessageContaining("TLS");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void doesNotSpeakWithAServerOfAnotherName() {
        URI byAddress = URI.create("https://127.0.0.1:" + server.address().getPort());

        assertThatThrownBy(() -> client(byAddress, TlsMaterial.trusting(authority), TimeLimits.STANDARD)
                        .init())
                .isInstanceOf(KmsUnreachableException.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void saysWhenNobodyListens() {
        URI address = server.address();
        server.close();

        assertThatThrownBy(() -> client(address, TlsMaterial.trusting(authority), TimeLimits.STANDARD)
                        .init())
                .isInstanceOf(KmsUnreachableException.class)
                .hasMessageContaining("no connection");
    }

    @Test
    void showsTheCertificateOfAServer() throws Exception {
        server.answers(request -> Reply.xml(200, TestDomain.initDocument()));
        Path key = pki.writePkcs12(directory.resolve("servers/mcptt-server.p12"), "mcptt-server");
        TlsMaterial tls = TlsMaterial.trusting(authority).withPkcs12(key, TestPki.PASSWORD.toCharArray());

        client(server.address(), tls, TimeLimits.STANDARD).init().close();

        assertThat(server.lastRequest().client()).contains("mcptt-server");
    }

    @Test
    void savesTheDocumentAsItCameForItsOwnerOnly() throws Exception {
        byte[] document = TestDomain.keyProvDocument(TestDomain.keysOf(ALICE));
        server.answers(request -> Reply.xml(200, document));
        Path file = directory.resolve("alice.xml");
        Files.writeString(file, "older content");

        try (ReceivedAnswer<KmsKeyProv> answer = client(RequestStyle.STANDARD).keyProvision()) {
            answer.save(file);
            assertThat(answer.toString())
                    .doesNotContain(TestDomain.keysOf(ALICE).ssk());
        }

        assertThat(Files.readAllBytes(file)).isEqualTo(document);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void wipesKeysWhenAnAnswerIsClosed() {
        server.answers(request -> Reply.xml(200, TestDomain.keyProvDocument(TestDomain.keysOf(ALICE))));
        ReceivedAnswer<KmsKeyProv> answer = client(RequestStyle.STANDARD).keyProvision();

        answer.close();

        assertThatThrownBy(() -> answer.message().keySets().get(0).ssk().use(octets -> octets.length))
                .isInstanceOf(IllegalStateException.class);
    }

    private KeyManagementClient client(RequestStyle style) {
        return new KeyManagementClient(
                new ServerEndpoint(server.address(), TlsMaterial.trusting(authority), TimeLimits.STANDARD),
                () -> "the.access.token",
                style,
                TestDomain.CLOCK);
    }

    private static KeyManagementClient client(URI address, TlsMaterial tls, TimeLimits limits) {
        return new KeyManagementClient(
                new ServerEndpoint(address, tls, limits), () -> "token", RequestStyle.STANDARD, TestDomain.CLOCK);
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
