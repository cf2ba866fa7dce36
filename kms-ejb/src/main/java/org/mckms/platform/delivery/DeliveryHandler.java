package org.mckms.platform.delivery;

/** Delivers what was ordered under one topic. A CDI bean; called by several threads at once, outside of transactions. */
public interface DeliveryHandler {

    /** At most 40 characters; no two handlers have the same. */
    String topic();

    /**
     * Tries once, within a minute. Whoever gets the delivery may get it again: the server may end before it has noted the
     * success. An exception counts as {@link DeliveryResult.Retry}.
     */
    DeliveryResult deliver(OutboxEntry entry);
}
