package org.mckms.protocol.cms;

import static org.mckms.protocol.error.KmsErrorCode.BODY_TOO_LARGE;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.mckms.protocol.error.KmsException;

/** DER as lines of text between BEGIN and END (RFC 7468), strictly: one block, nothing before or after but line ends. */
public final class PemArmour {
    private static final int LINE_CHARACTERS = 64;
    private static final byte[] LINE_END = {'\n'};

    private final String begin;
    private final String end;

    /** Armour of files of this label. */
    public PemArmour(String label) {
        begin = "-----BEGIN " + label + "-----";
        end = "-----END " + label + "-----";
    }

    /** Puts it on. */
    public byte[] wrap(byte[] der) {
        String text = Base64.getMimeEncoder(LINE_CHARACTERS, LINE_END).encodeToString(der);
        return (begin + "\n" + text + "\n" + end + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Takes it off.
     *
     * @throws KmsException BODY_TOO_LARGE beyond {@code maxOctets}, MALFORMED_REQUEST if it is not armoured so
     */
    public byte[] unwrap(byte[] pem, int maxOctets) {
        if (pem.length > maxOctets) {
            throw new KmsException(BODY_TOO_LARGE, "the file is larger than the limit of " + maxOctets + " octets");
        }
        String text = new String(pem, StandardCharsets.ISO_8859_1)
                .replace("\r\n", "\n")
                .strip();
        if (!text.startsWith(begin + "\n") || !text.endsWith("\n" + end)) {
            throw new KmsException(MALFORMED_REQUEST, "the file does not lie between " + begin + " and " + end);
        }
        String base64 =
                text.substring(begin.length(), text.length() - end.length()).replace("\n", "");
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new KmsException(MALFORMED_REQUEST, "the file is not base64 between its first and last line", e);
        }
    }
}
