package org.mckms.mikeysakke;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Immutable octet string with value equality, for public values only; secrets live in {@link org.mckms.mikeysakke.secret}. */
public final class Octets {
    private static final HexFormat UPPER_CASE = HexFormat.of().withUpperCase();

    private final byte[] octets;

    private Octets(byte[] octets) {
        this.octets = octets;
    }

    /** Copies {@code source}. */
    public static Octets copyOf(byte[] source) {
        return new Octets(source.clone());
    }

    /**
     * Reads hex digits of any case.
     *
     * @throws InvalidValueException if the number of digits is odd or a character is not a hex digit
     */
    public static Octets fromHex(String hex) {
        try {
            return new Octets(UPPER_CASE.parseHex(hex));
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("not a string of hex digit pairs (" + hex.length() + " characters)", e);
        }
    }

    /**
     * Encodes text as ASCII.
     *
     * @throws InvalidValueException if a character is not ASCII
     */
    public static Octets ofAscii(String text) {
        return encode(text, StandardCharsets.US_ASCII);
    }

    /**
     * Encodes text as UTF-8.
     *
     * @throws InvalidValueException if the text has an unpaired surrogate
     */
    public static Octets ofUtf8(String text) {
        return encode(text, StandardCharsets.UTF_8);
    }

    private static Octets encode(String text, Charset charset) {
        try {
            ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(text));
            byte[] octets = new byte[encoded.remaining()];
            encoded.get(octets);
            return new Octets(octets);
        } catch (CharacterCodingException e) {
            throw new InvalidValueException("text has a character that " + charset + " cannot carry", e);
        }
    }

    /** The number of octets. */
    public int size() {
        return octets.length;
    }

    /** A copy of the octets. */
    public byte[] toByteArray() {
        return octets.clone();
    }

    /** Upper case hex digits, two for each octet. */
    public String toHex() {
        return UPPER_CASE.formatHex(octets);
    }

    /** These octets followed by {@code others} in their order. */
    public Octets concat(Octets... others) {
        int total = octets.length;
        for (Octets other : others) {
            total = Math.addExact(total, other.octets.length);
        }
        byte[] joined = Arrays.copyOf(octets, total);
        int end = octets.length;
        for (Octets other : others) {
            System.arraycopy(other.octets, 0, joined, end, other.octets.length);
            end += other.octets.length;
        }
        return new Octets(joined);
    }

    /**
     * The octet at an index from 0.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    public byte at(int index) {
        return octets[index];
    }

    /**
     * The octets from index {@code from} up to but not including index {@code to}.
     *
     * @throws IndexOutOfBoundsException if that range is not within these octets
     */
    public Octets slice(int from, int to) {
        if (from < 0 || to < from || to > octets.length) {
            throw new IndexOutOfBoundsException("octets " + from + " to " + to + " of " + octets.length);
        }
        return new Octets(Arrays.copyOfRange(octets, from, to));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** The hex digits. */
    @Override
    public String toString() {
        return toHex();
    }
}
