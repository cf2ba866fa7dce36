package org.mckms.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.interceptor.Interceptors;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.kms.application.OperatorRefusals;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class OperatorGateTest {

    private static final OperatorIdentity OFFICER =
            new OperatorIdentity("alice", Set.of(OperatorRole.OFFICER), "ab".repeat(32));

    private final OperatorGate gate = new OperatorGate();

    /** The interceptor records refusals of methods whose first parameter is the operator. */
    @Test
    void itsRefusalsAreRecordedByTheInterceptorOfTheUseCases() {
        assertThat(OperatorGate.class.getAnnotation(Interceptors.class).value())
                .containsExactly(OperatorRefusals.class);
        for (Method method : OperatorGate.class.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers())) {
                assertThat(method.getParameterTypes()[0]).isEqualTo(OperatorIdentity.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", ""})
    void refusesAnyOrigin(String origin) {
        refuses(() -> gate.refuseWebPages(OFFICER, Optional.of(origin)));
    }

    @Test
    void passesARequestWithoutOrigin() {
        assertThatCode(() -> gate.refuseWebPages(OFFICER, Optional.empty())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json; charset=utf-8", "Application/JSON"})
    void passesJson(String type) {
        assertThatCode(() -> gate.refuseForms(OFFICER, Optional.of(type))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv", "text/csv; charset=utf-8", "Text/CSV"})
    void passesAList(String type) {
        assertThatCode(() -> gate.refuseForms(OFFICER, Optional.of(type))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp"
            })
    void refusesOtherTypes(String type) {
        refuses(() -> gate.refuseForms(OFFICER, Optional.of(type)));
        refuses(() -> gate.refuseForms(OFFICER, Optional.empty()));
    }

    private static void refuses(Runnable check) {
        assertThatThrownBy(check::run).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(KmsErrorCode.OPERATOR_ROLE_REQUIRED));
    }
}
