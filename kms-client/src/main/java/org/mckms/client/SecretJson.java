package org.mckms.client;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds a flat JSON object in octets that can be wiped, for bodies that hold a PIN or master secrets: a JSON library
 * would leave them behind in strings.
 */
final class SecretJson implements AutoCloseable {
    private byte[] octets = new byte[256];
    private int length;

    SecretJson() {
        append((byte) '{');
    }

    SecretJson put(String name, String value) {
        return put(name, value.toCharArray());
    }

    /** Adds a string member; a copy of {@code value} made on the way is wiped. */
    SecretJson put(String name, char[] value) {
        ByteBuffer utf8 = StandardCharsets.UTF_8.encode(CharBuffer.wrap(value));
        byte[] text = new byte[utf8.remaining()];
        utf8.get(text);
        putUtf8(name, text);
        Arrays.fill(text, (byte) 0);
        Arrays.fill(utf8.array(), (byte) 0);
        return this;
    }

    SecretJson put(String name, long value) {
        name(name);
        for (byte digit : Long.toString(value).getBytes(StandardCharsets.US_ASCII)) {
            append(digit);
        }
        return this;
    }

    /** Adds a string member given as UTF-8. */
    SecretJson putUtf8(String name, byte[] value) {
        name(name);
        string(value);
        return this;
    }

    /** The finished object; the caller wipes the copy it is given. */
    byte[] toOctets() {
        byte[] out = Arrays.copyOf(octets, length + 1);
        out[length] = '}';
        return out;
    }

    @Override
    public void close() {
        Arrays.fill(octets, (byte) 0);
    }

    private void name(String name) {
        if (length > 1) {
            append((byte) ',');
        }
        string(name.getBytes(StandardCharsets.UTF_8));
        append((byte) ':');
    }

    private void string(byte[] utf8) {
        append((byte) '"');
        for (byte octet : utf8) {
            if (octet == '"' || octet == '\\') {
                append((byte) '\\');
                append(octet);
            } else if (octet >= 0 && octet < 0x20) {
                for (byte escaped : String.format("\\u%04x", (int) octet).getBytes(StandardCharsets.US_ASCII)) {
                    append(escaped);
                }
            } else {
                append(octet);
            }
        }
        append((byte) '"');
    }

    private void append(byte octet) {
        if (length == octets.length) {
            byte[] larger = Arrays.copyOf(octets, 2 * length);
            Arrays.fill(octets, (byte) 0);
            octets = larger;
        }
        octets[length++] = octet;
    }
}
