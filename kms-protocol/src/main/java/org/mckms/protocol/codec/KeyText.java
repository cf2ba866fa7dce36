package org.mckms.protocol.codec;

import static org.mckms.protocol.codec.ElementReader.malformed;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Reads key material, which the schema wants in hex and some senders write in base64. */
final class KeyText {
    private KeyText() {}

    /**
     * The octets of a key: hex of any case if the text has only hex digits, else base64; white space does not count. The
     * array is the caller's to wipe.
     */
    static byte[] octets(String text, String name) {
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
     * sends two of them before an SSK. Zeroes {@code octets}.
     */
    static byte[] withoutExtraZeros(byte[] octets, int length, String name) {
        try {
            int extra = octets.length - length;
            if (extra < 0) {
                throw malformed(name + " has " + octets.length + " octets, " + length + " needed");
            }
            for (int i = 0; i < extra; i++) {
                if (octets[i] != 0) {
                    throw malformed(name + " has " + octets.length + " octets, " + length + " needed");
                }
            }
            return Arrays.copyOfRange(octets, extra, octets.length);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }
}
