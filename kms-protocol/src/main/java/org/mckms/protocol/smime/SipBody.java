package org.mckms.protocol.smime;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsException;

/**
 * Body of a SIP message, with the Content-Type that goes with it: one part, or a whole multipart body.
 *
 * @param contentType value of the header field, one line of printable ASCII, 1 to 998 characters
 * @param octets as they are between the header and the end of the message
 */
public record SipBody(String contentType, Octets octets) {
    /** The longest line that RFC 5322 clause 2.1.1 lets pass. */
    static final int MAX_LINE = 998;

    private static final char FIRST_PRINTABLE = ' ';
    private static final char LAST_PRINTABLE = '~';

    /** @throws KmsException MALFORMED_REQUEST if the Content-Type is empty, too long or not one line of printable ASCII */
    public SipBody {
        if (contentType.isBlank() || contentType.length() > MAX_LINE || !isPrintable(contentType)) {
            throw new KmsException(MALFORMED_REQUEST, "a Content-Type is one line of printable ASCII");
        }
    }

    /** Whether text has printable ASCII and tabs only. */
    static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c >= FIRST_PRINTABLE && c <= LAST_PRINTABLE || c == '\t');
    }
}
