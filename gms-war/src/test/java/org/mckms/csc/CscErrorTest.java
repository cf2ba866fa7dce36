package org.mckms.csc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mckms.protocol.error.ErrorFamily;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class CscErrorTest {

    private static final Map<KmsErrorCode, String> CHALLENGES = Map.of(
            KmsErrorCode.UNAUTHENTICATED, "Bearer error=\"invalid_token\"",
            KmsErrorCode.INSUFFICIENT_SCOPE, "Bearer error=\"insufficient_scope\"",
            KmsErrorCode.AMBIGUOUS_AUTHORIZATION, "Bearer error=\"invalid_request\"");

    @ParameterizedTest
    @EnumSource(KmsErrorCode.class)
    void mapsEachCode(KmsErrorCode code) {
        CscError error = CscError.of(new KmsException(code, "a certain reason"), "id-1");
        assertThat(error.status()).isEqualTo(code.httpStatus());
        assertThat(error.kmsError().code()).isEqualTo(code.code());
        if (code.family() == ErrorFamily.FAULT) {
            assertThat(error.text()).doesNotContain("a certain reason").endsWith("; request id id-1");
        } else {
            assertThat(error.text()).isEqualTo("a certain reason");
        }
        assertThat(error.challenge().orElse(null)).isEqualTo(CHALLENGES.get(code));
    }

    @Test
    void tellsNothingOfWhatWasNotForeseen() {
        CscError error = CscError.of(new IllegalStateException("row 7 of table keys"), "id-2");
        assertThat(error.code()).isEqualTo(KmsErrorCode.INTERNAL);
        assertThat(error.text()).isEqualTo("internal error; request id id-2");
    }

    @Test
    void findsTheErrorInsideWhatTheContainerThrows() {
        Throwable wrapped = new IllegalStateException(
                new RuntimeException(new KmsException(KmsErrorCode.IDENTITY_BLOCKED, "blocked")));
        assertThat(CscError.of(wrapped, "id-3").code()).isEqualTo(KmsErrorCode.IDENTITY_BLOCKED);
    }

    @Test
    void stopsAtAnEndlessChainOfCauses() {
        RuntimeException first = new RuntimeException("first");
        RuntimeException second = new RuntimeException("second", first);
        first.initCause(second);
        assertThat(CscError.of(first, "id-4").code()).isEqualTo(KmsErrorCode.INTERNAL);
    }

    @Test
    void sendsPrintableTextOfBoundedLength() {
        CscError error = CscError.of(
                new KmsException(KmsErrorCode.MALFORMED_REQUEST, "a\r\nb\u0000" + "x".repeat(2000)), "id-5");
        assertThat(error.text()).startsWith("a??b?x").hasSize(1024);
    }
}
