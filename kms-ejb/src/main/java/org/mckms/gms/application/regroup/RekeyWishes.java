package org.mckms.gms.application.regroup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.RegroupRekeyRequest;

/** What the primary does when a partner wants new keys. Inside a transaction. */
@ApplicationScoped
class RekeyWishes {

    @Inject
    RegroupSite site;

    @Inject
    RegroupRenewal renewal;

    @Inject
    TemporaryGroups groups;

    /**
     * Makes new keys for all, unless there are newer ones than those the partner wants replaced.
     *
     * @throws KmsException {@code NOT_FOUND} if no such regroup was sent to this partner; {@code CONFLICT} if it has ended or
     *     never had that generation; {@code NOT_READY} if the keys are so new that the partner has to ask again, as each
     *     generation costs every member a message
     */
    void grant(PartnerCaller caller, RegroupRekeyRequest wish, Instant now, Consumer<AuditNote> trail) {
        List<RegroupPart> held = renewal.lock(site.uri(), wish.regroupId());
        RegroupPart own = held.stream()
                .filter(part -> part.key().partnerGmsUri().equals(caller.gmsUri()))
                .filter(part -> part.temporaryGroupUri().equals(wish.temporaryGroupUri()))
                .findFirst()
                .orElseThrow(() -> new KmsException(KmsErrorCode.NOT_FOUND, "no such regroup with this caller"));
        Optional<Group> group = groups.find(own.temporaryGroupUri()).filter(Group::isActive);
        if (own.state().isOver()
                || group.isEmpty()
                || wish.generation() > group.get().generation()) {
            throw new KmsException(KmsErrorCode.CONFLICT, "the regroup has ended, or has no such generation of keys");
        }
        if (wish.generation() < group.get().generation()) {
            return;
        }
        if (groups.newestMadeAt(group.get()).plus(RegroupSite.LEAST_LIFE).isAfter(now)) {
            throw new KmsException(KmsErrorCode.NOT_READY, "the keys are newer than " + RegroupSite.LEAST_LIFE);
        }
        renewal.renew(
                held,
                Optional.empty(),
                now,
                part -> trail.accept(RegroupNotes.by(caller, AuditEvent.REGROUP_REQUESTED, part)));
    }
}
