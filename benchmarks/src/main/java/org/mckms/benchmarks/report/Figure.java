package org.mckms.benchmarks.report;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * One quantity in each of several rounds.
 *
 * @param rounds a value of each round, at least one
 */
public record Figure(List<Double> rounds) {
    public Figure {
        rounds = List.copyOf(rounds);
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("no round");
        }
    }

    /** The median; of an even number of values the mean of both in the middle. */
    public static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public double median() {
        return median(rounds);
    }

    public double lowest() {
        return values().min().orElseThrow();
    }

    public double highest() {
        return values().max().orElseThrow();
    }

    private DoubleStream values() {
        return rounds.stream().mapToDouble(Double::doubleValue);
    }
}
