package org.mckms.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.error.KmsErrorCode;

class MessagesTest {
    private static final Instant NOW = Instant.parse("2024-05-18T05:52:25Z");
    private static final KmsError ERROR = new KmsError(1, "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:alice@example.org",
                "kms.example.org:8080",
                "192.0.2.1:8443",
                "sip:b\u00F6b@example.org",
                "sip:\uD83D\uDD11@example.org"
            })
    void takesUrisAsTheyAre(String uri) {
        assertThat(response(uri, NOW).userUri()).isEqualTo(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " sip:a@b",
                "sip:a@b\n",
                "sip:a\u00A0@b",
                "sip:a\u2028@b",
                "sip:a\u0085@b",
                "sip:a\0@b",
                "sip:a\uFFFE@b",
                "sip:a\uD800@b"
            })
    void refusesUrisThatWouldNotTravelUnchanged(String uri) {
        assertThatThrownBy(() -> response(uri, NOW)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void refusesTimesWithoutFourDigitYear() {
        assertThatThrownBy(() -> response("sip:a@b", Instant.parse("+10000-01-01T00:00:00Z")))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> response("sip:a@b", Instant.parse("0000-12-31T23:59:59Z")))
                .isInstanceOf(InvalidValueException.class);
        assertThat(response("sip:a@b", Instant.parse("9999-12-31T23:59:59Z")).time())
                .isEqualTo("9999-12-31T23:59:59Z");
    }

    @Test
    void refusesTextThatXmlWouldChangeOrRefuse() {
        assertThatThrownBy(() -> new KmsError(1, "a\rb")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new ClientError(1, "a\u0001b")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new KmsError(1, "x".repeat(1025))).isInstanceOf(InvalidValueException.class);
        assertThat(new KmsError(1, "x".repeat(1024)).message()).hasSize(1024);
    }

    @Test
    void makesTheTextOfAnErrorFitWhateverItQuotes() {
        String quoted = "no user a\0b\rc\uD800d\uD83D\uDD11";
        assertThat(KmsError.of(KmsErrorCode.NOT_FOUND, quoted))
                .isEqualTo(new KmsError(404, "no user a\uFFFDb\uFFFDc\uFFFDd\uD83D\uDD11"));
        assertThat(KmsError.of(KmsErrorCode.NOT_FOUND, "x".repeat(2000)).message())
                .isEqualTo("x".repeat(1024));
        assertThat(KmsError.of(KmsErrorCode.NOT_FOUND, "x".repeat(1023) + "\uD83D\uDD11")
                        .message())
                .isEqualTo("x".repeat(1023));
    }

    @Test
    void refusesANegativeCacheNumber() {
        assertThatThrownBy(() -> new KmsCertCache(OptionalLong.of(-1), List.of()))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void copiesItsLists() {
        List<KmsCertificate> certificates = new ArrayList<>();
        KmsCertCache cache = new KmsCertCache(OptionalLong.of(0), certificates);
        certificates.add(Fixtures.certificate(Role.EXTERNAL, "kms.other.example", "other.example"));
        assertThat(cache.certificates()).isEmpty();
    }

    @Test
    void wipesThePrivateKeysOfAResponseOnClose() {
        KmsKeySet keySet = Fixtures.keySet();
        new KmsResponse(
                        Fixtures.ALICE,
                        Fixtures.KMS,
                        NOW,
                        Optional.empty(),
                        Fixtures.ROOT_URL,
                        new KmsKeyProv(List.of(keySet)))
                .close();
        assertThatThrownBy(() -> keySet.rsk().use(key -> key.length)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> keySet.ssk().use(key -> key.length)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closesAResponseWithoutKeysToo() {
        KmsResponse response = response("sip:a@b", NOW);
        response.close();
        assertThat(response.error()).contains(ERROR);
    }

    private static KmsResponse response(String userUri, Instant time) {
        return new KmsResponse(userUri, Fixtures.KMS, time, Optional.empty(), Fixtures.ROOT_URL, ERROR);
    }
}
