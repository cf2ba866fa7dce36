package org.mckms.platform.delivery;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the status of an answer (RFC 9112 clause 4) and nothing behind it; interim answers are passed over. */
final class CallbackResponse {

    /** Octets of everything that is read. */
    static final int MAX_OCTETS = 16_384;

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");
    private static final int FINAL = 200;

    private final InputStream in;
    private int read;

    CallbackResponse(InputStream in) {
        this.in = in;
    }

    /**
     * The status of the final answer, 200 to 599.
     *
     * @throws ProtocolException if it is no answer of HTTP/1
     */
    int status() throws IOException {
        while (true) {
            Matcher line = STATUS_LINE.matcher(line());
            if (!line.matches()) {
                throw new ProtocolException("the receiver's answer is no HTTP");
            }
            int status = Integer.parseInt(line.group(1));
            if (status >= FINAL) {
                return status;
            }
            while (!line().isEmpty()) {
                // a field of an interim answer
            }
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = next(); octet != '\n'; octet = next()) {
            line.append((char) octet);
        }
        int end = line.length() - 1;
        if (end >= 0 && line.charAt(end) == '\r') {
            line.setLength(end);
        }
        return line.toString();
    }

    private int next() throws IOException {
        if (++read > MAX_OCTETS) {
            throw new ProtocolException("the receiver's answer does not come to its status");
        }
        int octet = in.read();
        if (octet < 0) {
            throw new EOFException("the receiver ended the connection without an answer");
        }
        return octet;
    }
}
