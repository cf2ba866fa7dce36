package org.mckms.csc.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.csc.Admission;
import org.mckms.csc.FakeExchange;
import org.mckms.csc.RecordingAudit;
import org.mckms.csc.WorkLimit;
import org.mckms.csc.events.EventStreams;
import org.mckms.csc.token.TestSettings;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ClientKind;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class GroupManagementServletTest {

    private static final String ALICE = "sip:alice@example.org";
    private static final String GROUP = "/groups/sip:group-7@example.org";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final RecordingAudit audit = new RecordingAudit();
    private final FakeExchange exchange = new FakeExchange();
    private final List<Object> served = new ArrayList<>();
    private RuntimeException thrown;

    private final GroupManagementServlet servlet = new GroupManagementServlet(
            new GroupUseCases(playing(), playing(), playing()),
            new GroupAnswers(audit),
            WorkLimit.standard(),
            new EventStreams(Clock.fixed(NOW, ZoneOffset.UTC), token -> false, uris -> Set.of(), members -> List.of()));

    private <R> BiFunction<GroupCall, R, GroupAnswer> playing() {
        return (call, resource) -> {
            if (thrown != null) {
                throw thrown;
            }
            served.add(resource);
            if (resource instanceof ManagerResource.Groups && call.is("POST")) {
                call.json("uri").close();
            }
            return GroupAnswer.json(
                            201, Json.createObjectBuilder().add("a", "b").build())
                    .with(Map.of("Location", "/x"));
        };
    }

    private void send(String method, String path, ClientKind kind) throws Exception {
        exchange.method = method;
        exchange.path = GroupPath.ROOT + path;
        AuthenticatedIdentity caller =
                new AuthenticatedIdentity(kind, List.of(ALICE), "main", "subject", "app", "192.0.2.1");
        exchange.attribute(
                Admission.class.getName(), new Admission(caller, TestSettings.token(NOW), GroupProtection.PURPOSE));
        servlet.service(exchange.request(), exchange.response());
    }

    private void send(String method, String path) throws Exception {
        send(method, path, ClientKind.MC_CLIENT);
    }

    private void assertRefused(KmsErrorCode code) {
        assertThat(exchange.status).isEqualTo(code.httpStatus());
        assertThat(exchange.answered).containsEntry("Content-Type", "application/json");
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(exchange.written.toByteArray()))) {
            JsonObject error = reader.readObject().getJsonObject("error");
            assertThat(error.getString("name")).isEqualTo(code.name());
            assertThat(error.getInt("code")).isEqualTo(code.code());
            assertThat(error.getString("requestId")).hasSize(36);
        }
        assertThat(audit.refused).hasSize(1).first().asString().endsWith(code.name());
    }

    @Test
    void sendsWhatAUseCaseGives() throws Exception {
        send("GET", GROUP);
        assertThat(served).containsExactly(new ManagerResource.OneGroup("sip:group-7@example.org"));
        assertThat(exchange.status).isEqualTo(201);
        assertThat(exchange.answer()).isEqualTo("{\"a\":\"b\"}");
        assertThat(exchange.answered)
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Location", "/x")
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("X-Content-Type-Options", "nosniff");
        assertThat(audit.refused).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /regroups/notifications, MC_CLIENT",
        "POST, /regroups/notifications, MC_CLIENT",
        "POST, /regroups/acknowledgements, GMS",
        "POST, /regroups/teardowns, MC_SERVER",
        "GET, /groups, PARTNER_GMS",
        "POST, /regroups, PARTNER_GMS",
        "GET, /gktps, PARTNER_GMS",
        "GET, /events, PARTNER_GMS",
        "PUT, /callback, PARTNER_GMS",
        "GET, /nothing, MC_CLIENT"
    })
    void nobodySeesTheOthersSide(String method, String path, ClientKind kind) throws Exception {
        send(method, path, kind);
        assertThat(served).isEmpty();
        assertRefused(KmsErrorCode.NOT_FOUND);
    }

    @Test
    void partnersHaveTheirOwnSide() throws Exception {
        send("POST", "/regroups/teardowns", ClientKind.PARTNER_GMS);
        assertThat(served).containsExactly(PartnerResource.TEARDOWNS);
    }

    @Test
    void namesTheMethodsThatAResourceTakes() throws Exception {
        send("PATCH", GROUP);
        assertThat(exchange.answered).containsEntry("Allow", "GET, DELETE");
        assertRefused(KmsErrorCode.METHOD_NOT_ALLOWED);
    }

    @Test
    void refusesWhatIsTooLong() throws Exception {
        send("GET", "/groups/sip:" + "a".repeat(2048));
        assertRefused(KmsErrorCode.URI_TOO_LONG);
        assertThat(audit.refused).first().asString().contains(GroupPath.ROOT + " ");
    }

    @Test
    void answers417BeforeTheBody() throws Exception {
        exchange.header("Expect", "100-continue");
        send("POST", "/groups");
        assertThat(exchange.status).isEqualTo(417);
        assertThat(served).isEmpty();
        assertThat(audit.refused).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, true",
        "Application/JSON; charset=UTF-8, true",
        "application/json;charset=\"utf-8\", true",
        "application/json; charset=latin1, false",
        "application/xml, false",
        "text/json, false"
    })
    void readsJsonOnlyWhereJsonIsMeant(String type, boolean read) throws Exception {
        exchange.body(type, "{}".getBytes(StandardCharsets.US_ASCII));
        send("POST", "/groups");
        if (read) {
            assertThat(exchange.status).isEqualTo(201);
        } else {
            assertRefused(KmsErrorCode.UNSUPPORTED_MEDIA_TYPE);
        }
    }

    @Test
    void refusesAMissingBodyAndOneThatIsTooLong() throws Exception {
        send("POST", "/groups");
        assertRefused(KmsErrorCode.MALFORMED_REQUEST);
        audit.refused.clear();
        exchange.clear();
        exchange.body("application/json", new byte[64 * 1024 + 1]);
        send("POST", "/groups");
        assertRefused(KmsErrorCode.BODY_TOO_LARGE);
    }

    @Test
    void tellsNothingOfAFault() throws Exception {
        thrown = new IllegalStateException("row 7 of table gms_key");
        send("GET", GROUP);
        assertThat(exchange.status).isEqualTo(500);
        assertThat(exchange.answer()).contains("internal error; request id").doesNotContain("row 7");
        assertThat(audit.refused).isEmpty();
    }

    @Test
    void asksToComeAgainWhenTheServerIsNotReady() throws Exception {
        thrown = new IllegalStateException(new KmsException(KmsErrorCode.NOT_READY, "the GMS has no keys"));
        send("GET", GROUP);
        assertThat(exchange.status).isEqualTo(503);
        assertThat(exchange.answered).containsEntry("Retry-After", "5");
        assertThat(exchange.answer()).doesNotContain("no keys");
    }

    @Test
    void servesNobodyWhoWasAdmittedToSomethingElse() {
        exchange.path = GroupPath.ROOT + "/groups";
        AuthenticatedIdentity caller =
                new AuthenticatedIdentity(ClientKind.MC_CLIENT, List.of(ALICE), "main", "s", "app", "192.0.2.1");
        exchange.attribute(Admission.class.getName(), new Admission(caller, TestSettings.token(NOW), "key management"));
        assertThatThrownBy(() -> servlet.service(exchange.request(), exchange.response()))
                .isInstanceOf(KmsException.class);
        assertThat(served).isEmpty();
    }
}
