package org.mckms.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class AdminErrorTest {

    @ParameterizedTest
    @EnumSource(KmsErrorCode.class)
    void mapsEachCode(KmsErrorCode code) {
        AdminError error = AdminError.of(new KmsException(code, "a certain reason"), "id-1");
        assertThat(error.status()).isEqualTo(code.httpStatus());
        String message = code == KmsErrorCode.INTERNAL ? "internal error" : "a certain reason";
        assertThat(error.json().toString())
                .isEqualTo("{\"error\":{\"code\":" + code.code() + ",\"name\":\"" + code.name() + "\",\"message\":\""
                        + message + "\",\"requestId\":\"id-1\"}}");
    }

    @Test
    void tellsNothingOfWhatWasNotForeseen() {
        AdminError error = AdminError.of(new IllegalStateException("row 7 of table keys"), "id-2");
        assertThat(error.code()).isEqualTo(KmsErrorCode.INTERNAL);
        assertThat(error.message()).isEqualTo("internal error");
    }

    @Test
    void findsTheErrorInsideWhatTheContainerThrows() {
        Throwable wrapped = new IllegalStateException(new KmsException(KmsErrorCode.CONFLICT, "twice"));
        assertThat(AdminError.of(wrapped, "id-3").code()).isEqualTo(KmsErrorCode.CONFLICT);
    }

    @ParameterizedTest
    @CsvSource({
        "400, MALFORMED_REQUEST",
        "404, NOT_FOUND",
        "405, METHOD_NOT_ALLOWED",
        "406, NOT_ACCEPTABLE",
        "415, UNSUPPORTED_MEDIA_TYPE"
    })
    void mapsWhatTheContainerRefuses(int status, KmsErrorCode code) {
        AdminError error = AdminError.ofStatus(status, "id-4").orElseThrow();
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 500, 501})
    void knowsNoOtherStatus(int status) {
        assertThat(AdminError.ofStatus(status, "id-5")).isEmpty();
    }

    @Test
    void sendsOneLineOfBoundedLength() {
        AdminError error = AdminError.of(new KmsException(KmsErrorCode.CONFLICT, "a\r\nb" + "x".repeat(2000)), "id-6");
        assertThat(error.message()).startsWith("a??bx").hasSize(1024);
    }
}
