package org.mckms.protocol.smime;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.UNSUPPORTED_MEDIA_TYPE;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsException;

/**
 * S/MIME of SIP bodies under a CEK (RFC 8551 clause 3.4, RFC 3261 clause 23): the body and its Content-Type become one MIME
 * entity, which is sealed; the outer body is {@code application/pkcs7-mime} in binary, as SIP carries it. A multipart body is
 * sealed as a whole, boundaries included.
 */
public final class SmimeBody {
    /** Content-Type of a sealed body. */
    public static final String CONTENT_TYPE =
            "application/pkcs7-mime; smime-type=authEnveloped-data; name=\"smime.p7m\"";

    private static final String MEDIA_TYPE = "application/pkcs7-mime";
    private static final String HEADER = "Content-Type:";
    private static final String ENCODING = "content-transfer-encoding:";
    private static final String CRLF = "\r\n";
    private static final int MAX_HEADER_FIELDS = 16;

    private SmimeBody() {}

    /** Seals a body. */
    public static SipBody seal(SipBody body, ContentEncryptionKey cek, SecureRandom random) {
        byte[] head = (HEADER + " " + body.contentType() + CRLF + CRLF).getBytes(StandardCharsets.US_ASCII);
        byte[] content = body.octets().toByteArray();
        byte[] entity = Arrays.copyOf(head, head.length + content.length);
        System.arraycopy(content, 0, entity, head.length, content.length);
        try {
            return new SipBody(CONTENT_TYPE, Octets.copyOf(CekEnvelope.seal(entity, cek, random)));
        } finally {
            Arrays.fill(content, (byte) 0);
            Arrays.fill(entity, (byte) 0);
        }
    }

    /**
     * Opens a sealed body.
     *
     * @param keys finds a CEK by its Key ID; the key stays its owner's
     * @return the body as it was before it was sealed
     * @throws KmsException UNSUPPORTED_MEDIA_TYPE if it is no sealed body; MALFORMED_REQUEST if there is no MIME entity with a
     *     Content-Type in it, or one with a transfer encoding that changes octets; otherwise as {@link CekEnvelope#open}
     */
    public static SipBody open(SipBody sealed, Function<Octets, Optional<ContentEncryptionKey>> keys) {
        if (!isSealed(sealed)) {
            throw new KmsException(UNSUPPORTED_MEDIA_TYPE, "the body is not " + MEDIA_TYPE);
        }
        byte[] entity = CekEnvelope.open(sealed.octets().toByteArray(), keys);
        try {
            return parse(entity);
        } finally {
            Arrays.fill(entity, (byte) 0);
        }
    }

    /** Whether a body says that it is sealed. */
    public static boolean isSealed(SipBody body) {
        String type = body.contentType();
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().equalsIgnoreCase(MEDIA_TYPE);
    }

    /** The header fields up to the empty line, then the content as it is. */
    private static SipBody parse(byte[] entity) {
        Optional<String> type = Optional.empty();
        int at = 0;
        for (int fields = 0; fields <= MAX_HEADER_FIELDS; fields++) {
            int end = endOfLine(entity, at);
            String line = new String(entity, at, end - at, StandardCharsets.ISO_8859_1);
            at = end + CRLF.length();
            if (line.isEmpty()) {
                return new SipBody(
                        type.orElseThrow(() -> malformed("the sealed entity has no Content-Type")),
                        Octets.copyOf(Arrays.copyOfRange(entity, at, entity.length)));
            }
            if (line.regionMatches(true, 0, HEADER, 0, HEADER.length())) {
                if (type.isPresent()) {
                    throw malformed("the sealed entity has two Content-Types");
                }
                type = Optional.of(line.substring(HEADER.length()).strip());
            }
            refuseEncoding(line);
        }
        throw malformed("the sealed entity has more than " + MAX_HEADER_FIELDS + " header fields");
    }

    private static void refuseEncoding(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        if (lower.startsWith(ENCODING)) {
            String encoding = lower.substring(ENCODING.length()).strip();
            if (!encoding.equals("binary") && !encoding.equals("8bit") && !encoding.equals("7bit")) {
                throw malformed("the sealed entity has a transfer encoding that SIP does not use");
            }
        }
    }

    private static int endOfLine(byte[] entity, int from) {
        int limit = Math.min(entity.length - 1, from + SipBody.MAX_LINE);
        for (int at = from; at < limit; at++) {
            if (entity[at] == '\r' && entity[at + 1] == '\n') {
                return at;
            }
        }
        throw malformed("the header of the sealed entity does not end");
    }

    private static KmsException malformed(String message) {
        return new KmsException(MALFORMED_REQUEST, message);
    }
}
