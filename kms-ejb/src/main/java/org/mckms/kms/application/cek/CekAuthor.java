package org.mckms.kms.application.cek;

import org.mckms.kms.application.Notes;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.cek.CekEnding;
import org.mckms.kms.domain.cek.CekRecord;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;

/** Who does something to content encryption keys, as the audit trail names it. */
@FunctionalInterface
interface CekAuthor {

    /** What time brings, or another record tells who did it. */
    CekAuthor SYSTEM = (event, subject) -> AuditNote.of(event, AuditNote.OK, AuditNote.SYSTEM, subject);

    AuditNote note(AuditEvent event, String subject);

    static CekAuthor of(AuthenticatedIdentity caller) {
        return (event, subject) -> Notes.client(event, caller, subject);
    }

    static CekAuthor of(OperatorIdentity operator) {
        return (event, subject) -> Notes.operator(event, operator, subject);
    }

    /** A server that is known by what it has sent. */
    static CekAuthor server(String serverUri) {
        return (event, subject) -> AuditNote.of(event, AuditNote.OK, "client:" + serverUri, subject);
    }

    /** The record of one key: Key ID and scope, never the key. */
    default AuditNote note(AuditEvent event, CekRecord cek) {
        AuditNote note = note(event, cek.scope().userUri())
                .with("keyId", cek.id())
                .with("server", cek.scope().serverUri())
                .with("revision", Long.toString(cek.revision()));
        AuditNote ofSession = cek.scope()
                .session()
                .map(session -> note.with("session", session))
                .orElse(note);
        return cek.ending()
                .map(CekEnding::name)
                .map(ending -> ofSession.with("ending", ending))
                .orElse(ofSession);
    }
}
