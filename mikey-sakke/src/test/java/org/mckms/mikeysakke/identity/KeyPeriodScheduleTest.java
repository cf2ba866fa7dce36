package org.mckms.mikeysakke.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.vectors.UsesVectors;
import org.mckms.mikeysakke.vectors.VectorFile;

@UsesVectors("identity/key-period.json")
class KeyPeriodScheduleTest {
    private static final KeyPeriodSchedule MONTHLY = new KeyPeriodSchedule(2592000, 100);

    @TestFactory
    Stream<DynamicTest> findsThePeriodOfTheVector() {
        return VectorFile.load("identity/key-period.json").tests(row -> {
            KeyPeriodSchedule schedule =
                    new KeyPeriodSchedule(row.number("userKeyPeriod"), row.number("userKeyOffset"));
            KeyPeriod period = new KeyPeriod(row.number("keyPeriodNo"));
            Instant instant = Instant.parse(row.text("utc"));
            NtpTimestamp time = NtpTimestamp.parse(row.text("ntp64"));

            assertThat(instant.getEpochSecond()).isEqualTo(row.number("unixSeconds"));
            assertThat(time.value64() >>> 32).isEqualTo(row.number("ntpSeconds"));
            assertThat(time.toInstant()).isEqualTo(instant);
            assertThat(NtpTimestamp.of(instant)).isEqualTo(time);
            assertThat(schedule.at(instant)).isEqualTo(period);
            assertThat(schedule.at(time)).isEqualTo(period);
            assertThat(schedule.start(period)).isEqualTo(Instant.parse(row.text("periodStartUtc")));
            assertThat(schedule.lastSecond(period)).isEqualTo(Instant.parse(row.text("periodLastSecondUtc")));
            assertThat(schedule.contains(period, instant)).isTrue();
            assertThat(schedule.contains(period.next(), instant)).isFalse();
            assertThat(schedule.contains(period.previous(), instant)).isFalse();
        });
    }

    @Test
    void holdsTheFractionsOfTheLastSecond() {
        KeyPeriod period = new KeyPeriod(1389);
        Instant next = MONTHLY.start(period.next());

        assertThat(MONTHLY.at(next.minusNanos(1))).isEqualTo(period);
        assertThat(MONTHLY.contains(period, next.minusNanos(1))).isTrue();
        assertThat(MONTHLY.contains(period, next)).isFalse();
        assertThat(MONTHLY.contains(period, MONTHLY.start(period))).isTrue();
        assertThat(MONTHLY.contains(period, MONTHLY.start(period).minusNanos(1)))
                .isFalse();
    }

    @Test
    void startsAtTheNtpEpochPlusOffset() {
        Instant epoch = Instant.parse("1900-01-01T00:01:40Z");

        assertThat(MONTHLY.at(epoch)).isEqualTo(new KeyPeriod(0));
        assertThat(MONTHLY.start(new KeyPeriod(0))).isEqualTo(epoch);
        assertThatThrownBy(() -> MONTHLY.at(epoch.minusNanos(1))).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void runsOnBeyond2036() {
        Instant instant = Instant.parse("2040-01-01T00:00:00Z");

        // (2208988800 + 2208988800) s since 1900: 4417977600 = 1704 * 2592000 + 1209600
        assertThat(instant.getEpochSecond()).isEqualTo(2208988800L);
        assertThat(new KeyPeriodSchedule(2592000, 0).at(instant)).isEqualTo(new KeyPeriod(1704));
        assertThat(new KeyPeriodSchedule(2592000, 0).at(NtpTimestamp.of(instant)))
                .isEqualTo(new KeyPeriod(1704));
    }

    @Test
    void refusesBadLengthsAndOffsets() {
        assertThatThrownBy(() -> new KeyPeriodSchedule(0, 0)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new KeyPeriodSchedule(-1, 0)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new KeyPeriodSchedule(10, -1)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new KeyPeriodSchedule(10, 10)).isInstanceOf(InvalidValueException.class);
        assertThat(new KeyPeriodSchedule(10, 9).offsetSeconds()).isEqualTo(9);
    }

    @Test
    void refusesPeriodsBeyondTime() {
        KeyPeriod last = new KeyPeriod(Long.MAX_VALUE);

        assertThatThrownBy(() -> MONTHLY.start(last)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new KeyPeriodSchedule(1, 0).start(last)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> MONTHLY.lastSecond(last)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(last::next).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void countsPeriodsFromZero() {
        assertThat(new KeyPeriod(0).next()).isEqualTo(new KeyPeriod(1));
        assertThat(new KeyPeriod(1).previous()).isEqualTo(new KeyPeriod(0));
        assertThatThrownBy(() -> new KeyPeriod(0).previous()).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new KeyPeriod(-1)).isInstanceOf(InvalidValueException.class);
    }
}
