package org.mckms.protocol.xml;

/** Writes names, text and attributes in UTF-8 as Canonical XML 1.0 does (clause 2.3). */
public final class CanonicalText {
    private static final int REPLACEMENT = '?';

    private CanonicalText() {}

    /** A name, or markup. */
    public static void raw(WipeableBuffer out, String value) {
        for (int i = 0; i < value.length(); i++) {
            i += character(out, value, i);
        }
    }

    /** The text of an element. */
    public static void text(WipeableBuffer out, String value) {
        for (int i = 0; i < value.length(); i++) {
            switch (value.charAt(i)) {
                case '&' -> raw(out, "&amp;");
                case '<' -> raw(out, "&lt;");
                case '>' -> raw(out, "&gt;");
                case '\r' -> raw(out, "&#xD;");
                default -> i += character(out, value, i);
            }
        }
    }

    /** An attribute or a namespace declaration, with the space before it. */
    public static void attribute(WipeableBuffer out, String name, String value) {
        out.write(' ');
        raw(out, name);
        raw(out, "=\"");
        for (int i = 0; i < value.length(); i++) {
            switch (value.charAt(i)) {
                case '&' -> raw(out, "&amp;");
                case '<' -> raw(out, "&lt;");
                case '"' -> raw(out, "&quot;");
                case '\t' -> raw(out, "&#x9;");
                case '\n' -> raw(out, "&#xA;");
                case '\r' -> raw(out, "&#xD;");
                default -> i += character(out, value, i);
            }
        }
        out.write('"');
    }

    /** Writes the character that begins at an index; gives the number of further chars it took. */
    private static int character(WipeableBuffer out, String value, int index) {
        char first = value.charAt(index);
        if (first < 0x80) {
            out.write(first);
            return 0;
        }
        if (first < 0x800) {
            out.write(0xC0 | first >> 6);
            out.write(0x80 | first & 0x3F);
            return 0;
        }
        int c = value.codePointAt(index);
        if (Character.isSupplementaryCodePoint(c)) {
            out.write(0xF0 | c >> 18);
            out.write(0x80 | c >> 12 & 0x3F);
            out.write(0x80 | c >> 6 & 0x3F);
            out.write(0x80 | c & 0x3F);
            return 1;
        }
        if (Character.isSurrogate(first)) {
            out.write(REPLACEMENT);
            return 0;
        }
        out.write(0xE0 | c >> 12);
        out.write(0x80 | c >> 6 & 0x3F);
        out.write(0x80 | c & 0x3F);
        return 0;
    }
}
