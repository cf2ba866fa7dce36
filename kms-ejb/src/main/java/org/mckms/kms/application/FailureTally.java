package org.mckms.kms.application;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts failures of unauthenticated callers per source and minute, in bounded memory: beyond the limit of sources the
 * rest of a minute is counted together.
 */
final class FailureTally {

    static final String OTHER_SOURCES = "other";

    private final int maxSources;
    private final Map<Key, Count> counts = new HashMap<>();

    private record Key(Instant minute, String source) {}

    /**
     * How often one source failed in one minute.
     *
     * @param reason of the first failure
     */
    record Count(Instant minute, String source, String reason, long times) {}

    FailureTally(int maxSources) {
        this.maxSources = maxSources;
    }

    synchronized void add(Instant now, String source, String reason) {
        merge(new Count(now.truncatedTo(ChronoUnit.MINUTES), source, reason, 1));
    }

    /** Gives back what could not be written. */
    synchronized void putBack(Count count) {
        merge(count);
    }

    private void merge(Count count) {
        Key own = new Key(count.minute(), count.source());
        boolean room = counts.containsKey(own) || counts.size() < maxSources;
        Key key = room ? own : new Key(count.minute(), OTHER_SOURCES);
        counts.merge(
                key,
                new Count(key.minute(), key.source(), count.reason(), count.times()),
                (old, more) -> new Count(old.minute(), old.source(), old.reason(), old.times() + more.times()));
    }

    /** Takes out all counts of minutes that are over. */
    synchronized List<Count> takeBefore(Instant now) {
        Instant running = now.truncatedTo(ChronoUnit.MINUTES);
        List<Count> over = new ArrayList<>();
        counts.values().removeIf(count -> {
            boolean take = count.minute().isBefore(running);
            if (take) {
                over.add(count);
            }
            return take;
        });
        return over;
    }
}
