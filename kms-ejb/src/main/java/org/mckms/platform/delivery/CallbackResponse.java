package org.mckms.platform.delivery;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mckms.mikeysakke.Octets;

/**
 * Reads the status of an answer (RFC 9112 clause 4), and its content where the length of it is given and small; interim answers
 * are passed over.
 */
final class CallbackResponse {

    /** Octets of everything that is read. */
    static final int MAX_OCTETS = 16_384;

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");
    private static final Pattern LENGTH = Pattern.compile("(?i)Content-Length:[ \\t]*([0-9]{1,5})[ \\t]*");
    private static final Pattern CODING = Pattern.compile("(?i)(Transfer|Content)-Encoding:");
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

    /**
     * What follows the fields of the final answer, after {@link #status}.
     *
     * @return empty if there is none, if the fields do not say how long it is, or if it is longer than what may be read
     */
    Octets content() throws IOException {
        int length = 0;
        boolean coded = false;
        for (String field = line(); !field.isEmpty(); field = line()) {
            Matcher given = LENGTH.matcher(field);
            if (given.matches()) {
                length = Integer.parseInt(given.group(1));
            }
            coded |= CODING.matcher(field).lookingAt();
        }
        return coded || length > MAX_OCTETS - read ? Octets.copyOf(new byte[0]) : Octets.copyOf(in.readNBytes(length));
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
