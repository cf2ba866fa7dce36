package org.mckms.protocol.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/** Checks that a record or checkpoint has exactly one written form, which survives a database and UTF-8. */
final class AuditChecks {
    static final int HASH_OCTETS = 32;
    static final int MAX_NAME_CHARACTERS = 128;
    static final int MAX_TEXT_CHARACTERS = 4096;

    static final int MAX_DETAILS = 32;

    private AuditChecks() {}

    /** The number, which is 1 or more. */
    static long positive(long value, String name) {
        if (value < 1) {
            throw new InvalidValueException(name + " is not positive: " + value);
        }
        return value;
    }

    static void hash(Octets value, String name) {
        if (value.size() != HASH_OCTETS) {
            throw new InvalidValueException(name + " has " + value.size() + " octets, 32 needed");
        }
    }

    /** A name: 1 to 128 characters. */
    static void name(String value, String name) {
        text(value, name);
        if (value.isEmpty() || value.length() > MAX_NAME_CHARACTERS) {
            throw new InvalidValueException(name + " has " + value.length() + " characters, 1 to 128 needed");
        }
    }

    /** A text of at most 4096 characters without U+0000 (databases refuse it) and without lone surrogates. */
    static void text(String value, String name) {
        if (value.length() > MAX_TEXT_CHARACTERS) {
            throw new InvalidValueException(name + " has " + value.length() + " characters, at most 4096 are kept");
        }
        if (!isKeepable(value)) {
            throw new InvalidValueException(name + " contains U+0000 or half of a surrogate pair");
        }
    }

    /** What a record says, its place in a chain and its event aside; gives the details as they are kept. */
    static SortedMap<String, String> content(
            Instant time,
            String node,
            String outcome,
            String actor,
            String subject,
            SortedMap<String, String> details) {
        time(time);
        name(node, "node");
        name(outcome, "outcome");
        text(actor, "actor");
        text(subject, "subject");
        SortedMap<String, String> kept = new TreeMap<>((Map<String, String>) details);
        details(kept);
        return Collections.unmodifiableSortedMap(kept);
    }

    /** At most 32 names with texts. */
    private static void details(Map<String, String> details) {
        if (details.size() > MAX_DETAILS) {
            throw new InvalidValueException("there are " + details.size() + " details, at most 32 are kept");
        }
        details.forEach((key, value) -> {
            name(key, "key of a detail");
            text(value, "detail " + key);
        });
    }

    /** Whether a text has neither U+0000 nor half of a surrogate pair. */
    static boolean isKeepable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    static boolean keepable(int codePoint) {
        return codePoint != 0 && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
    }

    /** A time of the years 1 to 9999 in whole milliseconds. */
    static void time(Instant value) {
        int year = value.atOffset(ZoneOffset.UTC).getYear();
        if (year < 1 || year > 9999) {
            throw new InvalidValueException("time is outside the years 1 to 9999");
        }
        if (!value.equals(value.truncatedTo(ChronoUnit.MILLIS))) {
            throw new InvalidValueException("time is finer than a millisecond: " + value);
        }
    }
}
