package org.mckms.csc.group;

import static org.mckms.csc.log.CscLog.LOG;
import static org.mckms.protocol.error.KmsErrorCode.NOT_READY;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.mckms.gms.domain.KeyNotice;
import org.mckms.protocol.error.KmsException;

/**
 * The event streams of this node: a bounded number, none of which holds a thread. One of the server's own asks every second
 * what is ready for the members connected here, whichever node has made it, with one query for all of them. Thread-safe.
 */
final class EventStreams {

    /** Streams at a time; beyond it the answer is 503. */
    static final int MAX_STREAMS = 512;

    /** Streams of one member at a time; the oldest gives way. */
    static final int MAX_OF_ONE = 4;

    /** Longest silence. */
    static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Clock clock;
    private final Function<Collection<String>, List<KeyNotice>> notices;
    private final Set<EventStream> streams = new LinkedHashSet<>();

    /** @param notices what is ready to fetch for some members */
    EventStreams(Clock clock, Function<Collection<String>, List<KeyNotice>> notices) {
        this.clock = clock;
        this.notices = notices;
    }

    /**
     * Opens a stream.
     *
     * @param members   identities of the caller
     * @param expiresAt when its token expires, and the stream ends
     * @throws KmsException NOT_READY if there are too many
     */
    synchronized EventStream open(Set<String> members, Instant expiresAt, EventSink sink) {
        forgetClosed();
        List<EventStream> same = streams.stream()
                .filter(stream -> !Collections.disjoint(stream.members(), members))
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
        EventStream stream = new EventStream(members, expiresAt, sink, clock.instant());
        streams.add(stream);
        return stream;
    }

    /** Once a second: ends what has expired, tells what is new, and keeps the rest alive. */
    void tick() {
        try {
            List<EventStream> open = open();
            Instant now = clock.instant();
            open.stream()
                    .filter(stream -> !now.isBefore(stream.expiresAt()))
                    .forEach(stream -> stream.end("token expired", now));
            if (!open.isEmpty()) {
                tellNews(open, now);
            }
            open.forEach(stream -> stream.heartbeat(HEARTBEAT, now));
        } catch (RuntimeException e) {
            LOG.eventsNotTold(UUID.randomUUID().toString(), e);
        }
    }

    private void tellNews(List<EventStream> open, Instant now) {
        Set<String> members = new LinkedHashSet<>();
        open.forEach(stream -> members.addAll(stream.members()));
        for (KeyNotice notice : notices.apply(members)) {
            open.stream()
                    .filter(stream -> stream.members().contains(notice.memberUri()))
                    .forEach(stream -> stream.tell(notice, now));
        }
    }

    /** Ends all streams. */
    void closeAll() {
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
