package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.platform.audit.RecordedAudit;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class OperatorRefusalsTest {

    private final RecordedAudit audit = new RecordedAudit();
    private final OperatorRefusals refusals = new OperatorRefusals();

    OperatorRefusalsTest() {
        refusals.audit = audit;
    }

    /** A call of {@link Epochs#list} that ends with an error. */
    private record Call(KmsException end) implements InvocationContext {

        @Override
        public Object proceed() {
            throw end;
        }

        @Override
        public Method getMethod() {
            try {
                return Epochs.class.getMethod("list", OperatorIdentity.class);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Object[] getParameters() {
            return new Object[] {ServerRig.AUDITOR};
        }

        @Override
        public Object getTarget() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object getTimer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Constructor<?> getConstructor() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setParameters(Object[] parameters) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, Object> getContextData() {
            throw new UnsupportedOperationException();
        }
    }

    private void ends(KmsException end) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> refusals.aroundInvoke(new Call(end)))
                .isSameAs(end);
    }

    @Test
    void recordsWhoLackedARole() {
        ends(new KmsException(KmsErrorCode.OPERATOR_ROLE_REQUIRED, "no"));

        assertThat(audit.last().event()).isEqualTo(AuditEvent.OPERATOR_REFUSED);
        assertThat(audit.last().actor()).isEqualTo("operator:anna");
        assertThat(audit.last().subject()).isEqualTo("Epochs.list");
    }

    @ParameterizedTest
    @EnumSource(names = {"SECOND_OFFICER_REQUIRED", "INVALID_CERTIFICATE", "CONFLICT"})
    void recordsWhomARuleStopped(KmsErrorCode code) {
        ends(new KmsException(code, "no"));

        assertThat(audit.last().event()).isEqualTo(AuditEvent.OPERATOR_REFUSED);
        assertThat(audit.last().outcome()).isEqualTo(code.name());
    }

    @Test
    void leavesOtherErrorsAlone() {
        ends(new KmsException(KmsErrorCode.NOT_FOUND, "no"));

        assertThat(audit.notes()).isEmpty();
    }

    @Test
    void refusesEvenIfTheTrailIsAway() {
        audit.available(false);

        ends(new KmsException(KmsErrorCode.OPERATOR_ROLE_REQUIRED, "no"));
    }
}
