package org.mckms.gms.application.regroup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.platform.delivery.Outbox;

/** Orders messages to other GMSs, in the caller's transaction. */
@ApplicationScoped
class RegroupOrders {

    @Inject
    Outbox outbox;

    /** The other side is to be told how this part stands; what waits to be told of it is dropped. */
    void tell(RegroupPart part) {
        String topic = RegroupTopics.of(part.role());
        outbox.cancel(topic, RegroupTopics.reference(part.key()));
        outbox.put(topic, RegroupTopics.order(part));
    }

    /** The primary is to be asked for keys in the place of those that this partner holds. */
    void wantNewKeys(RegroupPart part) {
        outbox.cancel(RegroupTopics.REKEY_REQUEST, RegroupTopics.reference(part.key()));
        outbox.put(RegroupTopics.REKEY_REQUEST, RegroupTopics.rekeyOrder(part));
    }
}
