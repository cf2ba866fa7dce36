package org.mckms.kms.application;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** Lets each name have so many events a minute; names that do not fit into memory have none. */
final class MinuteBudget {

    private final int perMinute;
    private final int maxNames;
    private final Map<String, Integer> spent = new HashMap<>();
    private Instant minute = Instant.MIN;

    MinuteBudget(int perMinute, int maxNames) {
        this.perMinute = perMinute;
        this.maxNames = maxNames;
    }

    /** Whether one more event of this name is within its budget; if so, it is spent. */
    synchronized boolean take(Instant now, String name) {
        Instant running = now.truncatedTo(ChronoUnit.MINUTES);
        if (!running.equals(minute)) {
            minute = running;
            spent.clear();
        }
        if (!spent.containsKey(name) && spent.size() >= maxNames) {
            return false;
        }
        return spent.merge(name, 1, Integer::sum) <= perMinute;
    }
}
