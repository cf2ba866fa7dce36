package org.mckms.gms.application.regroup;

import java.util.List;
import java.util.stream.Collectors;
import org.mckms.gms.application.GroupCaller;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;

/** How acts on regroups appear in the audit trail. */
final class RegroupNotes {

    private static final int MAX_NAMED = 20;

    private RegroupNotes() {}

    static AuditNote by(GroupCaller caller, AuditEvent event, RegroupPart part) {
        return of(event, caller.actor(), part).with("source", caller.source());
    }

    static AuditNote by(PartnerCaller caller, AuditEvent event, RegroupPart part) {
        return of(event, "client:" + caller.gmsUri(), part).with("source", caller.source());
    }

    static AuditNote bySystem(AuditEvent event, RegroupPart part) {
        return of(event, AuditNote.SYSTEM, part);
    }

    /** Users who left a constituent group are out of the temporary group; of many the first are named. */
    static AuditNote membersLeft(GroupCaller caller, RegroupPart part, List<String> memberUris) {
        return AuditNote.of(
                        AuditEvent.GROUP_MEMBERS_CHANGED,
                        AuditNote.OK,
                        caller.actor(),
                        "group:" + part.temporaryGroupUri())
                .with("change", "left")
                .with("count", Integer.toString(memberUris.size()))
                .with("who", memberUris.stream().limit(MAX_NAMED).collect(Collectors.joining(" ")))
                .with("regroup", part.key().regroupId())
                .with("role", part.role().name());
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
