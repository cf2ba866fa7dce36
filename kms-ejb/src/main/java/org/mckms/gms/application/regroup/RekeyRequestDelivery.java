package org.mckms.gms.application.regroup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.mckms.gms.domain.regroup.PartnerAnswer;
import org.mckms.gms.domain.regroup.PartnerChannel;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.gms.domain.regroup.RegroupParts;
import org.mckms.platform.delivery.DeliveryHandler;
import org.mckms.platform.delivery.DeliveryResult;
import org.mckms.platform.delivery.OutboxEntry;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.group.RegroupRekeyRequest;

/** Asks the primary for new keys in the place of a generation, unless newer ones have come meanwhile or the regroup is over. */
@ApplicationScoped
class RekeyRequestDelivery implements DeliveryHandler {

    @Inject
    RegroupParts parts;

    @Inject
    PartnerChannel channel;

    @Inject
    Transactions transactions;

    @Override
    public String topic() {
        return RegroupTopics.REKEY_REQUEST;
    }

    @Override
    public DeliveryResult deliver(OutboxEntry entry) {
        long unwanted = RegroupTopics.generation(entry);
        Optional<RegroupPart> part = transactions.inNew(() -> parts.find(RegroupTopics.key(entry)));
        if (part.filter(held -> !held.state().isOver() && held.generation() <= unwanted)
                .isEmpty()) {
            return DeliveryResult.delivered();
        }
        PartnerAnswer answer = channel.send(request(part.get(), unwanted));
        return switch (answer.kind()) {
            case TAKEN -> DeliveryResult.delivered();
            case REFUSED -> DeliveryResult.dead(answer.why());
            case NOT_NOW -> DeliveryResult.retry(answer.why());
        };
    }

    private static RegroupRekeyRequest request(RegroupPart part, long unwanted) {
        return new RegroupRekeyRequest(
                part.key().regroupId(),
                unwanted,
                part.temporaryGroupUri(),
                part.key().primaryGmsUri(),
                part.key().partnerGmsUri());
    }
}
