package org.mckms.admin;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.json.JsonBody;

/** A long list as it comes in, with a limit in octets and in time. */
final class ListUpload extends FilterInputStream {

    /** Its media type; no form of a web page can send it. */
    static final String CSV = "text/csv";

    /** Longest list, in octets; the listener takes no longer bodies either. */
    static final int MAX_OCTETS = 16 * 1024 * 1024;

    /** Longest time for the whole list. */
    static final Duration TIME_LIMIT = Duration.ofMinutes(5);

    private final LongSupplier ticker;
    private final long start;
    private long octets;

    ListUpload(InputStream in) {
        this(in, System::nanoTime);
    }

    /** As the other one; the time is that of a clock in nanoseconds that only goes forward. */
    ListUpload(InputStream in, LongSupplier ticker) {
        super(in);
        this.ticker = ticker;
        this.start = ticker.getAsLong();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** Undertow throws a NullPointerException when its read timeout ends a connection under a waiting read. */
    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        try {
            int count = super.read(buffer, from, length);
            octets += Math.max(0, count);
            if (octets > MAX_OCTETS) {
                throw JsonBody.tooLarge(MAX_OCTETS);
            }
            if (ticker.getAsLong() - start > TIME_LIMIT.toNanos()) {
                throw new KmsException(
                        MALFORMED_REQUEST, "the list is not complete after " + TIME_LIMIT.toMinutes() + " min");
            }
            return count;
        } catch (NullPointerException e) {
            throw new IOException("the connection has ended", e);
        }
    }
}
