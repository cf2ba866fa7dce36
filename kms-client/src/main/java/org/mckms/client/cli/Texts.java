package org.mckms.client.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.NtpTimestamp;

/** Reads and writes the small values of the command line. */
final class Texts {
    private static final int NTP_DIGITS = 16;

    private Texts() {}

    /** A moment: {@code 2026-01-31T12:00:00Z}, a date (its begin in UTC), or an NTP timestamp of 16 hex digits. */
    static Instant instant(String text, String option) {
        try {
            if (text.length() == NTP_DIGITS && text.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
                return NtpTimestamp.parse(text).toInstant();
            }
            return text.indexOf('T') > 0
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException | InvalidValueException e) {
            throw new WrongUseException(option + ": not a time: " + text
                    + " (write 2026-01-31T12:00:00Z, 2026-01-31, or 16 hex digits of an NTP timestamp)");
        }
    }

    /** Hex digits in lower case, as UIDs are printed. */
    static String lowerHex(Octets octets) {
        return octets.toHex().toLowerCase(Locale.ROOT);
    }
}
