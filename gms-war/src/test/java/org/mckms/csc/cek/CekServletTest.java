package org.mckms.csc.cek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.csc.Admission;
import org.mckms.csc.CscAnswers;
import org.mckms.csc.CscExchange;
import org.mckms.csc.FakeExchange;
import org.mckms.csc.RecordingAudit;
import org.mckms.csc.RequestBody;
import org.mckms.csc.WorkLimit;
import org.mckms.csc.events.EventStreams;
import org.mckms.csc.events.News;
import org.mckms.csc.token.TestSettings;
import org.mckms.kms.application.AnswerForm;
import org.mckms.kms.application.cek.CekRequest;
import org.mckms.kms.application.cek.ContentKeys;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.cek.CekNotice;
import org.mckms.kms.domain.cek.CekState;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsResponse;

class CekServletTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String ALICE = "sip:alice@example.org";
    private static final String KEY_ID = "0123456789abcdef0123456789abcdef";
    private static final AuthenticatedIdentity CALLER =
            new AuthenticatedIdentity(ClientKind.MC_CLIENT, List.of(ALICE), "main", "alice", "app", "192.0.2.1");

    private final RecordingAudit audit = new RecordingAudit();
    private final FakeExchange exchange = new FakeExchange()
            .attribute(
                    Admission.class.getName(),
                    new Admission(CALLER, TestSettings.token(NOW), Admission.KEY_MANAGEMENT));
    private final List<String> called = new ArrayList<>();
    private CekRequest asked;
    private RuntimeException failure;

    private final ContentKeys keys = new ContentKeys() {
        @Override
        public KmsResponse current(AuthenticatedIdentity caller, CekRequest request, AnswerForm form) {
            return answer("current", request);
        }

        @Override
        public KmsResponse renew(AuthenticatedIdentity caller, CekRequest request, AnswerForm form) {
            return answer("renew", request);
        }

        @Override
        public KmsResponse list(AuthenticatedIdentity caller, CekRequest request, AnswerForm form) {
            return answer("list", request);
        }

        @Override
        public KmsResponse acknowledge(AuthenticatedIdentity caller, CekRequest request, AnswerForm form) {
            return answer("acknowledge", request);
        }

        @Override
        public KmsResponse end(AuthenticatedIdentity caller, CekRequest request, AnswerForm form) {
            return answer("end", request);
        }

        @Override
        public void endOne(AuthenticatedIdentity caller, Octets keyId) {
            answer("endOne " + keyId.toHex(), asked);
        }
    };

    private final CekServlet servlet = new CekServlet(
            keys,
            new CscExchange(
                    TestSettings.site(),
                    new CscAnswers(CekProtection.FACE, TestSettings.site(), audit, CLOCK),
                    WorkLimit.standard(),
                    new RequestBody(() -> 0)),
            new EventStreams(CLOCK, token -> false, uris -> Set.of(), users -> List.of()));

    private KmsResponse answer(String what, CekRequest request) {
        called.add(what);
        asked = request;
        if (failure != null) {
            throw failure;
        }
        return new KmsResponse(
                ALICE,
                "kms.example.org",
                NOW,
                Optional.empty(),
                "https://kms.example.org" + exchange.path,
                new CekList(List.of()));
    }

    private void send(String method, String path) throws Exception {
        exchange.method = method;
        exchange.path = CekPath.ROOT + path;
        servlet.service(exchange.request(), exchange.response());
    }

    private void assertRefused(KmsErrorCode code) {
        assertThat(exchange.status).isEqualTo(code.httpStatus());
        KmsResponse response = KmsResponseCodec.decode(exchange.written.toByteArray());
        assertThat(response.error().orElseThrow().code()).isEqualTo(code.code());
        assertThat(audit.refused).hasSize(1).first().asString().endsWith(code.name());
    }

    @ParameterizedTest
    @CsvSource({
        "/sip:alice%40example.org, current, true",
        "/sip:alice%40example.org/renew, renew, true",
        "/list, list, false",
        "/acknowledgements, acknowledge, false",
        "/ends, end, false"
    })
    void callsTheUseCaseOfAResource(String path, String useCase, boolean ofUser) throws Exception {
        exchange.body("application/xml", "<any/>".getBytes(StandardCharsets.US_ASCII));
        send("POST", path);
        assertThat(called).containsExactly(useCase);
        assertThat(asked.userUri()).isEqualTo(ofUser ? Optional.of(ALICE) : Optional.empty());
        assertThat(asked.body()).contains(Octets.ofUtf8("<any/>"));
        assertThat(asked.requestUrl()).isEqualTo("https://kms.example.org/keymanagement/cek/v1" + path);
        assertThat(exchange.status).isEqualTo(200);
        assertThat(exchange.answered)
                .containsEntry("Content-Type", "application/xml; charset=UTF-8")
                .containsEntry("Cache-Control", "no-store");
        assertThat(KmsResponseCodec.decode(exchange.written.toByteArray()).userUri())
                .isEqualTo(ALICE);
        assertThat(audit.refused).isEmpty();
    }

    @Test
    void endsOneKeyWithoutAnAnswer() throws Exception {
        send("DELETE", "/" + KEY_ID);
        assertThat(called).containsExactly("endOne " + KEY_ID.toUpperCase(Locale.ROOT));
        assertThat(exchange.status).isEqualTo(204);
        assertThat(exchange.written.size()).isZero();
    }

    @Test
    void takesNoBodyWithTheEndOfOneKey() throws Exception {
        exchange.body("application/xml", "<any/>".getBytes(StandardCharsets.US_ASCII));
        send("DELETE", "/" + KEY_ID);
        assertRefused(KmsErrorCode.MALFORMED_REQUEST);
        assertThat(called).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /sip:alice%40example.org, POST",
        "PUT, /list, POST",
        "DELETE, /ends, POST",
        "POST, /events, GET",
        "POST, /0123456789abcdef0123456789abcdef, DELETE",
        "GET, /0123456789abcdef0123456789abcdef, DELETE"
    })
    void eachResourceTakesOneMethod(String method, String path, String allowed) throws Exception {
        send(method, path);
        assertRefused(KmsErrorCode.METHOD_NOT_ALLOWED);
        assertThat(exchange.answered).containsEntry("Allow", allowed);
        assertThat(called).isEmpty();
    }

    @Test
    void takesNoQuery() throws Exception {
        exchange.query = "session=1";
        send("POST", "/list");
        assertRefused(KmsErrorCode.MALFORMED_REQUEST);
    }

    @Test
    void refusesInMessagesOfTheKms() throws Exception {
        failure = new KmsException(KmsErrorCode.FORBIDDEN_IDENTITY, "not yours");
        send("POST", "/sip:bob%40example.org");
        assertRefused(KmsErrorCode.FORBIDDEN_IDENTITY);
        assertThat(audit.refused)
                .containsExactly(ALICE + " /keymanagement/cek/v1/sip:bob%40example.org FORBIDDEN_IDENTITY");
    }

    @Test
    void aPathThatNoRecordCanCarryIsCutToTheRoot() throws Exception {
        send("POST", "/sip:\u00e4@example.org");
        assertRefused(KmsErrorCode.MALFORMED_REQUEST);
        assertThat(audit.refused).containsExactly(ALICE + " /keymanagement/cek/v1 MALFORMED_REQUEST");
    }

    @Test
    void answers417BeforeTheBody() throws Exception {
        exchange.header("Expect", "100-continue");
        send("POST", "/list");
        assertThat(exchange.status).isEqualTo(417);
        assertThat(called).isEmpty();
    }

    @Test
    void servesNobodyWhoWasAdmittedToSomethingElse() {
        exchange.attribute(
                Admission.class.getName(), new Admission(CALLER, TestSettings.token(NOW), "group management"));
        assertThatThrownBy(() -> send("POST", "/list")).isInstanceOf(KmsException.class);
        assertThat(called).isEmpty();
    }

    @Test
    void tellsStreamsWhereKeysStand() {
        Octets keyId = Octets.fromHex(KEY_ID);
        List<News> news = CekServlet.news(List.of(
                new CekNotice(ALICE, keyId, 2, CekState.RETIRING), new CekNotice(ALICE, keyId, 3, CekState.ENDED)));
        assertThat(news).allSatisfy(one -> {
            assertThat(one.recipient()).isEqualTo(ALICE);
            assertThat(one.event()).isEqualTo("cek");
        });
        assertThat(news)
                .extracting(one -> one.data().toString())
                .containsExactly(
                        "{\"user\":\"" + ALICE + "\",\"keyId\":\"" + keyId.toHex()
                                + "\",\"revision\":2,\"status\":\"retiring\"}",
                        "{\"user\":\"" + ALICE + "\",\"keyId\":\"" + keyId.toHex()
                                + "\",\"revision\":3,\"status\":\"revoked\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /list, 401, ",
        "GET, /events, 401, ",
        "DELETE, /0123456789abcdef0123456789abcdef, 401, ",
        "GET, /list, 405, POST",
        "POST, /events, 405, GET",
        "GET, /nothing, 405, POST"
    })
    void whoeverHasNoTokenHearsOfTheMethodOnly(String method, String path, int status, String allowed) {
        exchange.method = method;
        exchange.path = CekPath.ROOT + path;
        new CscAnswers(CekProtection.FACE, TestSettings.site(), audit, CLOCK)
                .anonymous(exchange.request(), exchange.response());
        assertThat(exchange.status).isEqualTo(status);
        assertThat(exchange.answered.get("Allow")).isEqualTo(allowed);
        assertThat(audit.unauthenticated).hasSize(1);
    }
}
