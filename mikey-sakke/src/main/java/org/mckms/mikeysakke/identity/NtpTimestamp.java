package org.mckms.mikeysakke.identity;

import java.time.Instant;
import org.mckms.mikeysakke.InvalidValueException;

/**
 * NTP timestamp of 64 bits: seconds in the upper 32 bits, binary fraction of a second in the lower 32.
 *
 * <p>Seconds with the top bit set count from 1900-01-01, others from 2036-02-07T06:28:16Z (RFC 4330 clause 3), so the type
 * reaches from 1968-01-20T03:14:08Z until 2104-02-26T09:42:24Z.
 *
 * @param value64 all 64 bits; negative as a {@code long} when the top bit is set
 */
public record NtpTimestamp(long value64) {
    /** Seconds from 1900-01-01T00:00:00Z to 1970-01-01T00:00:00Z. */
    static final long UNIX_EPOCH_IN_NTP_SECONDS = 2_208_988_800L;

    private static final int HEX_DIGITS = 16;
    private static final int FRACTION_BITS = 32;
    private static final long ERA_SECONDS = 1L << 32;
    private static final long FIRST_SECOND = 1L << 31;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /**
     * Reads 16 hex digits of any case, such as {@code D6B4323200000000}.
     *
     * @throws InvalidValueException if there are not exactly 16 hex digits
     */
    public static NtpTimestamp parse(String hex) {
        if (hex.length() != HEX_DIGITS) {
            throw new InvalidValueException("an NTP timestamp has 16 hex digits, not " + hex.length() + " characters");
        }
        long value = 0;
        for (int i = 0; i < HEX_DIGITS; i++) {
            char c = hex.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw new InvalidValueException("character " + i + " of an NTP timestamp is not a hex digit");
            }
            value = value << 4 | digit;
        }
        return new NtpTimestamp(value);
    }

    /**
     * The timestamp of an instant; converting back yields the same instant.
     *
     * @throws InvalidValueException if the instant is outside the range of this type
     */
    public static NtpTimestamp of(Instant instant) {
        long seconds = Math.addExact(instant.getEpochSecond(), UNIX_EPOCH_IN_NTP_SECONDS);
        if (seconds < FIRST_SECOND || seconds >= FIRST_SECOND + ERA_SECONDS) {
            throw new InvalidValueException("an NTP timestamp cannot carry " + instant);
        }
        // rounded up, so that the truncation of toInstant finds the same nanosecond
        long fraction = (((long) instant.getNano() << FRACTION_BITS) + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND;
        return new NtpTimestamp(seconds << FRACTION_BITS | fraction);
    }

    /** The instant, truncated to nanoseconds. */
    public Instant toInstant() {
        long seconds = value64 >>> FRACTION_BITS;
        long sinceNtpEpoch = seconds >= FIRST_SECOND ? seconds : seconds + ERA_SECONDS;
        long nanos = (value64 & 0xFFFF_FFFFL) * NANOS_PER_SECOND >>> FRACTION_BITS;
        return Instant.ofEpochSecond(sinceNtpEpoch - UNIX_EPOCH_IN_NTP_SECONDS, nanos);
    }

    /** 16 upper case hex digits. */
    public String toHex() {
        return String.format("%016X", value64);
    }
}
