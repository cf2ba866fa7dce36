package org.mckms.kms.application;

import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Writes down every operator who tried what his roles do not allow. */
public class OperatorRefusals {

    @Inject
    AuditTrail audit;

    @AroundInvoke
    Object aroundInvoke(InvocationContext context) throws Exception {
        try {
            return context.proceed();
        } catch (KmsException e) {
            Object[] parameters = context.getParameters();
            if (e.code() == KmsErrorCode.OPERATOR_ROLE_REQUIRED
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
