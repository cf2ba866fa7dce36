package org.mckms.protocol.smime;

import static org.mckms.protocol.error.KmsErrorCode.BODY_TOO_LARGE;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;
import org.mckms.protocol.error.KmsException;

/**
 * A multipart body of a SIP message taken apart (RFC 2046 clause 5.1). The entities are kept octet for octet, since
 * signatures cover them so.
 *
 * @param mediaType such as {@code multipart/mixed}
 * @param entities header and content of each part, 1 to 32
 */
public record MultipartBody(String mediaType, List<Octets> entities) {
    /** The type in which parts are independent of each other. */
    public static final String MIXED = "multipart/mixed";

    private static final int MAX_OCTETS = 1024 * 1024;
    private static final int MAX_PARTS = 32;
    private static final int BOUNDARY_CHARACTERS = 32;
    private static final Pattern BOUNDARY = Pattern.compile("[A-Za-z0-9'()+_,./:=? -]{0,69}[A-Za-z0-9'()+_,./:=?-]");

    /** @throws KmsException MALFORMED_REQUEST if there is no part, or too many */
    public MultipartBody {
        entities = List.copyOf(entities);
        if (entities.isEmpty() || entities.size() > MAX_PARTS) {
            throw malformed("a multipart body has 1 to " + MAX_PARTS + " parts, not " + entities.size());
        }
    }

    /** A body of these parts. */
    public static MultipartBody of(String mediaType, List<BodyPart> parts) {
        return new MultipartBody(
                mediaType,
                parts.stream().map(part -> Octets.copyOf(part.octets())).toList());
    }

    /** Whether a body has parts. */
    public static boolean isMultipart(SipBody body) {
        return ContentType.parse(body.contentType()).mediaType().startsWith("multipart/");
    }

    /**
     * Takes a body apart. What stands before the first and after the last boundary is passed over.
     *
     * @throws KmsException MALFORMED_REQUEST if it is no multipart body with an end; BODY_TOO_LARGE above 1 MiB
     */
    public static MultipartBody parse(SipBody body) {
        if (body.octets().size() > MAX_OCTETS) {
            throw new KmsException(BODY_TOO_LARGE, "a multipart body has more than " + MAX_OCTETS + " octets");
        }
        ContentType type = ContentType.parse(body.contentType());
        String boundary = type.parameter("boundary")
                .filter(value -> BOUNDARY.matcher(value).matches())
                .orElseThrow(() -> malformed("a multipart body has no boundary"));
        if (!type.mediaType().startsWith("multipart/")) {
            throw malformed("the body is not multipart");
        }
        return new MultipartBody(type.mediaType(), new Splitter(body.octets().toByteArray(), boundary).entities());
    }

    /** The parts, their headers read. */
    public List<BodyPart> parts() {
        return entities.stream()
                .map(entity -> BodyPart.parse(entity.toByteArray()))
                .toList();
    }

    /** The body with a boundary that none of its parts can contain. */
    public SipBody toBody() {
        return toBody("");
    }

    /**
     * The same with more parameters of the Content-Type.
     *
     * @param parameters each begins with a semicolon
     */
    SipBody toBody(String parameters) {
        String boundary = Sha256.of(entities.toArray(Octets[]::new)).toHex().substring(0, BOUNDARY_CHARACTERS);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Octets entity : entities) {
            out.writeBytes(ascii("--" + boundary + "\r\n"));
            out.writeBytes(entity.toByteArray());
            out.writeBytes(ascii("\r\n"));
        }
        out.writeBytes(ascii("--" + boundary + "--\r\n"));
        return new SipBody(mediaType + ";boundary=\"" + boundary + "\"" + parameters, Octets.copyOf(out.toByteArray()));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static KmsException malformed(String message) {
        return new KmsException(MALFORMED_REQUEST, message);
    }

    /** Finds the lines that are boundaries. */
    private static final class Splitter {
        private final byte[] octets;
        private final byte[] dashBoundary;
        private final List<Octets> entities = new ArrayList<>();
        /** Where the entity begins that is being read; negative before the first boundary. */
        private int begin = -1;

        Splitter(byte[] octets, String boundary) {
            this.octets = octets;
            this.dashBoundary = ascii("--" + boundary);
        }

        List<Octets> entities() {
            for (int line = 0; line < octets.length; line = next(line)) {
                if (!startsWithBoundary(line)) {
                    continue;
                }
                int rest = line + dashBoundary.length;
                boolean last = rest + 1 < octets.length && octets[rest] == '-' && octets[rest + 1] == '-';
                if (isBlank(last ? rest + 2 : rest, next(line))) {
                    endEntity(line);
                    if (last) {
                        return entities;
                    }
                    begin = next(line);
                }
            }
            throw malformed("a multipart body does not end with its boundary");
        }

        private void endEntity(int boundaryLine) {
            if (begin < 0) {
                return;
            }
            int end = boundaryLine - "\r\n".length();
            if (end < begin) {
                throw malformed("a body part is empty");
            }
            if (entities.size() == MAX_PARTS) {
                throw malformed("a multipart body has more than " + MAX_PARTS + " parts");
            }
            entities.add(Octets.copyOf(Arrays.copyOfRange(octets, begin, end)));
        }

        private boolean startsWithBoundary(int line) {
            int end = line + dashBoundary.length;
            return end <= octets.length && Arrays.equals(octets, line, end, dashBoundary, 0, dashBoundary.length);
        }

        /** Where the next line begins. */
        private int next(int line) {
            for (int at = line; at + 1 < octets.length; at++) {
                if (octets[at] == '\r' && octets[at + 1] == '\n') {
                    return at + 2;
                }
            }
            return octets.length;
        }

        private boolean isBlank(int from, int to) {
            for (int at = from; at < to; at++) {
                if (" \t\r\n".indexOf(octets[at]) < 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
