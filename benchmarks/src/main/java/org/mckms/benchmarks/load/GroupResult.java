package org.mckms.benchmarks.load;

import java.time.Duration;

/**
 * One re-key of a group, until all messages are stored and ready to fetch.
 *
 * @param members       of the group
 * @param keys          for each member: media, or media and floor control
 * @param took          from the request to the end of the job, as the manager sees it
 * @param processorTime of the server meanwhile
 * @param idleKiB       heap after a full collection before
 * @param heap          meanwhile
 * @param users         what others met meanwhile
 */
record GroupResult(
        int members,
        int keys,
        Duration took,
        Duration processorTime,
        long idleKiB,
        GcLog.Heap heap,
        InteractiveUsers.Result users) {

    double seconds() {
        return took.toNanos() / 1e9;
    }

    double millisPerMember() {
        return took.toNanos() / 1e6 / members;
    }

    double processorMillisPerMessage() {
        return processorTime.toNanos() / 1e6 / members / keys;
    }

    /** What the collections left above the idle server, MiB; nothing if there was none. */
    double heapAboveIdle() {
        return Math.max(0, heap.keptKiB() - idleKiB) / 1024.0;
    }
}
