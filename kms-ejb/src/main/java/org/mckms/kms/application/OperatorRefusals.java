package org.mckms.kms.application;

import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;
import java.util.EnumSet;
import java.util.Set;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Writes down every operator who tried what roles, the rule of two officers, or a check of what was brought do not allow. */
public class OperatorRefusals {

    private static final Set<KmsErrorCode> WRITTEN = EnumSet.of(
            KmsErrorCode.OPERATOR_ROLE_REQUIRED,
            KmsErrorCode.SECOND_OFFICER_REQUIRED,
            KmsErrorCode.INVALID_CERTIFICATE,
            KmsErrorCode.CONFLICT);

    @Inject
    AuditTrail audit;

    @AroundInvoke
    Object aroundInvoke(InvocationContext context) throws Exception {
        try {
            return context.proceed();
        } catch (KmsException e) {
            Object[] parameters = context.getParameters();
            if (WRITTEN.contains(e.code())
                    && parameters.length > 0
                    && parameters[0] instanceof OperatorIdentity operator) {
                write(operator, context, e);
            }
            throw e;
        }
    }

    private void write(OperatorIdentity operator, InvocationContext context, KmsException refusal) {
        String act = context.getMethod().getDeclaringClass().getSimpleName() + "."
                + context.getMethod().getName();
        try {
            audit.record(
                    Notes.operator(AuditEvent.OPERATOR_REFUSED, refusal.code().name(), operator, act));
        } catch (KmsException e) {
            refusal.addSuppressed(e);
        }
    }
}
