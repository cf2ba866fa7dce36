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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.kms.application.cek.CekSupervision;
import org.mckms.kms.application.cek.CekView;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.kms.domain.cek.CekEnding;
import org.mckms.kms.domain.cek.CekState;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class CekResourceTest {

    private static final String ALICE = "sip:alice@example.org";
    private static final String KEY_ID = "0123456789ABCDEF0123456789ABCDEF";
    private static final OperatorIdentity OPERATOR =
            new OperatorIdentity("olga", Set.of(OperatorRole.OPERATOR), "ab".repeat(32));

    private final List<String> done = new ArrayList<>();
    private final List<CekView> found = new ArrayList<>();
    private final CekResource resource = new CekResource();

    @BeforeEach
    void takeUseCase() {
        resource.supervision = new CekSupervision() {
            @Override
            public List<CekView> page(
                    OperatorIdentity caller,
                    Optional<String> user,
                    Optional<String> server,
                    Optional<Octets> after,
                    int size) {
                done.add(user.orElse("-") + " " + server.orElse("-") + " "
                        + after.map(Octets::toHex).orElse("-") + " " + size);
                return found;
            }

            @Override
            public int endAll(OperatorIdentity caller, String userUri) {
                done.add(caller.name() + " ends " + userUri);
                return 3;
            }

            @Override
            public Map<CekState, Long> counts(OperatorIdentity caller) {
                return Map.of(CekState.ACTIVE, 7L);
            }
        };
    }

    private static HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                CekResourceTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, called, arguments) -> called.getName().equals("getAttribute") ? OPERATOR : null);
    }

    private JsonObject end(String json) {
        return resource.end(request(), new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void showsAPageAndCounts() {
        found.add(new CekView(
                KEY_ID,
                ALICE,
                "sip:ptt@example.org",
                Optional.of("call-7"),
                CekState.ENDED,
                4,
                3,
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(60),
                Optional.of(Instant.EPOCH.plusSeconds(30)),
                Optional.of(CekEnding.LOGGED_OFF),
                true));
        JsonObject page = resource.page(request(), ALICE, null, KEY_ID, "10");
        assertThat(done).containsExactly(ALICE + " - " + KEY_ID + " 10");
        assertThat(page.getString("next")).isEqualTo(KEY_ID);
        assertThat(page.getJsonObject("counts").getInt("active")).isEqualTo(7);
        assertThat(page.getJsonObject("counts").getInt("ended")).isZero();
        JsonObject cek = page.getJsonArray("ceks").getJsonObject(0);
        assertThat(cek.getString("session")).isEqualTo("call-7");
        assertThat(cek.getString("state")).isEqualTo("ENDED");
        assertThat(cek.getString("ending")).isEqualTo("LOGGED_OFF");
        assertThat(cek.getString("integrity")).isEqualTo("INTACT");
        assertThat(cek.keySet()).doesNotContain("key");
    }

    @Test
    void aListEndsWithAnEmptyPage() {
        assertThat(resource.page(request(), null, null, null, null).get("next")).isEqualTo(JsonValue.NULL);
        assertThat(done).containsExactly("- - - 50");
    }

    @Test
    void endsAllKeysOfAUser() {
        assertThat(end("{\"user\":\"" + ALICE + "\"}").getInt("ended")).isEqualTo(3);
        assertThat(done).containsExactly("olga ends " + ALICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"user\":\" \"}", "{\"user\":\"sip:a b\"}", "{\"uri\":\"sip:alice@example.org\"}"})
    void endsNothingElse(String json) {
        assertMalformed(() -> end(json));
        assertThat(done).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "0123456789ABCDEF0123456789ABCDEG", "0123456789ABCDEF0123456789ABCDEF00"})
    void aPageGoesOnAfterAKeyId(String after) {
        assertMalformed(() -> resource.page(request(), null, null, after, null));
    }

    private static void assertMalformed(Runnable act) {
        assertThatThrownBy(act::run).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(KmsErrorCode.MALFORMED_REQUEST));
    }
}
