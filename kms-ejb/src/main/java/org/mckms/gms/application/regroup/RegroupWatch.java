package org.mckms.gms.application.regroup;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.regroup.RegroupCounts;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.gms.domain.regroup.RegroupParts;
import org.mckms.gms.domain.regroup.RegroupRole;
import org.mckms.gms.domain.regroup.RegroupState;
import org.mckms.platform.SystemUse;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.audit.AuditEvent;

/**
 * Looks after regroups: at the primary, whether the temporary group has newer keys or has ended, and whether a partner is
 * silent for too long; at the partner, how its members fare.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RegroupWatch {

    /** Parts that one look takes care of. */
    private static final int MOST = 1000;

    private static final Set<RegroupState> ALIVE = EnumSet.of(
            RegroupState.REQUESTED,
            RegroupState.DELIVERED,
            RegroupState.STORED,
            RegroupState.SETTLED,
            RegroupState.FAILED);

    @Inject
    RegroupSite site;

    @Inject
    RegroupParts parts;

    @Inject
    TemporaryGroups groups;

    @Inject
    RegroupOrders orders;

    @Inject
    RegroupChanges changes;

    @Inject
    RecordedTransactions recorded;

    @Inject
    Transactions transactions;

    @Inject
    Clock clock;

    /** One look at all regroups that go on. */
    @SystemUse("called by the server's own clock")
    public void look() {
        if (!site.isOn()) {
            return;
        }
        alive(RegroupRole.PRIMARY).forEach(this::lookAsPrimary);
        alive(RegroupRole.PARTNER).forEach(this::lookAsPartner);
    }

    private List<RegroupPart> alive(RegroupRole role) {
        return transactions.inNew(() -> parts.inState(role, ALIVE, MOST));
    }

    private void lookAsPrimary(RegroupPart seen) {
        Optional<Group> group = transactions.inNew(() -> groups.find(seen.temporaryGroupUri()));
        boolean ended = group.filter(Group::isActive).isEmpty();
        boolean rekeyed =
                group.filter(now -> now.generation() > seen.generation()).isPresent();
        if (ended || rekeyed) {
            follow(seen, group.filter(Group::isActive));
            return;
        }
        boolean late = seen.changedAt().plus(RegroupSite.PATIENCE).isBefore(now());
        if (late) {
            String why = seen.reason().orElse("the partner has not said that it holds the keys") + " (for "
                    + RegroupSite.PATIENCE + ")";
            changes.apply(seen, held -> held.unanswered(why, now()));
        }
    }

    /** The temporary group was given new keys, or ended, by other ways than the regroup. */
    private void follow(RegroupPart seen, Optional<Group> active) {
        recorded.inNewTogether(trail -> {
            RegroupPart held = parts.lock(seen.key()).orElseThrow();
            boolean behind = active.filter(group -> group.generation() > held.generation())
                    .isPresent();
            if (held.state().isOver() || active.isPresent() && !behind) {
                return held;
            }
            RegroupPart next =
                    active.map(group -> held.renewed(group.generation(), now())).orElseGet(() -> held.ending(now()));
            parts.change(next);
            orders.tell(next);
            trail.accept(RegroupNotes.bySystem(
                    active.isPresent() ? AuditEvent.REGROUP_REQUESTED : AuditEvent.REGROUP_TORN_DOWN, next));
            return next;
        });
    }

    private void lookAsPartner(RegroupPart seen) {
        boolean allGood = seen.state() == RegroupState.SETTLED && seen.counts().failed() == 0;
        if (allGood) {
            return;
        }
        transactions.runInNew(() -> {
            RegroupPart held = parts.lock(seen.key()).orElseThrow();
            Optional<Group> group = groups.find(held.temporaryGroupUri()).filter(Group::isActive);
            if (held.state().isOver() || group.isEmpty()) {
                return;
            }
            RegroupCounts counts = groups.counts(group.get());
            if (counts.equals(held.counts()) && held.state() == counts.state()) {
                return;
            }
            Optional<String> why = counts.failed() == 0
                    ? Optional.empty()
                    : Optional.of(counts.failed() + " of " + counts.members() + " members could not take the keys");
            RegroupPart told = held.answered(held.generation(), counts, why, now());
            if (!told.equals(held)) {
                parts.change(told);
                orders.tell(told);
            }
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
