package org.mckms.csc;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.mckms.csc.token.IdentityUri;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.error.KmsException;

/**
 * Takes the raw path of a request apart, as it came over the wire.
 *
 * <p>A segment that is a URI is percent-decoded once: {@code sip:} and {@code @} may come raw or encoded, a {@code /} inside
 * the URI comes as {@code %2F}. What could mean different things to different readers is refused: a raw {@code ;}, dot
 * segments, double encoding, control characters, octets that are not UTF-8, empty segments.
 */
public final class RawPath {

    private RawPath() {}

    /**
     * The segments after a root.
     *
     * @param rawPath begins with the root and a slash
     * @return one at least, not decoded
     * @throws KmsException MALFORMED_REQUEST if one of them is empty or could be read in two ways
     */
    public static List<String> segmentsBelow(String root, String rawPath) {
        List<String> segments = List.of(rawPath.substring(root.length() + 1).split("/", -1));
        for (String segment : segments) {
            if (segment.isEmpty()) {
                throw malformed("the path has an empty segment; a '/' inside a URI is sent as %2F");
            }
            if (segment.chars().anyMatch(c -> c <= ' ' || c > '~' || c == ';' || c == '\\')) {
                throw malformed("the path has a raw ';' or another character that is sent percent-encoded");
            }
            String dots = segment.replace("%2e", ".").replace("%2E", ".");
            if (dots.equals(".") || dots.equals("..")) {
                throw malformed("the path has a dot segment");
            }
        }
        return segments;
    }

    /**
     * An MC service ID.
     *
     * @return decoded once
     * @throws KmsException MALFORMED_REQUEST
     */
    public static String identity(String segment) {
        String decoded = decoded(segment);
        try {
            return IdentityUri.parse(decoded).text();
        } catch (InvalidValueException e) {
            throw new KmsException(MALFORMED_REQUEST, "the URI in the path, decoded once, " + e.getMessage(), e);
        }
    }

    /**
     * A segment that is a URI.
     *
     * @return decoded once
     * @throws KmsException MALFORMED_REQUEST if it has a dot segment, or is not UTF-8
     */
    public static String decoded(String segment) {
        String decoded = decode(segment);
        if (Arrays.stream(decoded.split("/", -1)).anyMatch(part -> part.equals(".") || part.equals(".."))) {
            throw malformed("the URI in the path has a dot segment");
        }
        return decoded;
    }

    private static String decode(String segment) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '%') {
                octets.write(octet(segment, i + 1));
                i += 2;
            } else {
                octets.write(c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new KmsException(MALFORMED_REQUEST, "the URI in the path is not UTF-8", e);
        }
    }

    private static int octet(String segment, int index) {
        int high = index < segment.length() ? Character.digit(segment.charAt(index), 16) : -1;
        int low = index + 1 < segment.length() ? Character.digit(segment.charAt(index + 1), 16) : -1;
        if (high < 0 || low < 0) {
            throw malformed("the path has a '%' without two hex digits");
        }
        return high << 4 | low;
    }

    private static KmsException malformed(String why) {
        return new KmsException(MALFORMED_REQUEST, why);
    }
}
