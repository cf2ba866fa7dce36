package org.mckms.platform.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Keeps what was ordered, in the order in which it was put. Knows no transactions. */
public final class RecordedOutbox implements Outbox {

    /** One order and its topic. */
    public record Entry(UUID id, String topic, DeliveryOrder order) {}

    private final List<Entry> entries = new ArrayList<>();

    @Override
    public synchronized UUID put(String topic, DeliveryOrder order) {
        Entry entry = new Entry(UUID.randomUUID(), topic, order);
        entries.add(entry);
        return entry.id();
    }

    @Override
    public synchronized void putAll(String topic, List<DeliveryOrder> orders) {
        orders.forEach(order -> put(topic, order));
    }

    @Override
    public void hasten(String topic, String destination) {
        // nothing waits here
    }

    @Override
    public synchronized int cancel(String topic, String referencePrefix) {
        int before = entries.size();
        entries.removeIf(entry ->
                entry.topic().equals(topic) && entry.order().reference().startsWith(referencePrefix));
        return before - entries.size();
    }

    @Override
    public synchronized int cancelFor(String topic, String destination) {
        int before = entries.size();
        entries.removeIf(entry ->
                entry.topic().equals(topic) && entry.order().destination().equals(destination));
        return before - entries.size();
    }

    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    public synchronized void clear() {
        entries.clear();
    }
}
