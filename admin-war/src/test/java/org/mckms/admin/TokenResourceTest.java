package org.mckms.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.kms.application.TokenRevocationView;
import org.mckms.kms.application.TokenRevocations;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class TokenResourceTest {

    private static final String ALICE = "sip:alice@example.org";
    private static final OperatorIdentity OPERATOR =
            new OperatorIdentity("olga", Set.of(OperatorRole.OPERATOR), "ab".repeat(32));

    private final List<String> done = new ArrayList<>();
    private final TokenResource resource = new TokenResource();

    @BeforeEach
    void takeUseCase() {
        resource.revocations = new TokenRevocations() {
            @Override
            public TokenRevocationView revokeToken(
                    OperatorIdentity caller, String issuer, String jti, Optional<String> reason) {
                done.add(caller.name() + " " + issuer + " " + jti + " " + reason.orElse("-"));
                return view(Optional.of(issuer), Optional.of(jti), Optional.empty());
            }

            @Override
            public TokenRevocationView revokeOlder(
                    OperatorIdentity caller, String uri, Optional<Instant> issuedBefore, Optional<String> reason) {
                done.add(caller.name() + " " + uri + " "
                        + issuedBefore.map(Instant::toString).orElse("now"));
                return view(Optional.empty(), Optional.empty(), Optional.of(uri));
            }

            @Override
            public List<TokenRevocationView> list(OperatorIdentity caller, int limit) {
                done.add(caller.name() + " lists " + limit);
                return List.of(view(Optional.empty(), Optional.empty(), Optional.of(ALICE)));
            }
        };
    }

    private static TokenRevocationView view(Optional<String> issuer, Optional<String> jti, Optional<String> uri) {
        return new TokenRevocationView(
                new UUID(0, 7), issuer, jti, uri, Optional.empty(), Instant.EPOCH, "olga", Optional.empty());
    }

    private static HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                TokenResourceTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, called, arguments) -> called.getName().equals("getAttribute") ? OPERATOR : null);
    }

    private JsonObject revoke(String json) {
        return resource.revoke(request(), new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void revokesOneToken() {
        JsonObject made = revoke("{\"issuer\":\"idm\",\"jti\":\"a-7\",\"reason\":\"lost\"}");
        assertThat(done).containsExactly("olga idm a-7 lost");
        assertThat(made.getString("jti")).isEqualTo("a-7");
        assertThat(made.get("uri")).isEqualTo(JsonValue.NULL);
        assertThat(made.getString("revokedBy")).isEqualTo("olga");
    }

    @Test
    void revokesOlderTokensOfAnIdentity() {
        revoke("{\"uri\":\"" + ALICE + "\"}");
        revoke("{\"uri\":\"" + ALICE + "\",\"issuedBefore\":\"2026-03-01T12:00:00Z\"}");
        assertThat(done).containsExactly("olga " + ALICE + " now", "olga " + ALICE + " 2026-03-01T12:00:00Z");
    }

    @Test
    void lists() {
        assertThat(resource.list(request(), null).getJsonArray("revocations")).hasSize(1);
        assertThat(done).containsExactly("olga lists 50");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"reason\":\"lost\"}",
                "{\"issuer\":\"idm\"}",
                "{\"jti\":\"a-7\"}",
                "{\"issuedBefore\":\"2026-03-01T12:00:00Z\"}",
                "{\"issuer\":\"idm\",\"jti\":\"a-7\",\"uri\":\"sip:alice@example.org\"}",
                "{\"uri\":\"sip:alice@example.org\",\"issuedBefore\":\"yesterday\"}",
                "{\"uri\":\"sip:alice @example.org\"}",
                "{\"uri\":\"sip:alice@example.org\",\"token\":\"x\"}"
            })
    void refusesAnythingElse(String json) {
        assertThatThrownBy(() -> revoke(json)).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(KmsErrorCode.MALFORMED_REQUEST));
        assertThat(done).isEmpty();
    }
}
