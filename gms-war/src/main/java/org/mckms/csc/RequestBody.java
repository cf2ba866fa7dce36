package org.mckms.csc;

import static org.mckms.protocol.error.KmsErrorCode.BODY_TOO_LARGE;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.UNSUPPORTED_MEDIA_TYPE;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsException;

/**
 * Reads the optional body of a request within 64 KiB, counted while reading, so that chunks cannot get round it, and
 * within 10 s from the first octet to the last, so that a trickle cannot either. Thread-safe.
 */
public final class RequestBody {

    /** Longest body, in octets. */
    static final int MAX_OCTETS = 64 * 1024;

    /** Longest time for the whole body; a single read that waits is ended by the read timeout of the listener. */
    static final Duration TIME_LIMIT = Duration.ofSeconds(10);

    private static final int CHUNK_OCTETS = 8192;
    private static final String READ_TO_ITS_END = RequestBody.class.getName() + ".readToItsEnd";

    private final LongSupplier ticker;
    private final Predicate<String> types;
    private final String announcement;

    /**
     * Makes a reader of XML.
     *
     * @param ticker nanoseconds of a clock that only goes forward
     */
    public RequestBody(LongSupplier ticker) {
        this(ticker, XmlMediaType::isRead, "application/xml or text/xml in UTF-8");
    }

    /**
     * Makes a reader.
     *
     * @param types        which values of Content-Type are read
     * @param announcement the same in words
     */
    public RequestBody(LongSupplier ticker, Predicate<String> types, String announcement) {
        this.ticker = ticker;
        this.types = types;
        this.announcement = announcement;
    }

    /**
     * Reads the body.
     *
     * @return its octets, or empty if there are none, whatever Content-Type says
     * @throws KmsException UNSUPPORTED_MEDIA_TYPE, BODY_TOO_LARGE, or MALFORMED_REQUEST if it is not complete in time
     */
    public Optional<Octets> read(HttpServletRequest request) {
        if (request.getContentLengthLong() > MAX_OCTETS) {
            throw tooLarge();
        }
        if (request.getContentLengthLong() > 0) {
            checkType(request);
        }
        byte[] octets = octets(request);
        if (octets.length == 0) {
            return Optional.empty();
        }
        checkType(request);
        return Optional.of(Octets.copyOf(octets));
    }

    /**
     * Whether octets of the body may be on the way still. The container reads them before it lets the thread go, however
     * slowly they come, unless the answer closes the connection.
     */
    public static boolean isUnread(HttpServletRequest request) {
        boolean announced = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
        return announced && request.getAttribute(READ_TO_ITS_END) == null;
    }

    private void checkType(HttpServletRequest request) {
        List<String> announced = Collections.list(request.getHeaders("Content-Type"));
        if (announced.size() != 1 || !types.test(announced.get(0))) {
            throw new KmsException(UNSUPPORTED_MEDIA_TYPE, "the body must be announced as " + announcement);
        }
        if (request.getHeader("Content-Encoding") != null) {
            throw new KmsException(UNSUPPORTED_MEDIA_TYPE, "content encodings are not read");
        }
    }

    /** Undertow throws a NullPointerException when its read timeout ends a connection under a waiting read. */
    private byte[] octets(HttpServletRequest request) {
        long start = ticker.getAsLong();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK_OCTETS];
        try {
            InputStream in = request.getInputStream();
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                all.write(chunk, 0, n);
                if (all.size() > MAX_OCTETS) {
                    throw tooLarge();
                }
                if (ticker.getAsLong() - start > TIME_LIMIT.toNanos()) {
                    throw new KmsException(
                            MALFORMED_REQUEST, "the body is not complete after " + TIME_LIMIT.toSeconds() + " s");
                }
            }
        } catch (IOException | NullPointerException e) {
            throw new KmsException(MALFORMED_REQUEST, "the body is not complete", e);
        }
        request.setAttribute(READ_TO_ITS_END, Boolean.TRUE);
        return all.toByteArray();
    }

    private static KmsException tooLarge() {
        return new KmsException(BODY_TOO_LARGE, "the body is longer than " + MAX_OCTETS + " octets");
    }
}
