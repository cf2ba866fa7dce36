package org.mckms.protocol.codec;

import static org.mckms.protocol.codec.ElementReader.malformed;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Function;

/** Reads key material, which the schema wants in hex and some senders write in base64. */
public final class KeyText {
    private KeyText() {}

    /**
     * Lends the octets of a key to {@code action} and zeroes them afterwards, whatever comes of it. Hex of any case if the
     * text has only hex digits, else base64; white space does not count.
     */
    public static <T> T read(String text, String name, Function<byte[], T> action) {
        byte[] octets = octets(text, name);
        try {
            return action.apply(octets);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static byte[] octets(String text, String name) {
        String digits = text.replaceAll("[ \t\r\n]", "");
        if (digits.isEmpty()) {
            throw malformed(name + " is empty");
        }
        try {
            return digits.chars().allMatch(HexFormat::isHexDigit)
                    ? HexFormat.of().parseHex(digits)
                    : Base64.getDecoder().decode(digits);
        } catch (IllegalArgumentException e) {
            throw malformed(name + " is neither hex nor base64");
        }
    }

    /**
     * The same number in exactly {@code length} octets: leading zero octets beyond that are dropped, since one vendor
     * sends two of them before an SSK. The array given back is a copy and the caller's to wipe.
     */
    static byte[] withoutExtraZeros(byte[] octets, int length, String name) {
        int extra = octets.length - length;
        boolean fits = extra >= 0;
        for (int i = 0; fits && i < extra; i++) {
            fits = octets[i] == 0;
        }
        if (!fits) {
            throw malformed(name + " has " + octets.length + " octets, " + length + " needed");
        }
        return Arrays.copyOfRange(octets, extra, octets.length);
    }
}
