package org.mckms.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoalTest {
    @ParameterizedTest
    @CsvSource({
        "RATIO_AT_LEAST, 40, 40, met",
        "RATIO_AT_LEAST, 40, 41, met",
        "RATIO_AT_LEAST, 40, 39.9, missed by 1 %",
        "RATIO_AT_LEAST, 40, 30, missed by 25 %",
        "SECONDS_AT_MOST, 5, 5, met",
        "SECONDS_AT_MOST, 5, 4, met",
        "SECONDS_AT_MOST, 5, 6, missed by 20 %",
        "MILLISECONDS_AT_MOST, 10, 10.01, missed by 1 %",
    })
    void isMetOrSaysByHowMuchNot(Goal.Kind kind, double bound, double measured, String verdict) {
        assertThat(new Goal("g", kind, bound, Optional.of(measured)).verdict()).isEqualTo(verdict);
    }

    @Test
    void isNotMetWithoutMeasuring() {
        Goal goal = new Goal("g", Goal.Kind.RATIO_AT_LEAST, 2.5, Optional.empty());

        assertThat(goal.verdict()).isEqualTo("not measured");
        assertThat(goal.boundText()).isEqualTo("at least 2.5x");
        assertThat(goal.measuredText()).isEqualTo("-");
    }

    @ParameterizedTest
    @CsvSource({
        "0.1714, 171 ns",
        "0.9994, 999 ns",
        "35.04, 35.0 us",
        "1010, 1.01 ms",
        "238000, 238 ms",
        "12500000, 12.5 s",
        "950000000, 950 s",
    })
    void writesTimesInTheUnitThatSuitsThem(double microseconds, String text) {
        assertThat(Units.time(microseconds)).isEqualTo(text);
    }
}
