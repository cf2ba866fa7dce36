package org.mckms.benchmarks.load;

/**
 * Counts durations in classes that are one percent wide, up to some minutes. One thread writes; others are added when it has ended.
 */
final class Histogram {
    private static final double WIDTH = 1.01;
    private static final int CLASSES = 2000;

    private final long[] counts = new long[CLASSES];
    private long longest;
    private long total;

    void add(long nanos) {
        counts[classOf(nanos)]++;
        longest = Math.max(longest, nanos);
        total++;
    }

    void add(Histogram other) {
        for (int i = 0; i < CLASSES; i++) {
            counts[i] += other.counts[i];
        }
        longest = Math.max(longest, other.longest);
        total += other.total;
    }

    private static int classOf(long nanos) {
        double micros = Math.max(1.0, nanos / 1000.0);
        return Math.min(CLASSES - 1, (int) (Math.log(micros) / Math.log(WIDTH)));
    }

    long total() {
        return total;
    }

    double longestMillis() {
        return longest / 1e6;
    }

    /** The upper end of the class in which this part of all durations ends. */
    double quantileMillis(double part) {
        long wanted = (long) Math.ceil(total * part);
        long seen = 0;
        for (int i = 0; i < CLASSES; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return Math.min(Math.pow(WIDTH, i + 1) / 1000, longestMillis());
            }
        }
        return longestMillis();
    }
}
