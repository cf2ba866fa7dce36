package org.mckms.benchmarks;

import java.util.List;

/**
 * How much to measure.
 *
 * @param rounds how often each benchmark gets a new process
 * @param warmUps iterations of a process that do not count
 * @param iterations iterations that count
 * @param iterationMillis their length
 * @param threads numbers of threads to measure with, 1 first
 * @param receivers numbers of receivers of the cost curve
 * @param peerReceivers those of them that Bouncy Castle has to serve as well
 * @param coldStarts new processes that measure their own start, for each core
 */
record Effort(
        int rounds,
        int warmUps,
        int iterations,
        int iterationMillis,
        List<Integer> threads,
        List<Integer> receivers,
        List<Integer> peerReceivers,
        int coldStarts) {
    /** Enough for figures to publish. */
    static final Effort FULL =
            new Effort(3, 4, 5, 500, List.of(1, 2), List.of(10, 100, 1_000, 10_000), List.of(10, 100), 7);

    /** Minutes only: shows that everything runs, and the order of magnitude. */
    static final Effort QUICK = new Effort(1, 3, 2, 400, List.of(1), List.of(10, 100), List.of(10), 2);

    /**
     * The same with another number of rounds.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    Effort withRounds(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("no round to measure: " + count);
        }
        return new Effort(count, warmUps, iterations, iterationMillis, threads, receivers, peerReceivers, coldStarts);
    }
}
