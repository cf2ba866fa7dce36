package org.mckms.benchmarks.report;

import java.util.function.UnaryOperator;

/**
 * What a figure is about.
 *
 * @param benchmark class and method, as in {@code SakkeBenchmark.extraction}
 * @param core {@link Core#title}, empty for Bouncy Castle and for what has no core
 * @param threads how many threads ran the benchmark, each on its own
 * @param receivers of a group key, 0 for other benchmarks
 */
public record Subject(String benchmark, String core, int threads, int receivers) {
    /** The subject of a benchmark that knows no number of receivers. */
    public static Subject of(String benchmark, String core, int threads) {
        return new Subject(benchmark, core, threads, 0);
    }

    /**
     * The subject of a benchmark with parameters.
     *
     * @param parameter gives the value of a parameter, empty if the benchmark has none of the name
     */
    public static Subject of(String qualifiedBenchmark, UnaryOperator<String> parameter, int threads) {
        int method = qualifiedBenchmark.lastIndexOf('.');
        int type = qualifiedBenchmark.lastIndexOf('.', method - 1);
        String receivers = parameter.apply("receivers");
        return new Subject(
                qualifiedBenchmark.substring(type + 1),
                parameter.apply("core"),
                threads,
                receivers.isEmpty() ? 0 : Integer.parseInt(receivers));
    }
}
