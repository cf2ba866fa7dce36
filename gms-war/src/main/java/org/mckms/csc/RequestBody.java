package org.mckms.csc;

import static org.mckms.protocol.error.KmsErrorCode.BODY_TOO_LARGE;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.UNSUPPORTED_MEDIA_TYPE;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsRequest;

/** Reads the optional body of a request within 64 KiB, counted while reading, so that chunks cannot get round it. */
final class RequestBody {

    /** Longest body, in octets. */
    static final int MAX_OCTETS = 64 * 1024;

    private RequestBody() {}

    /**
     * Reads the body.
     *
     * @return the request in it, or empty if there are no octets
     * @throws KmsException UNSUPPORTED_MEDIA_TYPE, BODY_TOO_LARGE, or MALFORMED_REQUEST if it is no KmsRequest
     */
    static Optional<KmsRequest> read(HttpServletRequest request) {
        List<String> types = Collections.list(request.getHeaders("Content-Type"));
        if (types.size() > 1 || types.stream().anyMatch(type -> !XmlMediaType.isRead(type))) {
            throw new KmsException(UNSUPPORTED_MEDIA_TYPE, "the body must be application/xml or text/xml in UTF-8");
        }
        if (request.getHeader("Content-Encoding") != null) {
            throw new KmsException(UNSUPPORTED_MEDIA_TYPE, "content encodings are not read");
        }
        if (request.getContentLengthLong() > MAX_OCTETS) {
            throw tooLarge();
        }
        byte[] octets = octets(request);
        if (octets.length == 0) {
            return Optional.empty();
        }
        if (types.isEmpty()) {
            throw new KmsException(UNSUPPORTED_MEDIA_TYPE, "the body has no Content-Type");
        }
        return Optional.of(KmsRequestCodec.decode(octets));
    }

    private static byte[] octets(HttpServletRequest request) {
        byte[] octets = readBounded(request);
        if (octets.length > MAX_OCTETS) {
            throw tooLarge();
        }
        return octets;
    }

    /** Undertow throws a NullPointerException when its read timeout ends a connection under a waiting read. */
    private static byte[] readBounded(HttpServletRequest request) {
        try {
            return request.getInputStream().readNBytes(MAX_OCTETS + 1);
        } catch (IOException | NullPointerException e) {
            throw new KmsException(MALFORMED_REQUEST, "the body is not complete", e);
        }
    }

    private static KmsException tooLarge() {
        return new KmsException(BODY_TOO_LARGE, "the body is longer than " + MAX_OCTETS + " octets");
    }
}
