package org.mckms.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.kms.domain.EpochId;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.protocol.error.KmsException;

class ParametersTest {

    @Test
    void readsLimits() {
        assertThat(Parameters.limit(null)).isEqualTo(50);
        assertThat(Parameters.limit("1")).isEqualTo(1);
        assertThat(Parameters.limit("500")).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "501", "-1", "1.5", "ten", "9999999999999999999"})
    void refusesOtherLimits(String limit) {
        refuses(() -> Parameters.limit(limit));
    }

    @Test
    void readsPositions() {
        assertThat(Parameters.position(null)).isZero();
        assertThat(Parameters.position("123456789012345678")).isEqualTo(123456789012345678L);
        refuses(() -> Parameters.position("-1"));
    }

    @Test
    void readsUris() {
        assertThat(Parameters.uri("uri", "sip:a@example.org")).isEqualTo("sip:a@example.org");
        assertThat(Parameters.optionalUri("after", null)).isEmpty();
        refuses(() -> Parameters.uri("uri", null));
        refuses(() -> Parameters.uri("uri", ""));
        refuses(() -> Parameters.uri("uri", "sip:a b"));
        refuses(() -> Parameters.uri("uri", "sip:\u00e4@example.org"));
        assertThat(Parameters.uri("uri", "a".repeat(512))).hasSize(512);
        refuses(() -> Parameters.uri("uri", "a".repeat(513)));
    }

    @Test
    void readsConstantsInEitherCase() {
        assertThat(Parameters.constant(EpochPurpose.class, "purpose", "development"))
                .isEqualTo(EpochPurpose.DEVELOPMENT);
        assertThat(Parameters.constant(EpochPurpose.class, "purpose", "PRODUCTION"))
                .isEqualTo(EpochPurpose.PRODUCTION);
        refuses(() -> Parameters.constant(EpochPurpose.class, "purpose", "test"));
    }

    @Test
    void readsTimesInUtc() {
        assertThat(Parameters.time("validFrom", "2026-03-01T00:00:00Z"))
                .isEqualTo(Instant.ofEpochSecond(1_772_323_200L));
        refuses(() -> Parameters.time("validFrom", "2026-03-01"));
        refuses(() -> Parameters.time("validFrom", "now"));
    }

    @Test
    void turnsARefusedValueIntoBadInput() {
        refuses(() -> Parameters.checked(() -> EpochId.parse("not-a-uuid")));
    }

    private static void refuses(Runnable action) {
        assertThatThrownBy(action::run).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(MALFORMED_REQUEST));
    }
}
