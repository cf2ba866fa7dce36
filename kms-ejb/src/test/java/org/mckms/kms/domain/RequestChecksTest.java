package org.mckms.kms.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsRequest;

class RequestChecksTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ALICE = "sip:alice@example.org";
    private static final String PATH = "/keymanagement/identity/v1/keyprov/sip:alice@example.org";
    private static final AuthenticatedIdentity CALLER = new AuthenticatedIdentity(
            ClientKind.MC_CLIENT, List.of(ALICE, "sip:alice@work.example.org"), "idm", "", "client", "192.0.2.1");

    private final RequestChecks checks = new RequestChecks(
            "kms.example.org",
            List.of("https://kms.example.org", "https://proxy.example.org:8443/kms"),
            Duration.ofSeconds(60));

    private void check(String userUri, String kmsUri, Instant time, String url) {
        checks.check(
                CALLER,
                Optional.of(new KmsRequest(
                        userUri, kmsUri, time, Optional.empty(), Optional.empty(), url, Optional.empty())),
                PATH,
                NOW);
    }

    private void refuses(KmsErrorCode code, String userUri, String kmsUri, Instant time, String url) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> check(userUri, kmsUri, time, url))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aRequestNeedsNoBody() {
        assertThatCode(() -> checks.check(CALLER, Optional.empty(), PATH, NOW)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://kms.example.org/keymanagement/identity/v1/keyprov/sip:alice@example.org",
                "https://kms.example.org/keymanagement/identity/v1/keyprov/sip%3Aalice%40example.org",
                "https://kms.example.org/keymanagement/identity/v1/keyprov/sip%3aalice@example.org",
                "kms.example.org/keymanagement/identity/v1/keyprov/sip:alice@example.org",
                "HTTPS://KMS.example.org:443/keymanagement/identity/v1/keyprov/sip:alice@example.org",
                "https://proxy.example.org:8443/kms/keymanagement/identity/v1/keyprov/sip:alice@example.org",
            })
    void acceptsTheAddressAsClientsWriteIt(String url) {
        assertThatCode(() -> check(ALICE, "kms.example.org", NOW, url)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://kms.example.org/keymanagement/identity/v1/keyprov/sip:alice@example.org",
                "https://kms.example.com/keymanagement/identity/v1/keyprov/sip:alice@example.org",
                "https://kms.example.org:8443/keymanagement/identity/v1/keyprov/sip:alice@example.org",
                "https://kms.example.org/keymanagement/identity/v1/keyprov/sip:bob@example.org",
                "https://kms.example.org/keymanagement/identity/v1/keyprov/sip:Alice@example.org",
                "https://kms.example.org/keymanagement/identity/v1/keyprov/sip%253Aalice@example.org",
                "https://kms.example.org/keymanagement/identity/v1/keyprov/sip%3alice@example.org",
                "https://kms.example.org/keymanagement/identity/v1/keyprov/sip:alice@example.org%",
                "https://kms.example.org/keymanagement/identity/v1/keyprov/sip:alice@example.org%FF",
                "https://kms.example.org/keymanagement/identity/v1/keyprov",
                "https://kms.example.org",
                "kms",
            })
    void refusesEveryOtherAddress(String url) {
        refuses(KmsErrorCode.CLIENT_REQ_URL_MISMATCH, ALICE, "kms.example.org", NOW, url);
    }

    @Test
    void theUserOfTheBodyIsOneOfTheCallers() {
        String url = "https://kms.example.org" + PATH;

        assertThatCode(() -> check("sip:alice@work.example.org", "kms.example.org", NOW, url))
                .doesNotThrowAnyException();
        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, "sip:bob@example.org", "kms.example.org", NOW, url);
        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, "sip:ALICE@example.org", "kms.example.org", NOW, url);
    }

    @ParameterizedTest
    @CsvSource({
        "kms.example.org, true",
        "https://kms.example.org, true",
        "KMS.example.org, false",
        "kms.example.org:8443, false"
    })
    void theKmsUriIsOursWithOrWithoutScheme(String kmsUri, boolean ours) {
        String url = "https://kms.example.org" + PATH;
        if (ours) {
            assertThatCode(() -> check(ALICE, kmsUri, NOW, url)).doesNotThrowAnyException();
        } else {
            refuses(KmsErrorCode.KMS_URI_MISMATCH, ALICE, kmsUri, NOW, url);
        }
    }

    @ParameterizedTest
    @CsvSource({"-60000, true", "60000, true", "-60001, false", "60001, false"})
    void theTimeIsRecent(long millis, boolean recent) {
        String url = "https://kms.example.org" + PATH;
        if (recent) {
            assertThatCode(() -> check(ALICE, "kms.example.org", NOW.plusMillis(millis), url))
                    .doesNotThrowAnyException();
        } else {
            refuses(KmsErrorCode.STALE_TIME, ALICE, "kms.example.org", NOW.plusMillis(millis), url);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/keymanagement/identity/v1/init, https://kms.example.org/keymanagement/identity/v1/init",
        "https://attacker.example/keymanagement/identity/v1/init, https://kms.example.org/keymanagement/identity/v1/init",
        "https://attacker.example, https://kms.example.org",
        "https://kms.example.org.attacker.example/init, https://kms.example.org/init",
        "https://proxy.example.org:8443/kms/init, https://proxy.example.org:8443/kms/init",
    })
    void completesAnswersUnderTheBaseUrlOfTheRequestOrTheFirst(String requestUrl, String answered) {
        assertThat(checks.answeredUrl(Optional.empty(), requestUrl)).isEqualTo(answered);
    }

    @Test
    void bodyAndPathNameOneIdentity() {
        Optional<KmsRequest> body = Optional.of(new KmsRequest(
                ALICE, "kms.example.org", NOW, Optional.empty(), Optional.empty(), "kms", Optional.empty()));

        assertThatCode(() -> {
                    RequestChecks.checkSameIdentity(body, Optional.of(ALICE));
                    RequestChecks.checkSameIdentity(body, Optional.empty());
                    RequestChecks.checkSameIdentity(Optional.empty(), Optional.of(ALICE));
                })
                .doesNotThrowAnyException();
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> RequestChecks.checkSameIdentity(body, Optional.of("sip:alice@work.example.org")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.FORBIDDEN_IDENTITY));
    }
}
