package org.mckms.csc.group;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.mckms.gms.domain.KeyNotice;

/**
 * Server-sent events (HTML Living Standard clause 9.2) to one connected member. Whoever has something to say leaves it in a
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

    private final Set<String> members;
    private final Instant expiresAt;
    private final EventSink sink;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private final Map<String, KeyNotice> told = new HashMap<>();
    private Instant lastWritten;
    private boolean unflushed;
    private boolean ended;
    private boolean closed;

    EventStream(Set<String> members, Instant expiresAt, EventSink sink, Instant now) {
        this.members = Set.copyOf(members);
        this.expiresAt = expiresAt;
        this.sink = sink;
        this.lastWritten = now;
        waiting.add(octets("retry: " + RETRY.toMillis() + "\n\n"));
    }

    /** Identities of the connected member. */
    Set<String> members() {
        return members;
    }

    /** When the token expires that opened it. */
    Instant expiresAt() {
        return expiresAt;
    }

    /** Tells that keys are ready to fetch, unless it was told already. */
    synchronized void tell(KeyNotice notice, Instant now) {
        String about = notice.memberUri() + " " + notice.groupUri();
        if (!notice.equals(told.put(about, notice))) {
            JsonObject data = Json.createObjectBuilder()
                    .add("member", notice.memberUri())
                    .add("group", notice.groupUri())
                    .add("generation", notice.generation())
                    .build();
            say(octets("event: keys\ndata: " + data + "\n\n"), now);
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
