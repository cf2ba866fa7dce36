package org.mckms.protocol.element;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;

/** Checks that every text and time of a message can travel in XML 1.0 unchanged. */
public final class Checked {
    /** Longest URI taken. */
    public static final int MAX_URI_CHARACTERS = 2048;
    /** Longest free text taken. */
    public static final int MAX_TEXT_CHARACTERS = 1024;

    private static final int REPLACEMENT = 0xFFFD;

    private Checked() {}

    /** A URI or a host name standing for one: 1 to 2048 characters, none of them white space or control. */
    public static String uri(String value, String name) {
        xmlText(value, name, MAX_URI_CHARACTERS);
        if (value.codePoints().anyMatch(Checked::spaceOrControl)) {
            throw new InvalidValueException(name + " contains white space or control characters");
        }
        if (value.isEmpty()) {
            throw new InvalidValueException(name + " is empty");
        }
        return value;
    }

    /** Free text: 0 to 1024 characters, each one legal in XML 1.0; carriage returns would not survive, so none. */
    public static String text(String value, String name) {
        xmlText(value, name, MAX_TEXT_CHARACTERS);
        if (value.indexOf('\r') >= 0) {
            throw new InvalidValueException(name + " contains a carriage return");
        }
        return value;
    }

    /** The text made fit for {@link #text}: what cannot travel becomes U+FFFD, what is too long is cut. */
    public static String fitting(String value) {
        StringBuilder fitting = new StringBuilder();
        value.codePoints()
                .limit(MAX_TEXT_CHARACTERS)
                .map(c -> c != '\r' && legalInXml(c) ? c : REPLACEMENT)
                .takeWhile(c -> fitting.length() + Character.charCount(c) <= MAX_TEXT_CHARACTERS)
                .forEachOrdered(fitting::appendCodePoint);
        return fitting.toString();
    }

    /** A time that an xs:dateTime with a four-digit year can carry. */
    public static Instant time(Instant value, String name) {
        int year = value.atOffset(ZoneOffset.UTC).getYear();
        if (year < 1 || year > 9999) {
            throw new InvalidValueException(name + " is outside the years 1 to 9999");
        }
        return value;
    }

    /** Both ends, where given, as {@link #time}; the end not before the beginning. */
    public static void validity(Optional<Instant> from, Optional<Instant> to) {
        from.ifPresent(time -> time(time, "ValidFrom"));
        to.ifPresent(time -> time(time, "ValidTo"));
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
            throw new InvalidValueException("ValidTo " + to.get() + " is before ValidFrom " + from.get());
        }
    }

    private static void xmlText(String value, String name, int limit) {
        if (value.length() > limit) {
            throw new InvalidValueException(
                    name + " has " + value.length() + " characters, at most " + limit + " are accepted");
        }
        if (!value.codePoints().allMatch(Checked::legalInXml)) {
            throw new InvalidValueException(name + " contains a character that XML cannot carry");
        }
    }

    private static boolean spaceOrControl(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
    }

    private static boolean legalInXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || (c >= 0x10000 && c <= 0x10FFFF);
    }
}
