package org.mckms.platform.delivery;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
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
     * @throws IllegalStateException if two handlers have one topic
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
        OutboxClaims claims = new OutboxClaims(dataSource, node);
        DeliveriesUnderWay underWay = new DeliveriesUnderWay();
        return new DeliveryModule(
                new DeliveryPump(
                        claims,
                        transactions,
                        databaseReady,
                        queue,
                        underWay,
                        byTopic.keySet(),
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
}
