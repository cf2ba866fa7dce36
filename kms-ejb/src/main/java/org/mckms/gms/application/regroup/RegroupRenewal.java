package org.mckms.gms.application.regroup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.regroup.RegroupKey;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.gms.domain.regroup.RegroupParts;

/**
 * New keys of a temporary group, at its primary. Inside a transaction.
 *
 * <p>Whatever locks more than one row of regroups does so in one order, so that two acts at the same moment follow each
 * other: constituent groups by URI, and only where a temporary group is made; then the parts of one regroup by the URIs of
 * the partners; then its temporary group.
 */
@ApplicationScoped
class RegroupRenewal {

    @Inject
    RegroupParts parts;

    @Inject
    TemporaryGroups groups;

    @Inject
    RegroupOrders orders;

    /** All parts of one regroup as they are now, held until the transaction ends, by the URIs of the partners. */
    List<RegroupPart> lock(String primaryGmsUri, String regroupId) {
        return parts.ofRegroup(regroupId).stream()
                .map(RegroupPart::key)
                .filter(key -> key.primaryGmsUri().equals(primaryGmsUri))
                .flatMap(key -> parts.lock(key).stream())
                .toList();
    }

    /** The same of the regroup that a part belongs to. */
    List<RegroupPart> lock(RegroupKey key) {
        return lock(key.primaryGmsUri(), key.regroupId());
    }

    /**
     * Makes keys for those who are members of the groups now, and orders that partners are given them.
     *
     * @param held       all parts, locked by this transaction; those that are over stay as they are
     * @param activation when all switch to the keys; empty: as soon as they have them
     * @param renewed    is told of each part that goes on
     * @return the parts as they are now
     */
    List<RegroupPart> renew(
            List<RegroupPart> held, Optional<Instant> activation, Instant now, Consumer<RegroupPart> renewed) {
        RegroupPart any = held.get(0);
        Group group = groups.rekey(any.temporaryGroupUri(), any.primaryGroups(), activation, now);
        List<RegroupPart> all = new ArrayList<>();
        for (RegroupPart part : held) {
            if (part.state().isOver()) {
                all.add(part);
                continue;
            }
            RegroupPart next = part.renewed(group.generation(), now);
            parts.change(next);
            orders.tell(next);
            renewed.accept(next);
            all.add(next);
        }
        return all;
    }
}
