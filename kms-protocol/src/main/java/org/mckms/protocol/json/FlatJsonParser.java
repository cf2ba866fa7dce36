package org.mckms.protocol.json;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.mckms.protocol.error.KmsException;

/**
 * Parses one JSON object (RFC 8259) whose values are strings, whole numbers or lists of strings, into character arrays
 * only. What it leaves on the way is wiped; the text it was given is the caller's to wipe.
 */
final class FlatJsonParser {

    /** Longest list, in strings. */
    static final int MAX_LIST = 1000;

    private static final int MAX_MEMBERS = 16;
    private static final int MAX_DIGITS = 18;
    private static final int END = -1;

    /** What a value is. */
    enum Kind {
        STRING,
        NUMBER,
        LIST
    }

    /**
     * One value.
     *
     * @param parts the characters of a string, unescaped, or the digits of a number with its sign, as the only part; of a
     *     list each string
     */
    record Value(Kind kind, List<char[]> parts) {

        private static Value of(Kind kind, char[] characters) {
            return new Value(kind, List.of(characters));
        }

        /** The characters of a string or number. */
        char[] characters() {
            return parts.get(0);
        }

        void wipe() {
            parts.forEach(part -> Arrays.fill(part, '\0'));
        }

        @Override
        public String toString() {
            return "Value[hidden]";
        }
    }

    private final char[] text;
    private final IntFunction<char[]> arrays;
    private int position;

    FlatJsonParser(char[] text) {
        this(text, char[]::new);
    }

    /** As the other one, with working arrays from somewhere else. */
    FlatJsonParser(char[] text, IntFunction<char[]> arrays) {
        this.text = text;
        this.arrays = arrays;
    }

    /**
     * Parses the whole text.
     *
     * @throws KmsException MALFORMED_REQUEST if it is anything else, a member comes twice, or there are over 16
     */
    Map<String, Value> parse() {
        Map<String, Value> members = new LinkedHashMap<>();
        boolean done = false;
        try {
            object(members);
            if (next() != END) {
                throw malformed("the body goes on after the object");
            }
            done = true;
            return members;
        } finally {
            if (!done) {
                members.values().forEach(Value::wipe);
            }
        }
    }

    private void object(Map<String, Value> members) {
        expect('{');
        if (next() == '}') {
            position++;
            return;
        }
        while (true) {
            if (next() != '"') {
                throw malformed("the body is no JSON object of named values");
            }
            String name = new String(string());
            expect(':');
            if (members.containsKey(name) || members.size() == MAX_MEMBERS) {
                throw malformed("the body has a member twice, or too many members");
            }
            members.put(name, value());
            if (next() != ',') {
                break;
            }
            position++;
        }
        expect('}');
    }

    private Value value() {
        int first = next();
        if (first == '"') {
            return Value.of(Kind.STRING, string());
        }
        if (first == '-' || isDigit(first)) {
            return Value.of(Kind.NUMBER, wholeNumber());
        }
        if (first == '[') {
            return new Value(Kind.LIST, strings());
        }
        throw malformed("a value in the body is neither a string nor a whole number nor a list of strings");
    }

    private List<char[]> strings() {
        List<char[]> strings = new ArrayList<>();
        boolean done = false;
        try {
            position++;
            if (next() != ']') {
                strings.add(listed());
                while (next() == ',') {
                    position++;
                    if (strings.size() == MAX_LIST) {
                        throw malformed("a list in the body has more than " + MAX_LIST + " entries");
                    }
                    strings.add(listed());
                }
            }
            expect(']');
            done = true;
            return strings;
        } finally {
            if (!done) {
                strings.forEach(string -> Arrays.fill(string, '\0'));
            }
        }
    }

    private char[] listed() {
        if (next() != '"') {
            throw malformed("a list in the body holds something else than strings");
        }
        return string();
    }

    private char[] wholeNumber() {
        int start = position;
        if (text[position] == '-') {
            position++;
        }
        int digits = position;
        while (position < text.length && isDigit(text[position])) {
            position++;
        }
        boolean leadingZero = position - digits > 1 && text[digits] == '0';
        boolean fraction = position < text.length && ".eE".indexOf(text[position]) >= 0;
        if (position == digits || position - digits > MAX_DIGITS || leadingZero || fraction) {
            throw malformed("a number in the body is not a whole number of up to " + MAX_DIGITS + " digits");
        }
        return Arrays.copyOfRange(text, start, position);
    }

    private char[] string() {
        position++;
        char[] out = arrays.apply(lengthLeftInString());
        try {
            return Arrays.copyOf(out, unescapeInto(out));
        } finally {
            Arrays.fill(out, '\0');
        }
    }

    /** Reads up to and with the closing quotation mark; the number of characters. */
    private int unescapeInto(char[] out) {
        int length = 0;
        while (position < text.length && text[position] != '"') {
            char c = text[position++];
            if (c < ' ') {
                throw malformed("a string in the body has a raw control character");
            }
            out[length++] = c == '\\' ? escaped() : c;
        }
        if (position == text.length) {
            throw malformed("a string in the body does not end");
        }
        position++;
        return length;
    }

    /** At least as many characters as the string can have: those up to its closing quotation mark. */
    private int lengthLeftInString() {
        int end = position;
        while (end < text.length && text[end] != '"') {
            end += text[end] == '\\' ? 2 : 1;
        }
        return Math.max(0, end - position);
    }

    private char escaped() {
        char c = position < text.length ? text[position++] : '\0';
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw malformed("a string in the body has an unknown escape");
        };
    }

    private char unicode() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = position < text.length && text[position] < 128 ? Character.digit(text[position], 16) : -1;
            if (digit < 0) {
                throw malformed("a string in the body has a malformed \\u escape");
            }
            value = value << 4 | digit;
            position++;
        }
        return (char) value;
    }

    /** Skips white space and looks at the next character without taking it. */
    private int next() {
        while (position < text.length && " \t\r\n".indexOf(text[position]) >= 0) {
            position++;
        }
        return position < text.length ? text[position] : END;
    }

    private void expect(char wanted) {
        if (next() != wanted) {
            throw malformed("the body is no JSON object of named values");
        }
        position++;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static KmsException malformed(String why) {
        return new KmsException(MALFORMED_REQUEST, why);
    }
}
