package org.mckms.platform.delivery;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One delivery that has not arrived, for operators.
 *
 * @param seq       its place in the order of all deliveries
 * @param attempts  how often it was tried
 * @param dueAt     when it is tried next, if it waits or was set aside; when it was given up, if it is dead
 * @param claimedBy the node that has it now
 * @param reason    why the last attempt failed
 */
public record DeliveryView(
        long seq,
        UUID id,
        String topic,
        String destination,
        String reference,
        OutboxState state,
        int attempts,
        Instant createdAt,
        Instant dueAt,
        Optional<String> claimedBy,
        Optional<String> reason) {}
