package org.mckms.protocol.codec;

import static org.mckms.protocol.codec.ElementReader.malformed;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the simple types of XML Schema that the KMS interface uses. */
public final class Lexical {
    private static final Pattern DATE_TIME =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?)(Z|[+-]\\d{2}:\\d{2})?");
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,19}");

    private static final String WHITE_SPACE = " \t\r\n";

    private Lexical() {}

    /** The text without the white space of XML around it, and only that: URIs are compared octet by octet. */
    static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && WHITE_SPACE.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && WHITE_SPACE.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }

    /** xs:dateTime of a year of four digits; without zone it is taken as UTC. */
    static Instant dateTime(String text, String name) {
        Matcher parts = DATE_TIME.matcher(text);
        if (!parts.matches()) {
            throw malformed(name + " is not a time such as 2024-05-18T05:52:25Z");
        }
        try {
            ZoneOffset zone = parts.group(2) == null ? ZoneOffset.UTC : ZoneOffset.of(parts.group(2));
            return LocalDateTime.parse(parts.group(1)).toInstant(zone);
        } catch (DateTimeException e) {
            throw malformed(name + " is not a possible time");
        }
    }

    /** xs:integer in the range given. */
    public static long integer(String text, String name, long min, long max) {
        if (INTEGER.matcher(text).matches()) {
            try {
                long value = Long.parseLong(text);
                if (value >= min && value <= max) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw malformed(name + " is too large a number");
            }
        }
        throw malformed(name + " is not a number from " + min + " to " + max);
    }

    /** xs:boolean. */
    static boolean flag(String text, String name) {
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw malformed(name + " is neither true nor false");
        };
    }
}
