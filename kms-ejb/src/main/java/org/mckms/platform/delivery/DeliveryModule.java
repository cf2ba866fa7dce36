package org.mckms.platform.delivery;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.config.DeliverySettings;
import org.mckms.platform.persistence.Transactions;

/**
 * The parts of the deliveries of one node.
 *
 * @param pump   hands out what is due
 * @param worker makes the attempts
 * @param desk   for the operators
 */
public record DeliveryModule(DeliveryPump pump, DeliveryWorker worker, DeliveryDesk desk) {

    /**
     * @param databaseReady whether it is worth asking the database
     * @param node     name of this node, which no other node has
     * @param handlers one for each topic
     * @throws IllegalStateException if two handlers have one topic, or one takes no deliveries or too many at once
     */
    public static DeliveryModule over(
            DataSource dataSource,
            Transactions transactions,
            BooleanSupplier databaseReady,
            DeliveryQueue queue,
            Iterable<DeliveryHandler> handlers,
            String node,
            DeliverySettings settings,
            AuditTrail audit,
            Clock clock,
            SecureRandom random) {
        Map<String, DeliveryHandler> byTopic = new HashMap<>();
        for (DeliveryHandler handler : handlers) {
            if (byTopic.put(handler.topic(), handler) != null) {
                throw new IllegalStateException("two handlers deliver the topic " + handler.topic());
            }
        }
        byTopic.values().forEach(DeliveryModule::requireSize);
        OutboxClaims claims = new OutboxClaims(dataSource, node);
        DeliveriesUnderWay underWay = new DeliveriesUnderWay();
        return new DeliveryModule(
                new DeliveryPump(
                        claims,
                        transactions,
                        databaseReady,
                        queue,
                        underWay,
                        new DueDeliveries(
                                topics(byTopic, handler -> handler.most() == 1),
                                topics(byTopic, handler -> handler.most() > 1)),
                        settings.workers(),
                        clock),
                new DeliveryWorker(
                        claims,
                        transactions,
                        byTopic,
                        underWay,
                        new BackOff(settings.longestPause(), random),
                        settings.attempts(),
                        audit,
                        clock),
                new DeliveryDesk(dataSource));
    }

    private static void requireSize(DeliveryHandler handler) {
        if (handler.most() < 1 || handler.most() > DeliveryHandler.MOST) {
            throw new IllegalStateException(
                    "the handler of the topic " + handler.topic() + " takes " + handler.most() + " deliveries at once");
        }
    }

    private static Set<String> topics(Map<String, DeliveryHandler> handlers, Predicate<DeliveryHandler> which) {
        return handlers.values().stream()
                .filter(which)
                .map(DeliveryHandler::topic)
                .collect(Collectors.toUnmodifiableSet());
    }
}
