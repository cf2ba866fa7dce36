package org.mckms.mikeysakke.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The statistics of the timing check, on numbers made up to have or to lack an effect. */
class TimingStatisticsTest {
    private static final long SEED = 20260122;
    private static final int SAMPLES = 20_000;

    @Test
    void takesTheMedianAndItsOrderStatistics() {
        long[] reference = new long[100];
        Arrays.fill(reference, 1000);
        long[] samples = new long[100];
        Arrays.setAll(samples, i -> 1000 + i);
        MedianDifference difference = MedianDifference.of(samples, reference);
        // ranks 50 -+ 9.8 of 0..99, of 1000
        assertThat(difference.median()).isEqualTo(0.0495);
        assertThat(difference.low()).isEqualTo(0.039);
        assertThat(difference.high()).isEqualTo(0.060);
    }

    @Test
    void findsNoDifferenceInLikeTimes() {
        TimingResult result = result(0, 0);
        assertThat(result.isConstant()).isTrue();
        assertThat(result.isLeak()).isFalse();
    }

    @Test
    void findsAnEffectOfOneInAHundred() {
        TimingResult result = result(0, 0.01);
        assertThat(result.differences().get(InputClass.LARGE).median()).isCloseTo(0.01, within(0.001));
        assertThat(result.isConstant()).isFalse();
        assertThat(result.isLeak()).isTrue();
    }

    @Test
    void findsAnEffectThatComesAndGoes() {
        Random random = new Random(SEED);
        long[] reference = times(random, 0);
        long[] samples = times(random, 0);
        for (int i = 0; i < SAMPLES; i++) {
            samples[i] += random.nextBoolean() ? 20_000 : 0;
        }
        assertThat(MedianDifference.of(samples, reference).low()).isGreaterThan(TimingResult.BOUND);
    }

    @Test
    void doesNotBlameTheCodeWhenTheControlDiffers() {
        TimingResult result = result(0.02, 0.02);
        assertThat(result.isConstant()).isFalse();
        assertThat(result.isLeak()).isFalse();
    }

    @Test
    void insistsOnTheResolutionOfTheControl() {
        MedianDifference control = new MedianDifference(0, -0.0001, 0.0001);
        MedianDifference blurred = new MedianDifference(0, -0.002, 0.002);
        Map<InputClass, MedianDifference> differences = new EnumMap<>(
                Map.of(InputClass.RANDOM_AGAIN, control, InputClass.SMALL, control, InputClass.LARGE, blurred));
        assertThat(new TimingResult("made up", SAMPLES, 1000, differences).isConstant())
                .isFalse();
    }

    @Test
    void writesATable() {
        String table = TimingReport.table(List.of(new TimingResult(
                "made up",
                20_000,
                1234,
                Map.of(
                        InputClass.RANDOM_AGAIN, new MedianDifference(0, -0.0001, 0.0001),
                        InputClass.SMALL, new MedianDifference(0, -0.0001, 0.0001),
                        InputClass.LARGE, new MedianDifference(0.02, 0.01, 0.03)))));
        assertThat(table).isEqualTo("""
                | operation | samples | median | random (control) | fixed small | fixed large | constant |
                |---|---:|---:|---|---|---|---|
                | made up | 20,000 | 1.2 us | -0.010 % to +0.010 % | -0.010 % to +0.010 % | +1.000 % to +3.000 % | **no** |
                """);
    }

    private static TimingResult result(double effectOnControl, double effectOnLarge) {
        Random random = new Random(SEED);
        long[] reference = times(random, 0);
        return new TimingResult(
                "made up",
                SAMPLES,
                MedianDifference.median(reference),
                Map.of(
                        InputClass.RANDOM_AGAIN, MedianDifference.of(times(random, effectOnControl), reference),
                        InputClass.SMALL, MedianDifference.of(times(random, 0), reference),
                        InputClass.LARGE, MedianDifference.of(times(random, effectOnLarge), reference)));
    }

    /** Times about 1 ms with a long tail: now and then a thousandfold interruption. */
    private static long[] times(Random random, double effect) {
        long[] times = new long[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            double time = 1_000_000 * (1 + effect) + 20_000 * Math.abs(random.nextGaussian());
            times[i] = (long) (random.nextInt(50) == 0 ? 1000 * time : time);
        }
        return times;
    }
}
