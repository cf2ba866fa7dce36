package org.mckms.benchmarks.load;

import java.time.Duration;

/**
 * What was measured of content encryption keys.
 *
 * @param keys          made without a pause
 * @param made          until the last one was made
 * @param told          until the MC server had acknowledged all of them
 * @param pushes        documents that told it
 * @param processorTime of the server until then
 * @param times         of the requests
 * @param queued        changes that waited when the MC server was away
 * @param drained       from its return until it had acknowledged all of them
 * @param drainTime     processor time of the server for that
 * @param sessions      started and ended at an even pace
 * @param ran           until the last one was ended
 * @param settled       until nothing of them waited for delivery, from the first one on
 * @param forgotten     until no row of a key was left, from the last end on
 * @param sessionTimes  of starting and ending one
 * @param notServed     requests of all that were answered with 503 and made again
 * @param heapBefore    KiB after a full collection before the sessions
 * @param heapAfter     KiB after a full collection when no row was left
 */
record CekResult(
        int keys,
        Duration made,
        Duration told,
        long pushes,
        Duration processorTime,
        Histogram times,
        long queued,
        Duration drained,
        Duration drainTime,
        int sessions,
        Duration ran,
        Duration settled,
        Duration forgotten,
        Histogram sessionTimes,
        long notServed,
        long heapBefore,
        long heapAfter) {

    double madePerSecond() {
        return perSecond(keys, made);
    }

    double toldPerSecond() {
        return perSecond(keys, told);
    }

    double drainedPerSecond() {
        return perSecond(queued, drained);
    }

    private static double perSecond(long count, Duration time) {
        return count / (time.toNanos() / 1e9);
    }
}
