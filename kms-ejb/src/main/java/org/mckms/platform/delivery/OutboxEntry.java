package org.mckms.platform.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/**
 * One delivery that is due now.
 *
 * @param topic       which handler delivers it
 * @param destination who gets it; to one destination goes one delivery of a topic at a time, in the order in which they
 *                    were put, except for those that were set aside
 * @param reference   what the handler finds the content by; no secret
 * @param attempts    how often it was tried, this time included
 */
public record OutboxEntry(
        UUID id, String topic, String destination, String reference, int attempts, Instant createdAt) {

    public OutboxEntry {
        requireNonNull(id, "id");
        requireNonNull(topic, "topic");
        requireNonNull(destination, "destination");
        requireNonNull(reference, "reference");
        requireNonNull(createdAt, "createdAt");
    }
}
