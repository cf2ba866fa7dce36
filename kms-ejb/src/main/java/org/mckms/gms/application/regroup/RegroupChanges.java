package org.mckms.gms.application.regroup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.UnaryOperator;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.gms.domain.regroup.RegroupParts;
import org.mckms.gms.domain.regroup.RegroupState;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.protocol.audit.AuditEvent;

/** Changes that come of deliveries, or of their absence. */
@ApplicationScoped
class RegroupChanges {

    @Inject
    RegroupParts parts;

    @Inject
    RecordedTransactions recorded;

    /**
     * Changes a part in a transaction of its own, unless it went over to other keys since it was looked at.
     *
     * @param seen   the part as it was looked at
     * @param change applied to the part as it is now
     */
    void apply(RegroupPart seen, UnaryOperator<RegroupPart> change) {
        recorded.inNew(trail -> {
            parts.lock(seen.key())
                    .filter(held -> held.generation() == seen.generation())
                    .ifPresent(held -> {
                        RegroupPart changed = change.apply(held);
                        if (changed.equals(held)) {
                            return;
                        }
                        parts.change(changed);
                        if (changed.state() == RegroupState.FAILED && held.state() != RegroupState.FAILED) {
                            trail.accept(RegroupNotes.bySystem(AuditEvent.REGROUP_FAILED, changed)
                                    .withOutcome("failed"));
                        }
                    });
            return seen;
        });
    }
}
