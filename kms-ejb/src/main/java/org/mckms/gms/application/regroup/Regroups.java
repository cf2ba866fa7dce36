package org.mckms.gms.application.regroup;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mckms.gms.application.GroupCaller;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.regroup.RegroupKey;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.gms.domain.regroup.RegroupParts;
import org.mckms.gms.domain.regroup.RegroupRole;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Temporary groups over systems, for managers (TS 33.180 clause 7.3.3). At the primary the creator sees and changes a regroup, at
 * a partner the owners of the groups that take part see and end it; for everybody else it does not exist.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Regroups {

    /** Largest page. */
    public static final int MAX_PAGE = 500;

    /** Parts that are read for one page, those of other managers included. */
    private static final int MAX_READ = 10_000;

    @Inject
    RegroupSite site;

    @Inject
    RegroupParts parts;

    @Inject
    TemporaryGroups groups;

    @Inject
    RegroupOrders orders;

    @Inject
    RegroupRenewal renewal;

    @Inject
    RecordedTransactions recorded;

    @Inject
    Transactions transactions;

    @Inject
    Clock clock;

    /**
     * As the primary: makes the temporary group and its keys, for the own members as for any group, and sends them to the
     * partners.
     *
     * @throws KmsException {@code NOT_GROUP_MANAGER}; {@code NOT_FOUND} for an own group that is not the caller's, or a
     *     partner that is not configured; {@code CONFLICT} if the URI is taken
     */
    public RegroupView start(GroupCaller caller, RegroupOrder order) {
        site.requireManager(caller);
        order.partners().forEach(share -> site.partner(share.gmsUri()));
        String id = UUID.randomUUID().toString();
        return recorded.inNewTogether(trail -> {
            Instant now = now();
            Group group = groups.make(caller, order, now);
            List<RegroupPart> made = new ArrayList<>();
            for (RegroupOrder.Share share : order.partners()) {
                RegroupPart part = RegroupPart.requested(
                        new RegroupKey(site.uri(), id, share.gmsUri()),
                        new RegroupPart.Scope(
                                List.of(group.owner()),
                                group.uri(),
                                order.ownGroups(),
                                share.groups(),
                                group.service()),
                        group.generation(),
                        now);
                parts.add(part);
                orders.tell(part);
                trail.accept(RegroupNotes.by(caller, AuditEvent.REGROUP_REQUESTED, part));
                made.add(part);
            }
            return RegroupView.of(made);
        });
    }

    /** @throws KmsException {@code NOT_FOUND} */
    public RegroupView show(GroupCaller caller, String regroupId) {
        return transactions.inNew(() -> RegroupView.of(visible(caller, regroupId)));
    }

    /**
     * Parts of regroups that the caller may see, newest first.
     *
     * @param before only those that became known before; for the next page the time of the last one
     * @throws KmsException {@code MALFORMED_REQUEST}
     */
    public List<RegroupPart> list(GroupCaller caller, Optional<Instant> before, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new KmsException(KmsErrorCode.MALFORMED_REQUEST, "a page has 1 to " + MAX_PAGE + " entries");
        }
        return transactions.inNew(() -> parts.before(before.orElseGet(() -> now().plusSeconds(1)), MAX_READ).stream()
                .filter(part -> isVisible(caller, part))
                .limit(limit)
                .toList());
    }

    /**
     * New keys, for the members that the groups have now: the primary makes them, a partner asks the primary for them.
     *
     * @param activation when all switch to them; empty: as soon as they have them
     * @throws KmsException {@code NOT_FOUND}; {@code CONFLICT} after the end, or for an activation at a partner
     */
    public RegroupView rekey(GroupCaller caller, String regroupId, Optional<Instant> activation) {
        return recorded.inNewTogether(trail -> {
            List<RegroupPart> held = locked(caller, regroupId);
            if (held.stream().allMatch(part -> part.state().isOver())) {
                throw new KmsException(KmsErrorCode.CONFLICT, "the regroup has ended");
            }
            if (held.get(0).role() == RegroupRole.PARTNER) {
                return asked(held, activation);
            }
            return RegroupView.of(renewal.renew(
                    held,
                    activation,
                    now(),
                    part -> trail.accept(RegroupNotes.by(caller, AuditEvent.REGROUP_REQUESTED, part))));
        });
    }

    private RegroupView asked(List<RegroupPart> held, Optional<Instant> activation) {
        if (activation.isPresent()) {
            throw new KmsException(
                    KmsErrorCode.CONFLICT, "another GMS makes the keys of this group, and says when they begin");
        }
        orders.wantNewKeys(held.get(0));
        return RegroupView.of(held);
    }

    /**
     * Ends a regroup: at the primary for all, at a partner for its own members; the others are told.
     *
     * @throws KmsException {@code NOT_FOUND}
     */
    public RegroupView tearDown(GroupCaller caller, String regroupId) {
        return recorded.inNewTogether(trail -> {
            Instant now = now();
            List<RegroupPart> over = new ArrayList<>();
            boolean ends = false;
            for (RegroupPart held : locked(caller, regroupId)) {
                if (held.state().isOver()) {
                    over.add(held);
                    continue;
                }
                RegroupPart ending = held.ending(now);
                parts.change(ending);
                orders.tell(ending);
                trail.accept(RegroupNotes.by(caller, AuditEvent.REGROUP_TORN_DOWN, ending));
                over.add(ending);
                ends = true;
            }
            if (ends) {
                groups.tearDown(over.get(0).temporaryGroupUri(), now);
            }
            return RegroupView.of(over);
        });
    }

    private List<RegroupPart> locked(GroupCaller caller, String regroupId) {
        return renewal.lock(visible(caller, regroupId).get(0).key());
    }

    private List<RegroupPart> visible(GroupCaller caller, String regroupId) {
        List<RegroupPart> found = parts.ofRegroup(regroupId).stream()
                .filter(part -> isVisible(caller, part))
                .toList();
        if (found.isEmpty()) {
            throw unknown(regroupId);
        }
        RegroupPart first = found.get(0);
        return found.stream()
                .filter(part -> part.key().primaryGmsUri().equals(first.key().primaryGmsUri()))
                .toList();
    }

    private static boolean isVisible(GroupCaller caller, RegroupPart part) {
        return part.owners().stream().anyMatch(caller::is);
    }

    private static KmsException unknown(String regroupId) {
        return new KmsException(KmsErrorCode.NOT_FOUND, "no regroup " + regroupId);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
