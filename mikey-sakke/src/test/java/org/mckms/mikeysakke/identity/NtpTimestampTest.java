package org.mckms.mikeysakke.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.InvalidValueException;

class NtpTimestampTest {
    @Test
    void readsHexOfAnyCaseAndWritesUpperCase() {
        assertThat(NtpTimestamp.parse("d6b4323200000000")).isEqualTo(NtpTimestamp.parse("D6B4323200000000"));
        assertThat(NtpTimestamp.parse("d6b4323200000000").toHex()).isEqualTo("D6B4323200000000");
        assertThat(NtpTimestamp.parse("0000000000000001").toHex()).isEqualTo("0000000000000001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "D6B432320000000",
                "D6B43232000000000",
                "D6B432320000000G",
                "+6B4323200000000",
                "0xD6B43232000000",
                "D6B43232 0000000",
                "٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠"
            })
    void refusesAllButSixteenHexDigits(String hex) {
        assertThatThrownBy(() -> NtpTimestamp.parse(hex)).isInstanceOf(InvalidValueException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "8000000000000000, 1968-01-20T03:14:08Z",
        "FFFFFFFF00000000, 2036-02-07T06:28:15Z",
        "0000000000000000, 2036-02-07T06:28:16Z",
        "7FFFFFFF00000000, 2104-02-26T09:42:23Z",
        "D6B4323280000000, 2014-02-23T08:39:14.500Z",
        "D6B43232FFFFFFFF, 2014-02-23T08:39:14.999999999Z"
    })
    void resolvesTheEraByTheTopBit(String hex, Instant instant) {
        assertThat(NtpTimestamp.parse(hex).toInstant()).isEqualTo(instant);
    }

    @Test
    void comesBackToTheSameInstant() {
        SecureRandom random = Fixtures.seeded(4330);
        for (int i = 0; i < 1000; i++) {
            long second = -61_505_152L + (random.nextLong() >>> 32);
            Instant instant = Instant.ofEpochSecond(second, random.nextInt(1_000_000_000));

            assertThat(NtpTimestamp.of(instant).toInstant()).isEqualTo(instant);
        }
        Instant lastNano = Instant.parse("2014-02-23T08:39:14.999999999Z");
        assertThat(NtpTimestamp.of(lastNano).toInstant()).isEqualTo(lastNano);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1968-01-20T03:14:07.999999999Z", "2104-02-26T09:42:24Z", "1900-01-01T00:00:00Z"})
    void refusesInstantsOutsideItsRange(String instant) {
        assertThatThrownBy(() -> NtpTimestamp.of(Instant.parse(instant))).isInstanceOf(InvalidValueException.class);
    }
}
