package org.mckms.gms.application.regroup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.mckms.gms.domain.regroup.PartnerAnswer;
import org.mckms.gms.domain.regroup.PartnerChannel;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.gms.domain.regroup.RegroupParts;
import org.mckms.platform.delivery.DeliveryHandler;
import org.mckms.platform.delivery.DeliveryResult;
import org.mckms.platform.delivery.OutboxEntry;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.error.KmsException;

/** Brings keys of temporary groups, or the end of a regroup, from the primary to a partner. */
@ApplicationScoped
class RegroupDelivery implements DeliveryHandler {

    @Inject
    RegroupParts parts;

    @Inject
    RegroupMessages messages;

    @Inject
    EndDelivery ends;

    @Inject
    PartnerChannel channel;

    @Inject
    RegroupChanges changes;

    @Inject
    Transactions transactions;

    @Inject
    Clock clock;

    @Override
    public String topic() {
        return RegroupTopics.REGROUP;
    }

    @Override
    public DeliveryResult deliver(OutboxEntry entry) {
        Optional<RegroupPart> part = transactions.inNew(() -> parts.find(RegroupTopics.key(entry)));
        if (part.isEmpty()) {
            return DeliveryResult.delivered();
        }
        return switch (part.get().state()) {
            case REQUESTED, FAILED -> deliverKeys(part.get());
            case ENDING -> ends.deliver(part.get());
            case DELIVERED, STORED, SETTLED, ENDED -> DeliveryResult.delivered();
        };
    }

    private DeliveryResult deliverKeys(RegroupPart part) {
        PartnerAnswer answer = send(part);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        switch (answer.kind()) {
            case TAKEN -> {
                changes.apply(part, held -> held.delivered(now));
                return DeliveryResult.delivered();
            }
            case REFUSED -> {
                changes.apply(part, held -> held.failed(answer.why(), now));
                return DeliveryResult.dead(answer.why());
            }
            default -> {
                changes.apply(part, held -> held.delayed(answer.why()));
                return DeliveryResult.retry(answer.why());
            }
        }
    }

    private PartnerAnswer send(RegroupPart part) {
        try {
            return channel.send(messages.notification(part));
        } catch (KmsException e) {
            return PartnerAnswer.notNow(e.getMessage());
        }
    }
}
