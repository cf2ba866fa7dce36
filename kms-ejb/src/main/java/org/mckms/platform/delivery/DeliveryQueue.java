package org.mckms.platform.delivery;

/** Hands claims to whoever delivers them on this node. May lose them: then their leases end. */
@FunctionalInterface
public interface DeliveryQueue {

    /**
     * Sends one text.
     *
     * @throws RuntimeException if the queue does not take it
     */
    void send(String claim);
}
