package org.mckms.protocol.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes JSON in the one form that is hashed: no white space, keys in the order written, only the escapes that JSON
 * demands (the short ones where they exist, else four lower-case hex digits), times in UTC with three decimals.
 */
final class CanonicalJson {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final StringBuilder out = new StringBuilder(512);
    private boolean first = true;

    CanonicalJson begin() {
        out.append('{');
        first = true;
        return this;
    }

    CanonicalJson end() {
        out.append('}');
        first = false;
        return this;
    }

    CanonicalJson beginObject(String key) {
        key(key);
        return begin();
    }

    CanonicalJson text(String key, String value) {
        key(key);
        quoted(value);
        return this;
    }

    CanonicalJson number(String key, long value) {
        key(key);
        out.append(value);
        return this;
    }

    CanonicalJson time(String key, Instant value) {
        return text(key, TIME.format(value));
    }

    private void key(String key) {
        if (!first) {
            out.append(',');
        }
        first = false;
        quoted(key);
        out.append(':');
    }

    private void quoted(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            character(value.charAt(i));
        }
        out.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < 0x20) {
                    out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
                } else {
                    out.append(c);
                }
            }
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
