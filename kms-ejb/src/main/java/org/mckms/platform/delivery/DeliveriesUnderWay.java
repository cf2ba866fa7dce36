package org.mckms.platform.delivery;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The claims of this process that were handed out and not given back, so that no more are made than it can work on. Thread safe. */
final class DeliveriesUnderWay {

    private final Map<UUID, Instant> leases = new HashMap<>();

    /** Notes a claim; one that is never ended counts until its lease ends. */
    synchronized void add(Claim claim, Instant until) {
        leases.put(claim.lease(), until);
    }

    synchronized void end(Claim claim) {
        leases.remove(claim.lease());
    }

    synchronized int count(Instant now) {
        leases.values().removeIf(until -> until.isBefore(now));
        return leases.size();
    }
}
