package org.mckms.client.cli.explain;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Finds a MIKEY message in what was saved: octets, hex, base64, or the key management attribute of SDP (RFC 4567). */
final class MikeyText {
    private static final String SDP = "a=key-mgmt:";
    private static final String PROTOCOL = "mikey ";
    private static final int VERSION = 1;

    /** Data types of initiator's messages: pre-shared key, public key, SAKKE and the next one (a reader that is off by one). */
    private static final String DATA_TYPES = "\u0000\u0001\u001A\u001B";

    private MikeyText() {}

    /** The octets of the message, if that is what it begins as. */
    static Optional<byte[]> message(byte[] document) {
        return beginsAsMessage(document)
                ? Optional.of(document)
                : decoded(document).filter(MikeyText::beginsAsMessage);
    }

    /** The octets that hex digits or base64 stand for; white space is passed over. */
    static Optional<byte[]> decoded(byte[] document) {
        String digits = SimpleValues.withoutSpace(withoutAttribute(new String(document, StandardCharsets.ISO_8859_1)));
        if (digits.isEmpty()) {
            return Optional.empty();
        }
        try {
            boolean hex = digits.chars().allMatch(HexFormat::isHexDigit);
            return Optional.of(
                    hex ? HexFormat.of().parseHex(digits) : Base64.getDecoder().decode(digits));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String withoutAttribute(String text) {
        String line = text.strip();
        String value = line.startsWith(SDP) ? line.substring(SDP.length()) : line;
        return value.startsWith(PROTOCOL) ? value.substring(PROTOCOL.length()) : value;
    }

    private static boolean beginsAsMessage(byte[] octets) {
        return octets.length > 1 && octets[0] == VERSION && DATA_TYPES.indexOf(octets[1]) >= 0;
    }
}
