package org.mckms.csc.events;

import static org.mckms.csc.log.CscLog.LOG;
import static org.mckms.protocol.error.KmsErrorCode.IDENTITY_BLOCKED;
import static org.mckms.protocol.error.KmsErrorCode.NOT_READY;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.mckms.csc.Admission;
import org.mckms.csc.AnswerHead;
import org.mckms.kms.domain.token.PresentedToken;
import org.mckms.protocol.error.KmsException;

/**
 * The event streams of this node: a bounded number, none of which holds a thread. One of the server's own asks every second
 * what is new for those who are connected here, whichever node has brought it about, and who of them was blocked, with one
 * query each for all of them.
 * Thread-safe.
 */
public final class EventStreams {

    /** Streams at a time; beyond it the answer is 503. */
    static final int MAX_STREAMS = 512;

    /** Streams of one caller at a time; the oldest gives way. */
    static final int MAX_OF_ONE = 4;

    /** Longest silence. */
    static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Clock clock;
    private final Predicate<PresentedToken> revoked;
    private final UnaryOperator<Set<String>> blocked;
    private final Function<Collection<String>, List<News>> source;
    private final Set<EventStream> streams = new LinkedHashSet<>();

    /**
     * Streams of one kind of news.
     *
     * @param revoked which tokens were revoked
     * @param blocked which of some identities are blocked
     * @param source  what is new for some identities
     */
    public EventStreams(
            Clock clock,
            Predicate<PresentedToken> revoked,
            UnaryOperator<Set<String>> blocked,
            Function<Collection<String>, List<News>> source) {
        this.clock = clock;
        this.revoked = revoked;
        this.blocked = blocked;
        this.source = source;
    }

    /**
     * Answers a request with a stream, and gives its thread back.
     *
     * @throws KmsException NOT_READY if there are too many; IDENTITY_BLOCKED
     */
    public void answer(HttpServletRequest request, HttpServletResponse response, Admission admission)
            throws IOException {
        ServletSink sink = new ServletSink();
        EventStream stream = open(admission, sink);
        boolean started = false;
        try {
            AnswerHead.write(response, HttpServletResponse.SC_OK);
            response.setContentType("text/event-stream; charset=UTF-8");
            AsyncContext context = request.startAsync();
            context.setTimeout(0);
            sink.attach(context, stream);
            started = true;
        } finally {
            if (!started) {
                stream.close();
            }
        }
    }

    EventStream open(Admission admission, EventSink sink) {
        EventStream stream = new EventStream(admission, sink, clock.instant());
        if (blocked.apply(stream.recipients()).containsAll(stream.recipients())) {
            throw new KmsException(IDENTITY_BLOCKED, "this identity is blocked");
        }
        return add(stream);
    }

    private synchronized EventStream add(EventStream stream) {
        forgetClosed();
        List<EventStream> same = streams.stream()
                .filter(other -> !Collections.disjoint(other.recipients(), stream.recipients()))
                .toList();
        if (same.size() >= MAX_OF_ONE) {
            EventStream oldest = same.get(0);
            oldest.end("replaced by a newer stream", clock.instant());
            oldest.close();
            streams.remove(oldest);
        }
        if (streams.size() >= MAX_STREAMS) {
            throw new KmsException(NOT_READY, "too many event streams at a time");
        }
        streams.add(stream);
        return stream;
    }

    /** Once a second: ends those whose token or identity counts no more, tells what is new, and keeps the rest alive. */
    public void tick() {
        try {
            List<EventStream> open = open();
            Instant now = clock.instant();
            open.forEach(stream -> endWithToken(stream, now));
            if (!open.isEmpty()) {
                tellNews(open, now);
            }
            open.forEach(stream -> stream.heartbeat(HEARTBEAT, now));
        } catch (RuntimeException e) {
            LOG.eventsNotTold(UUID.randomUUID().toString(), e);
        }
    }

    private void endWithToken(EventStream stream, Instant now) {
        PresentedToken token = stream.admission().token();
        if (!now.isBefore(token.expiresAt())) {
            stream.end("token expired", now);
        } else if (revoked.test(token)) {
            stream.end("token revoked", now);
        }
    }

    /** Of a caller with several identities those that are not blocked are told. */
    private void tellNews(List<EventStream> open, Instant now) {
        Set<String> recipients = new LinkedHashSet<>();
        open.forEach(stream -> recipients.addAll(stream.recipients()));
        Set<String> out = blocked.apply(Set.copyOf(recipients));
        open.stream()
                .filter(stream -> out.containsAll(stream.recipients()))
                .forEach(stream -> stream.end("identity blocked", now));
        recipients.removeAll(out);
        Map<String, List<News>> news =
                source.apply(recipients).stream().collect(Collectors.groupingBy(News::recipient));
        for (EventStream stream : open) {
            List<News> all = stream.recipients().stream()
                    .flatMap(recipient -> news.getOrDefault(recipient, List.of()).stream())
                    .toList();
            stream.tell(all, now);
        }
    }

    /** Ends all streams. */
    public void closeAll() {
        open().forEach(stream -> {
            stream.end("the server is stopping", clock.instant());
            stream.close();
        });
    }

    private synchronized List<EventStream> open() {
        forgetClosed();
        return new ArrayList<>(streams);
    }

    private void forgetClosed() {
        streams.removeIf(EventStream::isClosed);
    }
}
