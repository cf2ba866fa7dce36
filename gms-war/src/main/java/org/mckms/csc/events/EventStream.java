package org.mckms.csc.events;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Set;
import org.mckms.csc.Admission;

/**
 * Server-sent events (HTML Living Standard clause 9.2) to one connected caller. Whoever has something to say leaves it in a
 * short queue and goes on; a reader who lets the queue run over is cut off, and is told what it missed when it comes again.
 * Thread-safe.
 */
final class EventStream {

    /** Events that may wait for a slow reader. */
    static final int MAX_WAITING = 256;

    /** What clients are told to wait before they connect again. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    /** A comment, which all clients ignore. */
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Admission admission;
    private final Set<String> recipients;
    private final EventSink sink;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private Set<News> told = Set.of();
    private Instant lastWritten;
    private boolean unflushed;
    private boolean ended;
    private boolean closed;

    EventStream(Admission admission, EventSink sink, Instant now) {
        this.admission = admission;
        this.recipients = Set.copyOf(admission.caller().ownedUris());
        this.sink = sink;
        this.lastWritten = now;
        waiting.add(octets("retry: " + RETRY.toMillis() + "\n\n"));
    }

    /** Identities of the connected caller. */
    Set<String> recipients() {
        return recipients;
    }

    /** What opened it. */
    Admission admission() {
        return admission;
    }

    /** Tells what was not told before. Only what is news now is remembered as told. */
    synchronized void tell(Collection<News> all, Instant now) {
        Set<News> before = told;
        told = Set.copyOf(all);
        for (News one : all) {
            if (!before.contains(one)) {
                say(octets("event: " + one.event() + "\ndata: " + one.data() + "\n\n"), now);
            }
        }
    }

    /** Says something, lest anybody on the path takes the connection for dead. */
    synchronized void heartbeat(Duration pause, Instant now) {
        if (!lastWritten.plus(pause).isAfter(now)) {
            say(HEARTBEAT, now);
        }
    }

    /** Says why and ends the stream, as soon as the reader has taken what is waiting. */
    synchronized void end(String reason, Instant now) {
        if (!ended) {
            JsonObject data = Json.createObjectBuilder().add("reason", reason).build();
            say(octets("event: end\ndata: " + data + "\n\n"), now);
            ended = true;
            drain();
        }
    }

    /** Goes on writing; called when the sink is ready again. */
    synchronized void drain() {
        try {
            while (!closed && sink.isReady()) {
                if (!waiting.isEmpty()) {
                    sink.write(waiting.poll());
                    unflushed = true;
                } else if (unflushed) {
                    sink.flush();
                    unflushed = false;
                } else {
                    break;
                }
            }
            if (ended && waiting.isEmpty() && !unflushed) {
                close();
            }
        } catch (IOException e) {
            close();
        }
    }

    /** Ends the stream at once. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            waiting.clear();
            sink.close();
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    private void say(byte[] event, Instant now) {
        if (closed || ended) {
            return;
        }
        if (waiting.size() >= MAX_WAITING) {
            close();
            return;
        }
        waiting.add(event);
        lastWritten = now;
        drain();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
