package org.mckms.kms.application;

import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ClientKeysRecord;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsException;

/** How callers appear in the audit trail. */
public final class Notes {

    private Notes() {}

    public static AuditNote client(AuditEvent event, AuthenticatedIdentity caller, String subject) {
        return by(event, AuditNote.OK, caller, subject);
    }

    static AuditNote refusedClient(AuthenticatedIdentity caller, String resource, KmsException refusal) {
        return by(AuditEvent.REQUEST_REFUSED, refusal.code().name(), caller, resource)
                .with("reason", String.valueOf(refusal.getMessage()));
    }

    private static AuditNote by(AuditEvent event, String outcome, AuthenticatedIdentity caller, String subject) {
        AuditNote note = AuditNote.of(event, outcome, "client:" + caller.primaryUri(), subject)
                .with("kind", caller.kind().name())
                .with("issuer", caller.issuer())
                .with("tokenSubject", caller.subject())
                .with("clientId", caller.clientId())
                .with("source", caller.source());
        return caller.proxy().map(proxy -> note.with("proxy", proxy)).orElse(note);
    }

    /** With the device and what tells its rows apart: the newest revision of each row is read from here at the start. */
    static AuditNote of(ClientKeysRecord keys, AuditNote note) {
        return note.with(ClientKeysTrail.DEVICE, keys.id().device())
                .with(ClientKeysTrail.REVISION, Long.toString(keys.revision()))
                .with("number", Integer.toString(keys.number()))
                .with("state", keys.state().name());
    }

    public static AuditNote operator(AuditEvent event, OperatorIdentity operator, String subject) {
        return operator(event, AuditNote.OK, operator, subject);
    }

    static AuditNote operator(AuditEvent event, String outcome, OperatorIdentity operator, String subject) {
        return AuditNote.of(event, outcome, actor(operator), subject)
                .with("certificateSha256", operator.certificateSha256());
    }

    static String actor(OperatorIdentity operator) {
        return "operator:" + operator.name();
    }
}
