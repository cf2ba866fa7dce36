package org.mckms.protocol.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KmsErrorCodeTest {
    @ParameterizedTest
    @CsvSource({
        "MALFORMED_REQUEST, 400, 400, BAD_INPUT",
        "STALE_TIME, 400, 4001, BAD_INPUT",
        "AMBIGUOUS_AUTHORIZATION, 400, 4002, BAD_INPUT",
        "KMS_URI_MISMATCH, 400, 4003, BAD_INPUT",
        "CLIENT_REQ_URL_MISMATCH, 400, 4004, BAD_INPUT",
        "REPLAYED_REQUEST, 400, 4005, BAD_INPUT",
        "INVALID_CERTIFICATE, 400, 4006, BAD_INPUT",
        "WEAK_PASSPHRASE, 400, 4007, BAD_INPUT",
        "WRONG_RECIPIENT, 400, 4008, BAD_INPUT",
        "UNAUTHENTICATED, 401, 401, REFUSAL",
        "INSUFFICIENT_SCOPE, 403, 4030, REFUSAL",
        "FORBIDDEN_IDENTITY, 403, 403, REFUSAL",
        "SIGNATURE_REQUIRED, 403, 4031, REFUSAL",
        "TRANSPORT_KEY_REQUIRED, 403, 4032, REFUSAL",
        "NOT_GROUP_MANAGER, 403, 4033, REFUSAL",
        "IDENTITY_BLOCKED, 403, 4034, REFUSAL",
        "OPERATOR_ROLE_REQUIRED, 403, 4035, REFUSAL",
        "INVALID_PIN, 403, 4036, REFUSAL",
        "REGISTRATION_EXPIRED, 403, 4037, REFUSAL",
        "UNTRUSTED_PROXY, 403, 4038, REFUSAL",
        "CALLBACK_REFUSED, 403, 4039, REFUSAL",
        "NOT_FOUND, 404, 404, BAD_INPUT",
        "METHOD_NOT_ALLOWED, 405, 405, BAD_INPUT",
        "NOT_ACCEPTABLE, 406, 406, BAD_INPUT",
        "KEY_PERIOD_UNAVAILABLE, 409, 409, BAD_INPUT",
        "CONFLICT, 409, 4091, BAD_INPUT",
        "SECOND_OFFICER_REQUIRED, 409, 4092, BAD_INPUT",
        "JOB_NOT_FINISHED, 409, 4093, BAD_INPUT",
        "KEY_MESSAGE_REFUSED, 409, 4094, BAD_INPUT",
        "TOO_MANY_KEYS, 409, 4095, BAD_INPUT",
        "BODY_TOO_LARGE, 413, 413, BAD_INPUT",
        "URI_TOO_LONG, 414, 414, BAD_INPUT",
        "UNSUPPORTED_MEDIA_TYPE, 415, 415, BAD_INPUT",
        "INTERNAL, 500, 500, FAULT",
        "SELF_CHECK_FAILED, 500, 5001, FAULT",
        "CONFIGURATION, 500, 5002, FAULT",
        "HSM_UNAVAILABLE, 503, 5031, FAULT",
        "NOT_READY, 503, 5032, FAULT",
        "DATABASE_UNAVAILABLE, 503, 5033, FAULT",
        "AUDIT_UNAVAILABLE, 503, 5034, FAULT",
        "BUNDLE_STORE_UNAVAILABLE, 503, 5035, FAULT"
    })
    void neverChanges(KmsErrorCode entry, int httpStatus, int code, ErrorFamily family) {
        assertThat(entry.httpStatus()).isEqualTo(httpStatus);
        assertThat(entry.code()).isEqualTo(code);
        assertThat(entry.family()).isEqualTo(family);
    }

    @Test
    void hasNoOtherEntriesAndNoNumberTwice() {
        assertThat(KmsErrorCode.values()).hasSize(41);
        assertThat(Arrays.stream(KmsErrorCode.values()).map(KmsErrorCode::code)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsNumber(KmsErrorCode entry) {
        assertThat(KmsErrorCode.ofCode(entry.code())).contains(entry);
    }

    @Test
    void knowsNoNumbersOfOthers() {
        assertThat(KmsErrorCode.ofCode(7)).isEmpty();
    }

    @Test
    void keepsTheCauseForTheLog() {
        IllegalStateException cause = new IllegalStateException("deeper");
        KmsException failure = new KmsException(KmsErrorCode.INTERNAL, "what failed", cause);
        assertThat(failure).hasMessage("what failed").hasCause(cause);
        assertThat(failure.code()).isEqualTo(KmsErrorCode.INTERNAL);
    }
}
