package org.mckms.platform.delivery;

import java.util.List;

/** Delivers what was ordered under one topic. A CDI bean; called by several threads at once, outside of transactions. */
public interface DeliveryHandler {

    /** Deliveries that one handler takes at once, at most. */
    int MOST = 1000;

    /** At most 40 characters; no two handlers have the same. */
    String topic();

    /**
     * How many deliveries to one destination it takes at once, 1 to {@value #MOST}. One that takes more than one has few
     * destinations.
     */
    default int most() {
        return 1;
    }

    /**
     * Tries once, within a minute. Whoever gets the delivery may get it again: the server may end before it has noted the
     * success. An exception counts as {@link DeliveryResult.Retry}.
     */
    DeliveryResult deliver(OutboxEntry entry);

    /**
     * Tries several to one destination once, all of them within a minute. An exception counts as
     * {@link DeliveryResult.Retry} of each.
     *
     * @param entries 1 to {@link #most} in the order in which they were put; deliveries behind those of
     *     {@link DeliveryResult.Retry} wait for them
     * @return one result for each, in the same order
     */
    default List<DeliveryResult> deliverAll(List<OutboxEntry> entries) {
        return entries.stream().map(this::deliver).toList();
    }
}
