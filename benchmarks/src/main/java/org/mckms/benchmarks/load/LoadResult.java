package org.mckms.benchmarks.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one run has measured.
 *
 * @param server      version of the server's JVM, and its token
 * @param length      of the measured load
 * @param tally       of all connections in that time
 * @param warmUpErrors requests before that time that went wrong
 * @param samples     of the server, in the order of time
 * @param threadMillis processor time of the server by kinds of threads
 * @param tokenCalls  counted by the shim in that time
 * @param clientTime  processor time of this process
 * @param profile     of further load after that time, with the processor time of a request in it
 */
record LoadResult(
        String server,
        Duration length,
        Workload.Tally tally,
        long warmUpErrors,
        List<ServerSample> samples,
        Map<String, Long> threadMillis,
        Optional<TokenCalls> tokenCalls,
        Duration clientTime,
        Optional<Profiled> profile) {

    /** A profile, and the processor time of the server for one request while it was recorded. */
    record Profiled(Profile profile, double microsPerRequest) {}

    double perSecond() {
        return tally.times.total() * 1e9 / length.toNanos();
    }

    /** Processor time of the server for one request, in microseconds. */
    double serverMicros() {
        Duration used = samples.get(samples.size() - 1)
                .processorTime()
                .minus(samples.get(0).processorTime());
        return perRequest(used.toNanos() / 1e3);
    }

    double perRequest(double total) {
        return total / Math.max(1, tally.times.total());
    }

    /** The least heap in use among the samples of a tenth of the time: about what a collection leaves. */
    long leastHeapKiB(boolean atTheEnd) {
        int tenth = Math.max(1, samples.size() / 10);
        List<ServerSample> part =
                atTheEnd ? samples.subList(samples.size() - tenth, samples.size()) : samples.subList(0, tenth);
        return part.stream().mapToLong(ServerSample::heapKiB).min().orElseThrow();
    }
}
