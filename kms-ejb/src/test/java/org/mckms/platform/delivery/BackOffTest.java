package org.mckms.platform.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {

    private final BackOff backOff = new BackOff(Duration.ofMinutes(10), new SecureRandom());

    @ParameterizedTest
    @CsvSource({"1, 1000", "2, 2000", "3, 4000", "10, 512000", "11, 600000", "12, 600000", "1000, 600000"})
    void doublesUpToTheLongestAndIsShortenedToHalfAtMost(int failures, long millis) {
        for (int i = 0; i < 200; i++) {
            assertThat(backOff.after(failures)).isBetween(Duration.ofMillis(millis / 2), Duration.ofMillis(millis));
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "5"})
    void neverExceedsTheLongest(int failures) {
        assertThat(new BackOff(Duration.ofSeconds(1), new SecureRandom()).after(failures))
                .isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }
}
