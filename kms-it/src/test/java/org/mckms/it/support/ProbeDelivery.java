package org.mckms.it.support;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.delivery.CallbackAddress;
import org.mckms.platform.delivery.CallbackExchange;
import org.mckms.platform.delivery.DeliveryHandler;
import org.mckms.platform.delivery.DeliveryResult;
import org.mckms.platform.delivery.OutboxEntry;

/** Inside the server under test: delivers the reference of an entry to the address that its destination is. */
@ApplicationScoped
public class ProbeDelivery implements DeliveryHandler {
    static final String TOPIC = "it.probe";

    @Inject
    CallbackExchange callbacks;

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public DeliveryResult deliver(OutboxEntry entry) {
        return callbacks
                .post(CallbackAddress.of(entry.destination()), "text/plain", Octets.ofUtf8(entry.reference()), Map.of())
                .asDelivery();
    }
}
