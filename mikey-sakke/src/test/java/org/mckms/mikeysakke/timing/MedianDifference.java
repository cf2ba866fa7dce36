package org.mckms.mikeysakke.timing;

import java.util.Arrays;

/**
 * How much longer one kind of samples takes than another, as a part of the median of the other: the median of the paired differences
 * and its interval of 95 % confidence.
 *
 * <p>The ends of the interval are order statistics, n / 2 -+ 1.96 sqrt(n) / 2 in rank, so nothing is assumed about how the times are
 * distributed; interruptions, however long, count as one difference each (W. J. Conover, "Practical nonparametric statistics", 3.2).
 */
record MedianDifference(double median, double low, double high) {
    private static final double NORMAL_QUANTILE = 1.96;

    /** @param reference taken in the same rounds as {@code samples} */
    static MedianDifference of(long[] samples, long[] reference) {
        int n = samples.length;
        double[] differences = new double[n];
        Arrays.setAll(differences, i -> samples[i] - reference[i]);
        Arrays.sort(differences);
        double scale = median(reference);
        double reach = NORMAL_QUANTILE * Math.sqrt(n) / 2;
        int low = (int) Math.max(0, Math.floor(n / 2.0 - reach) - 1);
        int high = (int) Math.min(n - 1, Math.ceil(n / 2.0 + reach));
        return new MedianDifference(
                (differences[(n - 1) / 2] + differences[n / 2]) / 2 / scale,
                differences[low] / scale,
                differences[high] / scale);
    }

    static double median(long[] samples) {
        long[] sorted = samples.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0;
    }

    double width() {
        return high - low;
    }

    /** Whether the whole interval is within +-bound. */
    boolean isWithin(double bound) {
        return low >= -bound && high <= bound;
    }
}
