package org.mckms.kms.application;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts failures of unauthenticated callers per source and minute, in bounded memory: beyond the limit of sources the
 * rest of a minute is counted together, and beyond the limit of minutes everything with the newest minute.
 */
final class FailureTally {

    static final String OTHER_SOURCES = "other";

    private final int maxSources;
    private final int maxMinutes;
    private final TreeMap<Instant, Map<String, Count>> minutes = new TreeMap<>();

    /**
     * How often one source failed in one minute.
     *
     * @param reason of the first failure
     */
    record Count(Instant minute, String source, String reason, long times) {}

    /**
     * @param maxSources that a minute names
     * @param maxMinutes that wait to be written
     */
    FailureTally(int maxSources, int maxMinutes) {
        this.maxSources = maxSources;
        this.maxMinutes = maxMinutes;
    }

    synchronized void add(Instant now, String source, String reason) {
        merge(new Count(now.truncatedTo(ChronoUnit.MINUTES), source, reason, 1));
    }

    /** Gives back what could not be written. */
    synchronized void putBack(Count count) {
        merge(count);
    }

    private void merge(Count count) {
        boolean roomForMinute = minutes.containsKey(count.minute()) || minutes.size() < maxMinutes;
        Instant minute = roomForMinute ? count.minute() : minutes.lastKey();
        Map<String, Count> counts = minutes.computeIfAbsent(minute, m -> new HashMap<>());
        boolean named = roomForMinute && (counts.containsKey(count.source()) || counts.size() < maxSources);
        String source = named ? count.source() : OTHER_SOURCES;
        counts.merge(
                source,
                new Count(minute, source, count.reason(), count.times()),
                (old, more) -> new Count(old.minute(), old.source(), old.reason(), old.times() + more.times()));
    }

    /** Takes out all counts of minutes that are over. */
    synchronized List<Count> takeBefore(Instant now) {
        Map<Instant, Map<String, Count>> over = minutes.headMap(now.truncatedTo(ChronoUnit.MINUTES));
        List<Count> taken = new ArrayList<>();
        over.values().forEach(counts -> taken.addAll(counts.values()));
        over.clear();
        return taken;
    }
}
