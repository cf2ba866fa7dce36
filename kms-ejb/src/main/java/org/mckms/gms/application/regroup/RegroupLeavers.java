package org.mckms.gms.application.regroup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.gms.application.ConstituentGroups;
import org.mckms.gms.application.GroupCaller;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.gms.domain.regroup.RegroupParts;
import org.mckms.gms.domain.regroup.RegroupRole;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;

/**
 * Takes those who left a group out of the temporary groups that it takes part in. The primary makes new keys there in the
 * same transaction; a partner, which makes none, orders in it that the primary is asked for them.
 */
@ApplicationScoped
class RegroupLeavers implements ConstituentGroups {

    @Inject
    RegroupParts parts;

    @Inject
    RegroupRenewal renewal;

    @Inject
    TemporaryGroups groups;

    @Inject
    RegroupOrders orders;

    @Override
    public void left(
            GroupCaller caller,
            String groupUri,
            Collection<String> memberUris,
            Instant now,
            Consumer<AuditNote> trail) {
        if (memberUris.isEmpty()) {
            return;
        }
        parts.aliveWith(groupUri).stream()
                .map(part -> new Regroup(part.key().primaryGmsUri(), part.key().regroupId()))
                .distinct()
                .sorted(Comparator.comparing(Regroup::primaryGmsUri).thenComparing(Regroup::id))
                .forEach(regroup -> leave(caller, regroup, memberUris, now, trail));
    }

    /** All parts of it have one temporary group. */
    private record Regroup(String primaryGmsUri, String id) {}

    private void leave(
            GroupCaller caller, Regroup regroup, Collection<String> leavers, Instant now, Consumer<AuditNote> trail) {
        List<RegroupPart> alive = renewal.lock(regroup.primaryGmsUri(), regroup.id()).stream()
                .filter(part -> !part.state().isOver())
                .toList();
        if (alive.isEmpty()) {
            return;
        }
        RegroupPart any = alive.get(0);
        List<String> gone = groups.leave(any.temporaryGroupUri(), any.ownGroups(), leavers);
        if (gone.isEmpty()) {
            return;
        }
        trail.accept(RegroupNotes.membersLeft(caller, any, gone));
        if (any.role() == RegroupRole.PARTNER) {
            orders.wantNewKeys(any);
        } else {
            renewal.renew(
                    alive,
                    Optional.empty(),
                    now,
                    part -> trail.accept(RegroupNotes.by(caller, AuditEvent.REGROUP_REQUESTED, part)));
        }
    }
}
