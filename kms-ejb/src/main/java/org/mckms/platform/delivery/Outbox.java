package org.mckms.platform.delivery;

import java.util.List;
import java.util.UUID;

/**
 * Orders deliveries inside the caller's transaction: they are made, at least once, if and only if it commits. Every method
 * needs a transaction.
 *
 * <p>A destination gets the deliveries of one topic one at a time and in the order in which they were put. One that cannot
 * be delivered is tried again for as long as {@code kms.delivery.give-up-after} says; those behind it wait. Then it is
 * dead, the next one goes, and operators can see it, retry it or drop it.
 */
public interface Outbox {

    /**
     * Orders one delivery.
     *
     * @param topic that of a {@link DeliveryHandler}; at most 40 characters
     * @return names the delivery for operators
     */
    UUID put(String topic, DeliveryOrder order);

    /** As {@link #put} for many, in few statements. */
    void putAll(String topic, List<DeliveryOrder> orders);

    /**
     * Has deliveries to a destination that wait after a failure tried again at once: it has shown that it is there. Their
     * attempts still count.
     */
    void hasten(String topic, String destination);

    /**
     * Forgets deliveries that have become pointless, dead ones included. One that is under way is not stopped, but not
     * tried again.
     *
     * @param referencePrefix begins the references of the deliveries; compared character by character
     * @return how many are forgotten
     */
    int cancel(String topic, String referencePrefix);

    /** The same for one destination. */
    int cancelFor(String topic, String destination);
}
