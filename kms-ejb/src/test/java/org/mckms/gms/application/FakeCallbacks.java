package org.mckms.gms.application;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.mckms.gms.domain.Callbacks;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.delivery.CallbackAddress;
import org.mckms.platform.delivery.CallbackAnswer;
import org.mckms.platform.delivery.CallbackExchange;
import org.mckms.platform.delivery.DeliveryOrder;
import org.mckms.platform.delivery.Outbox;
import org.mckms.platform.delivery.OutboxEntry;

/** Registered callbacks, an outbox that keeps what is put into it, and receivers that answer as a test says. */
final class FakeCallbacks implements Callbacks, Outbox, CallbackExchange {

    final Map<String, String> addresses = new HashMap<>();
    final List<DeliveryOrder> orders = new ArrayList<>();
    final List<Octets> posted = new ArrayList<>();
    final List<String> hosts = new ArrayList<>();
    final List<Map<String, String>> headers = new ArrayList<>();
    Supplier<CallbackAnswer> answer = () -> new CallbackAnswer.Status(204);

    @Override
    public Map<String, String> addressesOf(Collection<String> memberUris) {
        Map<String, String> found = new HashMap<>(addresses);
        found.keySet().retainAll(memberUris);
        return found;
    }

    @Override
    public UUID put(String topic, DeliveryOrder order) {
        putAll(topic, List.of(order));
        return new UUID(0, orders.size());
    }

    @Override
    public void putAll(String topic, List<DeliveryOrder> more) {
        if (!topic.equals(GroupNotifications.TOPIC)) {
            throw new IllegalArgumentException(topic);
        }
        orders.addAll(more);
    }

    @Override
    public void hasten(String topic, String destination) {
        throw new UnsupportedOperationException("not used");
    }

    @Override
    public int cancel(String topic, String referencePrefix) {
        throw new UnsupportedOperationException("not used");
    }

    @Override
    public int cancelFor(String topic, String destination) {
        throw new UnsupportedOperationException("not used");
    }

    @Override
    public CallbackAnswer post(CallbackAddress address, String mediaType, Octets body, Map<String, String> fields) {
        posted.add(body);
        hosts.add(address.host());
        headers.add(fields);
        return answer.get();
    }

    /** The newest order as the pump hands it out. */
    OutboxEntry newest() {
        DeliveryOrder order = orders.get(orders.size() - 1);
        return new OutboxEntry(
                new UUID(0, 1),
                GroupNotifications.TOPIC,
                order.destination(),
                order.reference(),
                1,
                java.time.Instant.EPOCH);
    }
}
