package org.mckms.gms.application.regroup;

import org.mckms.gms.application.GroupCaller;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;

/** How acts on regroups appear in the audit trail. */
final class RegroupNotes {

    private RegroupNotes() {}

    static AuditNote by(GroupCaller caller, AuditEvent event, RegroupPart part) {
        return of(event, "client:" + caller.uris().stream().sorted().findFirst().orElseThrow(), part)
                .with("source", caller.source());
    }

    static AuditNote by(PartnerCaller caller, AuditEvent event, RegroupPart part) {
        return of(event, "client:" + caller.gmsUri(), part).with("source", caller.source());
    }

    static AuditNote bySystem(AuditEvent event, RegroupPart part) {
        return of(event, AuditNote.SYSTEM, part);
    }

    private static AuditNote of(AuditEvent event, String actor, RegroupPart part) {
        AuditNote note = AuditNote.of(event, AuditNote.OK, actor, part.temporaryGroupUri())
                .with("regroup", part.key().regroupId())
                .with("role", part.role().name())
                .with("primary", part.key().primaryGmsUri())
                .with("partner", part.key().partnerGmsUri())
                .with("generation", Long.toString(part.generation()))
                .with("state", part.state().name());
        return part.reason().map(why -> note.with("reason", why)).orElse(note);
    }
}
