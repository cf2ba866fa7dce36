package org.mckms.csc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.csc.token.TestSettings;
import org.mckms.kms.application.AnswerForm;
import org.mckms.kms.application.CertCacheRequest;
import org.mckms.kms.application.CertificateCache;
import org.mckms.kms.application.CertificateOfKms;
import org.mckms.kms.application.CertificateRequest;
import org.mckms.kms.application.Discovery;
import org.mckms.kms.application.InitRequest;
import org.mckms.kms.application.KeyProvisioning;
import org.mckms.kms.application.KmsInitialisation;
import org.mckms.kms.application.LookupRequest;
import org.mckms.kms.application.RedirectUpload;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.ProvisioningRequest;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsResponse;

class KeyManagementServletTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String ALICE = "sip:alice@example.org";
    private static final AuthenticatedIdentity CALLER =
            new AuthenticatedIdentity(ClientKind.MC_CLIENT, List.of(ALICE), "main", "alice", "app", "192.0.2.1");

    private final RecordingAudit audit = new RecordingAudit();
    private final FakeExchange exchange = new FakeExchange()
            .attribute(
                    Admission.class.getName(),
                    new Admission(CALLER, TestSettings.token(NOW), Admission.KEY_MANAGEMENT));
    private RuntimeException failure;
    private ProvisioningRequest provisioned;
    private CertCacheRequest cached;
    private InitRequest initialised;
    private CertificateRequest asked;
    private LookupRequest lookedUp;
    private RedirectUpload uploaded;

    private void serve() throws IOException {
        new KeyManagementServlet(
                        new CscUseCases(initialisation(), provisioning(), cache(), certificates(), discovery()),
                        true,
                        new CscExchange(
                                TestSettings.site(),
                                new CscAnswers(TestSettings.site(), audit, CLOCK),
                                WorkLimit.standard(),
                                new RequestBody(() -> 0)))
                .service(exchange.request(), exchange.response());
    }

    private static KmsResponse answer() {
        return new KmsResponse(
                ALICE,
                "kms.example.org",
                NOW,
                Optional.empty(),
                "https://kms.example.org/x",
                new KmsCertCache(OptionalLong.of(7), List.of()));
    }

    private KmsInitialisation initialisation() {
        return new KmsInitialisation() {
            @Override
            public KmsResponse initialise(AuthenticatedIdentity caller, InitRequest request, AnswerForm form) {
                initialised = request;
                return answer();
            }
        };
    }

    private KeyProvisioning provisioning() {
        return new KeyProvisioning() {
            @Override
            public KmsResponse provision(AuthenticatedIdentity caller, ProvisioningRequest request, AnswerForm form) {
                provisioned = request;
                throw failure == null ? new KmsException(KmsErrorCode.FORBIDDEN_IDENTITY, "not yours") : failure;
            }
        };
    }

    private CertificateCache cache() {
        return new CertificateCache() {
            @Override
            public KmsResponse newerThan(AuthenticatedIdentity caller, CertCacheRequest request, AnswerForm form) {
                cached = request;
                return answer();
            }
        };
    }

    private CertificateOfKms certificates() {
        return new CertificateOfKms() {
            @Override
            public KmsResponse certificate(AuthenticatedIdentity caller, CertificateRequest request, AnswerForm form) {
                asked = request;
                return answer();
            }
        };
    }

    private Discovery discovery() {
        return new Discovery() {
            @Override
            public KmsResponse lookup(AuthenticatedIdentity caller, LookupRequest request, AnswerForm form) {
                lookedUp = request;
                return answer();
            }

            @Override
            public KmsResponse receiveRedirects(AuthenticatedIdentity caller, RedirectUpload upload, AnswerForm form) {
                uploaded = upload;
                return answer();
            }
        };
    }

    @Test
    void handsOnTheUriOfAnotherKms() throws IOException {
        exchange.path = CscPath.ROOT + "/cert/https:%2F%2Fkms.partner.example";
        serve();
        assertThat(exchange.status).isEqualTo(200);
        assertThat(asked.kmsUri()).isEqualTo("https://kms.partner.example");
        assertThat(initialised).isNull();
    }

    @Test
    void handsOnWhomToLookUpAndItsDomain() throws IOException {
        exchange.path = CscPath.ROOT + "/lookup/sip%3Abob%40partner.example";
        serve();
        assertThat(lookedUp.userUri()).isEqualTo("sip:bob@partner.example");
        assertThat(lookedUp.domain()).contains("partner.example");
    }

    @Test
    void handsOnAnUploadOfRedirects() throws IOException {
        exchange.path = CscPath.ROOT + "/redirect";
        serve();
        assertThat(uploaded.requestUrl()).endsWith("/redirect");
        assertThat(initialised).isNull();
    }

    @Test
    void answersAnEmptyPostAsAPublicClientSendsIt() throws IOException {
        exchange.header("Content-Type", "application/xml").header("Accept", "application/xml");
        exchange.announcedLength = 0;
        serve();
        assertThat(exchange.status).isEqualTo(200);
        assertThat(exchange.answered)
                .containsEntry("Content-Type", "application/xml; charset=UTF-8")
                .containsEntry("Content-Length", Integer.toString(exchange.written.size()))
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("X-Content-Type-Options", "nosniff");
        assertThat(KmsResponseCodec.decode(exchange.written.toByteArray())).isEqualTo(answer());
        assertThat(initialised.body()).isEmpty();
        assertThat(initialised.requestUrl()).isEqualTo("https://kms.example.org/keymanagement/identity/v1/init");
        assertThat(audit.refused).isEmpty();
    }

    @Test
    void answersInTextXmlIfAsked() throws IOException {
        exchange.header("Accept", "text/xml");
        serve();
        assertThat(exchange.answered).containsEntry("Content-Type", "text/xml; charset=UTF-8");
    }

    @Test
    void handsOnUriTimeAndUrlAsTheyCame() throws IOException {
        exchange.path = CscPath.ROOT + "/keyprov/sip%3Aalice%40example.org/d6b4323200000000";
        exchange.header("Host", "KMS.example.org:8443");
        serve();
        assertThat(provisioned.uri()).contains(ALICE);
        assertThat(provisioned.time().orElseThrow().toHex()).isEqualTo("D6B4323200000000");
        assertThat(provisioned.requestUrl()).isEqualTo("https://kms.example.org:8443" + exchange.path);
    }

    @Test
    void answersAndRefusalsNameTheHostThatWasAsked() throws IOException {
        exchange.path = CscPath.ROOT + "/keyprov";
        exchange.header("Host", "kms.example.org:8443");
        serve();
        assertThat(exchange.status).isEqualTo(403);
        assertThat(provisioned.requestUrl()).isEqualTo("https://kms.example.org:8443" + exchange.path);
        assertThat(KmsResponseCodec.decode(exchange.written.toByteArray()).clientReqUrl())
                .isEqualTo(provisioned.requestUrl());
    }

    @Test
    void aHostThatIsNotConfiguredIsNotRepeated() throws IOException {
        exchange.path = CscPath.ROOT + "/certcache/12";
        exchange.header("Host", "evil.example");
        serve();
        assertThat(cached.cacheNum()).hasValue(12);
        assertThat(cached.requestUrl()).isEqualTo("https://kms.example.org" + exchange.path);
    }

    @Test
    void handsOnTheBody() throws IOException {
        byte[] octets = "<any/>".getBytes(StandardCharsets.US_ASCII);
        exchange.body("text/xml; charset=utf-8", octets);
        serve();
        assertThat(initialised.body()).contains(Octets.copyOf(octets));
    }

    static Stream<Arguments> refused() {
        byte[] xml = "<a/>".getBytes(StandardCharsets.US_ASCII);
        return Stream.of(
                request("GET", 405, exchange -> exchange.method = "GET"),
                request("HEAD", 405, exchange -> exchange.method = "HEAD"),
                request("post in lower case", 405, exchange -> exchange.method = "post"),
                request("unknown resource", 404, exchange -> exchange.path = CscPath.ROOT + "/lookups"),
                request("query", 400, exchange -> exchange.query = "a=b"),
                request("empty query", 400, exchange -> exchange.query = ""),
                request("bad path", 400, exchange -> exchange.path = CscPath.ROOT + "/keyprov/x"),
                request("long path", 414, exchange -> exchange.path = CscPath.ROOT + "/" + "a".repeat(2000)),
                request("Accept", 406, exchange -> exchange.header("Accept", "application/json")),
                request("Content-Type", 415, exchange -> exchange.body("application/json", xml)),
                request("Content-Type with announced body", 415, exchange -> {
                    exchange.header("Content-Type", "text/plain").announcedLength = 5;
                    exchange.body = breaking();
                }),
                request("two Content-Types", 415, exchange -> exchange.body("text/xml", xml)
                        .header("Content-Type", "text/xml")),
                request("body without Content-Type", 415, exchange -> exchange.body = new ByteArrayInputStream(xml)),
                request("Content-Encoding", 415, exchange -> exchange.body("text/xml", xml)
                        .header("Content-Encoding", "gzip")),
                request("body announced too large", 413, exchange -> exchange.announcedLength = 65537),
                request("body too large", 413, exchange -> exchange.body("text/xml", new byte[65537])),
                request("body that breaks off", 400, exchange -> exchange.body = breaking()),
                request("by the use case", 403, exchange -> exchange.path = CscPath.ROOT + "/keyprov"));
    }

    private interface Change {
        void make(FakeExchange exchange);
    }

    private static Arguments request(String what, int status, Change change) {
        return Arguments.of(what, status, change);
    }

    private static InputStream breaking() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String what, int status, Change change) throws IOException {
        change.make(exchange);
        serve();
        assertThat(exchange.status).isEqualTo(status);
        KmsResponse response = KmsResponseCodec.decode(exchange.written.toByteArray());
        assertThat(response.userUri()).isEqualTo(ALICE);
        assertThat(response.kmsUri()).isEqualTo("kms.example.org");
        assertThat(response.time()).isEqualTo(NOW);
        assertThat(response.clientReqUrl()).startsWith("https://kms.example.org/keymanagement/identity/v1");
        assertThat(response.message()).isEmpty();
        assertThat(response.error().orElseThrow().code()).isEqualTo(status);
        assertThat(exchange.answered).containsEntry("Cache-Control", "no-store");
        assertThat(exchange.answered.get("Allow")).isEqualTo(status == 405 ? "POST" : null);
        assertThat(audit.refused).hasSize(1);
        assertThat(audit.unauthenticated).isEmpty();
    }

    @Test
    void doesNotReadABodyThatWaitsToBeAskedFor() throws IOException {
        exchange.header("Expect", "100-continue").header("Content-Type", "text/xml").announcedLength = 5;
        exchange.body = breaking();
        serve();
        assertThat(exchange.status).isEqualTo(417);
        assertThat(exchange.answer()).isEmpty();
        assertThat(exchange.answered).containsEntry("Content-Length", "0").containsEntry("Connection", "close");
        assertThat(audit.refused).containsExactly(ALICE + " " + exchange.path + " MALFORMED_REQUEST");
        assertThat(initialised).isNull();
    }

    @Test
    void closesTheConnectionIfTheBodyWasNotRead() throws IOException {
        exchange.body("text/xml", new byte[65537]).announcedLength = 65537;
        serve();
        assertThat(exchange.status).isEqualTo(413);
        assertThat(exchange.answered).containsEntry("Connection", "close");
    }

    @Test
    void tellsTheRequestIdAndNothingElseOfAFault() throws IOException {
        exchange.path = CscPath.ROOT + "/keyprov";
        failure = new IllegalStateException("row 7 of table keys");
        serve();
        assertThat(exchange.status).isEqualTo(500);
        assertThat(exchange.answer()).doesNotContain("row 7");
        assertThat(KmsResponseCodec.decode(exchange.written.toByteArray())
                        .error()
                        .orElseThrow()
                        .message())
                .matches("internal error; request id [0-9a-f-]{36}");
        assertThat(audit.refused).isEmpty();
    }

    @Test
    void tellsAClientToComeAgainIfTheServerIsNotReady() throws IOException {
        exchange.path = CscPath.ROOT + "/keyprov";
        failure = new KmsException(KmsErrorCode.HSM_UNAVAILABLE, "token kms in slot 3 is gone");
        serve();
        assertThat(exchange.status).isEqualTo(503);
        assertThat(exchange.answered).containsEntry("Retry-After", "5");
        assertThat(exchange.answer()).doesNotContain("slot 3");
        assertThat(audit.refused).isEmpty();
    }

    @Test
    void aRefusalStandsIfTheAuditTrailFails() throws IOException {
        audit.broken = true;
        exchange.path = CscPath.ROOT + "/keyprov";
        serve();
        assertThat(exchange.status).isEqualTo(403);
    }
}
