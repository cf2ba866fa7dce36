package org.mckms.mikeysakke.identity;

import java.time.DateTimeException;
import java.time.Instant;
import org.mckms.mikeysakke.InvalidValueException;

/**
 * How a KMS certificate divides time into key periods: period {@code no} starts {@code no * length + offset} seconds after
 * 1900-01-01T00:00:00Z (TS 33.180 annex F.2.1). Periods follow no calendar; a period of 2592000 seconds is 30 days.
 *
 * @param lengthSeconds UserKeyPeriod, 1 or more
 * @param offsetSeconds UserKeyOffset, 0 or more and below the length
 */
public record KeyPeriodSchedule(long lengthSeconds, long offsetSeconds) {
    /**
     * Checks the ranges.
     *
     * @throws InvalidValueException if the length is below 1 or the offset not between 0 and the length
     */
    public KeyPeriodSchedule {
        if (lengthSeconds < 1) {
            throw new InvalidValueException("key period length is not positive: " + lengthSeconds + " s");
        }
        if (offsetSeconds < 0 || offsetSeconds >= lengthSeconds) {
            throw new InvalidValueException("key period offset " + offsetSeconds + " s is not between 0 and the length "
                    + lengthSeconds + " s");
        }
    }

    /**
     * The period that holds an instant.
     *
     * @throws InvalidValueException if the instant is before the start of period 0
     */
    public KeyPeriod at(Instant instant) {
        long ntpSeconds = Math.addExact(instant.getEpochSecond(), NtpTimestamp.UNIX_EPOCH_IN_NTP_SECONDS);
        long number = Math.floorDiv(Math.subtractExact(ntpSeconds, offsetSeconds), lengthSeconds);
        if (number < 0) {
            throw new InvalidValueException(instant + " is before the first key period");
        }
        return new KeyPeriod(number);
    }

    /** The period that holds the time of a message. */
    public KeyPeriod at(NtpTimestamp time) {
        return at(time.toInstant());
    }

    /**
     * The first second of a period.
     *
     * @throws InvalidValueException if the period is beyond the range of {@link Instant}
     */
    public Instant start(KeyPeriod period) {
        try {
            long ntpSeconds = Math.addExact(Math.multiplyExact(period.number(), lengthSeconds), offsetSeconds);
            return Instant.ofEpochSecond(ntpSeconds - NtpTimestamp.UNIX_EPOCH_IN_NTP_SECONDS);
        } catch (ArithmeticException | DateTimeException e) {
            throw new InvalidValueException("key period " + period.number() + " is too far in the future", e);
        }
    }

    /** The last second of a period, one second before the next one starts. */
    public Instant lastSecond(KeyPeriod period) {
        return start(period.next()).minusSeconds(1);
    }

    /** Whether an instant lies in a period, fractions of its last second included. */
    public boolean contains(KeyPeriod period, Instant instant) {
        return !instant.isBefore(start(period)) && instant.isBefore(start(period.next()));
    }
}
