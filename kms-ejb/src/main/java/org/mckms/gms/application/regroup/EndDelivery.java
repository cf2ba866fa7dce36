package org.mckms.gms.application.regroup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.mckms.gms.domain.regroup.PartnerAnswer;
import org.mckms.gms.domain.regroup.PartnerChannel;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.platform.delivery.DeliveryResult;
import org.mckms.protocol.group.RegroupTeardown;

/** Tells the other side of the end of a regroup, in either direction. */
@ApplicationScoped
class EndDelivery {

    @Inject
    PartnerChannel channel;

    @Inject
    RegroupChanges changes;

    @Inject
    Clock clock;

    /** A side that refuses to hear of it never knew of the regroup, or has ended it too. */
    DeliveryResult deliver(RegroupPart part) {
        PartnerAnswer answer = channel.send(
                part.otherGmsUri(),
                new RegroupTeardown(
                        part.key().regroupId(),
                        part.temporaryGroupUri(),
                        part.key().primaryGmsUri(),
                        part.key().partnerGmsUri()));
        if (answer.kind() == PartnerAnswer.Kind.NOT_NOW) {
            changes.apply(part, held -> held.endUntold(answer.why()));
            return DeliveryResult.retry(answer.why());
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        changes.apply(part, held -> held.ended(now));
        return DeliveryResult.delivered();
    }
}
