package org.mckms.platform.delivery;

import static java.util.Objects.requireNonNull;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;

/** The queue of the broker inside this server. What is in it is lost with the broker; the outbox knows it all the same. */
public final class JmsDeliveryQueue implements DeliveryQueue {

    private final ConnectionFactory connections;
    private final Queue queue;

    public JmsDeliveryQueue(ConnectionFactory connections, Queue queue) {
        this.connections = requireNonNull(connections, "connections");
        this.queue = requireNonNull(queue, "queue");
    }

    @Override
    public void send(String claim) {
        try (JMSContext context = connections.createContext()) {
            context.createProducer()
                    .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                    .send(queue, claim);
        }
    }
}
