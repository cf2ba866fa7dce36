package org.mckms.csc.events;

import java.io.IOException;

/** The connection of an event stream: takes octets only while it is ready, so that nobody waits for a slow reader. */
interface EventSink {

    /** Whether {@link #write} or {@link #flush} may be called now; if not, the stream is told when they may. */
    boolean isReady();

    /** Takes octets; may leave the sink not ready. */
    void write(byte[] octets) throws IOException;

    /** Sends what was taken; may leave the sink not ready. */
    void flush() throws IOException;

    /** Ends the connection. */
    void close();
}
