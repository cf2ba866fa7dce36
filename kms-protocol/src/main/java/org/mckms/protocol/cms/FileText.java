package org.mckms.protocol.cms;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.mckms.mikeysakke.InvalidValueException;

/** Checks the texts and times that files carry. */
public final class FileText {
    /** Longest URI in octets of UTF-8. */
    public static final int MAX_URI_OCTETS = 6144;
    /** Longest name of a device, a registration or a bundle in octets of UTF-8. */
    public static final int MAX_NAME_OCTETS = 800;

    private static final int MAX_URI_CHARACTERS = 2048;
    private static final int MAX_NAME_CHARACTERS = 200;
    private static final int MAX_YEAR = 9999;

    private FileText() {}

    /** A URI, or a host name standing for one: 1 to 2048 characters, none of them white space or control. */
    public static String uri(String value, String name) {
        if (value.isEmpty() || value.length() > MAX_URI_CHARACTERS) {
            throw new InvalidValueException(name + " does not have 1 to " + MAX_URI_CHARACTERS + " characters");
        }
        if (value.codePoints().anyMatch(c -> unprintable(c) || Character.isWhitespace(c) || Character.isSpaceChar(c))) {
            throw new InvalidValueException(name + " has white space or control characters");
        }
        return value;
    }

    /** A name: 1 to 200 characters, none of them a control character or half of a pair. */
    public static String name(String value, String name) {
        if (value.isEmpty() || value.length() > MAX_NAME_CHARACTERS) {
            throw new InvalidValueException(name + " does not have 1 to " + MAX_NAME_CHARACTERS + " characters");
        }
        if (value.codePoints().anyMatch(FileText::unprintable)) {
            throw new InvalidValueException(name + " has control characters");
        }
        return value;
    }

    /** A time in whole seconds of the years 1 to 9999. */
    public static Instant seconds(Instant value) {
        int year = value.atOffset(ZoneOffset.UTC).getYear();
        if (year < 1 || year > MAX_YEAR) {
            throw new InvalidValueException("a time is outside the years 1 to 9999");
        }
        return value.truncatedTo(ChronoUnit.SECONDS);
    }

    private static boolean unprintable(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
    }
}
