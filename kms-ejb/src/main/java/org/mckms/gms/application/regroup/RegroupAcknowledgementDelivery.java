package org.mckms.gms.application.regroup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.mckms.gms.domain.regroup.PartnerAnswer;
import org.mckms.gms.domain.regroup.PartnerChannel;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.gms.domain.regroup.RegroupParts;
import org.mckms.gms.domain.regroup.RegroupState;
import org.mckms.platform.delivery.DeliveryHandler;
import org.mckms.platform.delivery.DeliveryResult;
import org.mckms.platform.delivery.OutboxEntry;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.group.RegroupAcknowledgement;
import org.mckms.protocol.group.RegroupAcknowledgement.Outcome;

/** Brings how the keys fare, or the end of a regroup, from a partner to the primary. */
@ApplicationScoped
class RegroupAcknowledgementDelivery implements DeliveryHandler {

    @Inject
    RegroupParts parts;

    @Inject
    EndDelivery ends;

    @Inject
    PartnerChannel channel;

    @Inject
    Transactions transactions;

    @Override
    public String topic() {
        return RegroupTopics.ACKNOWLEDGEMENT;
    }

    @Override
    public DeliveryResult deliver(OutboxEntry entry) {
        Optional<RegroupPart> part = transactions.inNew(() -> parts.find(RegroupTopics.key(entry)));
        if (part.isEmpty() || part.get().state() == RegroupState.ENDED) {
            return DeliveryResult.delivered();
        }
        if (part.get().state() == RegroupState.ENDING) {
            return ends.deliver(part.get());
        }
        PartnerAnswer answer = channel.send(part.get().otherGmsUri(), acknowledgement(part.get()));
        return switch (answer.kind()) {
            case TAKEN -> DeliveryResult.delivered();
            case REFUSED -> DeliveryResult.dead(answer.why());
            case NOT_NOW -> DeliveryResult.retry(answer.why());
        };
    }

    private static RegroupAcknowledgement acknowledgement(RegroupPart part) {
        return new RegroupAcknowledgement(
                part.key().regroupId(),
                part.generation(),
                part.key().partnerGmsUri(),
                outcome(part.state()),
                part.counts().members(),
                part.counts().acknowledged(),
                part.counts().failed(),
                part.reason());
    }

    private static Outcome outcome(RegroupState state) {
        return switch (state) {
            case SETTLED -> Outcome.SETTLED;
            case FAILED -> Outcome.FAILED;
            default -> Outcome.STORED;
        };
    }
}
