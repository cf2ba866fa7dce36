package org.mckms.client.cli.explain;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The simple types of XML Schema, as the KMS interface uses them. */
final class SimpleValues {
    static final Values TEXT = text -> Reading.of(text, "");
    static final Values URI = SimpleValues::uri;
    static final Values TIME = SimpleValues::time;
    static final Values FLAG = SimpleValues::flag;

    private static final Pattern DATE_TIME =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?)(Z|[+-]\\d{2}:\\d{2})?");
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,19}");
    private static final int MAX_URI_CHARACTERS = 2048;

    private SimpleValues() {}

    /** A whole number from {@code min} to {@code max}. */
    static Values number(long min, long max) {
        return text -> {
            if (!INTEGER.matcher(text).matches()) {
                return Reading.wrong(text, "is not a whole number");
            }
            BigInteger value = new BigInteger(text);
            boolean inRange =
                    value.compareTo(BigInteger.valueOf(min)) >= 0 && value.compareTo(BigInteger.valueOf(max)) <= 0;
            return inRange ? Reading.of(text, "") : Reading.wrong(text, "is not from " + min + " to " + max);
        };
    }

    /** One of these words. */
    static Values oneOf(String... words) {
        List<String> allowed = List.of(words);
        return text -> allowed.contains(text)
                ? Reading.of(text, "")
                : Reading.wrong(text, "is not " + String.join(" or ", allowed));
    }

    /** An attribute with a fixed value that deployed peers write differently. */
    static Values version(String fixed) {
        return text -> Reading.of(text, text.equals(fixed) ? "" : "variant: the schema fixes " + fixed);
    }

    private static Reading uri(String text) {
        if (text.isEmpty()) {
            return Reading.wrong(text, "is empty");
        }
        if (text.length() > MAX_URI_CHARACTERS) {
            return Reading.wrong(text, "has more than " + MAX_URI_CHARACTERS + " characters");
        }
        boolean clean = text.codePoints()
                .noneMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c));
        return clean ? Reading.of(text, "") : Reading.wrong(text, "contains white space or control characters");
    }

    private static Reading time(String text) {
        Matcher parts = DATE_TIME.matcher(text);
        if (!parts.matches()) {
            return Reading.wrong(text, "is not a time such as 2024-05-18T05:52:25Z");
        }
        String zone = parts.group(2);
        try {
            Instant time =
                    LocalDateTime.parse(parts.group(1)).toInstant(zone == null ? ZoneOffset.UTC : ZoneOffset.of(zone));
            if (zone == null) {
                return Reading.of(text, "variant: no zone, taken as UTC");
            }
            return Reading.of(text, zone.equals("Z") ? "" : "in UTC " + time);
        } catch (DateTimeException e) {
            return Reading.wrong(text, "is not a possible time");
        }
    }

    private static Reading flag(String text) {
        return switch (text) {
            case "true", "false", "1", "0" -> Reading.of(text, "");
            default -> Reading.wrong(text, "is neither true nor false");
        };
    }

    /** The text without white space, as binary values may be wrapped over lines. */
    static String withoutSpace(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.chars().filter(c -> " \t\r\n".indexOf(c) < 0).forEach(c -> kept.append((char) c));
        return kept.toString();
    }
}
