package org.mckms.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class HistogramTest {
    @Test
    void quantilesAreWithinTwoPercent() {
        Histogram histogram = new Histogram();
        for (int millis = 1; millis <= 1000; millis++) {
            histogram.add(millis * 1_000_000L);
        }

        assertThat(histogram.total()).isEqualTo(1000);
        assertThat(histogram.quantileMillis(0.5)).isCloseTo(500, Percentage.withPercentage(2));
        assertThat(histogram.quantileMillis(0.99)).isCloseTo(990, Percentage.withPercentage(2));
        assertThat(histogram.longestMillis()).isEqualTo(1000, within(1e-9));
        assertThat(histogram.quantileMillis(1)).isEqualTo(1000, within(1e-9));
    }

    @Test
    void countsOfAllConnectionsAddUp() {
        Histogram one = new Histogram();
        one.add(1_000_000);
        Histogram other = new Histogram();
        other.add(9_000_000);

        one.add(other);

        assertThat(one.total()).isEqualTo(2);
        assertThat(one.longestMillis()).isEqualTo(9, within(1e-9));
        assertThat(new Histogram().quantileMillis(0.99)).isZero();
    }
}
