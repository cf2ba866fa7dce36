package org.mckms.protocol.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Consumer;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/**
 * Reads what {@link CanonicalJson} writes. Keys must come in the order in which they are asked for, so there is nothing
 * to allocate or to nest beyond what a record has.
 */
final class CanonicalJsonReader {
    private static final String SHORT_ESCAPES = "\"\\bfnrt";
    private static final String SHORT_ESCAPED = "\"\\\b\f\n\r\t";
    private static final int UNICODE_DIGITS = 4;

    private final String line;
    private int at;
    private boolean first;

    CanonicalJsonReader(String line) {
        this.line = line;
    }

    CanonicalJsonReader begin() {
        expect('{');
        first = true;
        return this;
    }

    CanonicalJsonReader end() {
        expect('}');
        first = false;
        return this;
    }

    /** The end of the line. */
    void finish() {
        if (at != line.length()) {
            throw malformed();
        }
    }

    CanonicalJsonReader beginObject(String key) {
        key(key);
        return begin();
    }

    /** Calls {@code member} with every key up to the end of the object; it reads the value. */
    CanonicalJsonReader members(Consumer<String> member) {
        while (at < line.length() && line.charAt(at) != '}') {
            member.accept(key());
        }
        return this;
    }

    String text(String key) {
        key(key);
        return value();
    }

    Octets hex(String key) {
        return Octets.fromHex(text(key));
    }

    Instant time(String key) {
        try {
            return Instant.parse(text(key));
        } catch (DateTimeException e) {
            throw malformed();
        }
    }

    long number(String key) {
        key(key);
        int from = at;
        while (at < line.length() && Character.digit(line.charAt(at), 10) >= 0) {
            at++;
        }
        try {
            return Long.parseLong(line.substring(from, at));
        } catch (NumberFormatException e) {
            throw malformed();
        }
    }

    /** A string in quotes. */
    String value() {
        expect('"');
        StringBuilder text = new StringBuilder();
        while (peek() != '"') {
            char c = line.charAt(at++);
            text.append(c == '\\' ? escaped() : c);
        }
        expect('"');
        return text.toString();
    }

    private char escaped() {
        char kind = peek();
        at++;
        if (kind != 'u') {
            int index = SHORT_ESCAPES.indexOf(kind);
            if (index < 0) {
                throw malformed();
            }
            return SHORT_ESCAPED.charAt(index);
        }
        int code = 0;
        for (int i = 0; i < UNICODE_DIGITS; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw malformed();
            }
            code = code * 16 + digit;
            at++;
        }
        return (char) code;
    }

    private void key(String expected) {
        if (!key().equals(expected)) {
            throw malformed();
        }
    }

    private String key() {
        if (!first) {
            expect(',');
        }
        first = false;
        String key = value();
        expect(':');
        return key;
    }

    private void expect(char c) {
        if (peek() != c) {
            throw malformed();
        }
        at++;
    }

    private char peek() {
        if (at >= line.length()) {
            throw malformed();
        }
        return line.charAt(at);
    }

    private InvalidValueException malformed() {
        return new InvalidValueException("the line is not of the audit format (character " + (at + 1) + ")");
    }
}
