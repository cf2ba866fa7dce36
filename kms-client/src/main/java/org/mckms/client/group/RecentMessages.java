package org.mckms.client.group;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.mckms.mikeysakke.Octets;

/**
 * Remembers, in memory, messages of {@link MessageWindow#INTERACTIVE} that were taken, until they are too old anyway. When
 * it is full it refuses what is new instead of forgetting what still counts. Safe for use by several threads.
 */
public final class RecentMessages implements SeenMessages {
    private final int capacity;
    private final Clock clock;
    private final Map<Octets, Instant> until = new HashMap<>();

    /** @param capacity messages of ten minutes at most; about 150 octets each */
    public RecentMessages(int capacity, Clock clock) {
        this.capacity = capacity;
        this.clock = clock;
    }

    @Override
    public synchronized boolean contains(Octets digest) {
        return until.containsKey(digest);
    }

    /**
     * Remembers a message that passed all checks.
     *
     * @return whether it was not there before: of several threads that opened the same message one alone goes on
     * @throws IllegalStateException if there is no room
     */
    public synchronized boolean remember(OpenedMessage message) {
        Instant now = clock.instant();
        if (until.size() >= capacity) {
            until.values().removeIf(now::isAfter);
        }
        if (until.size() >= capacity) {
            throw new IllegalStateException("more than " + capacity + " messages in ten minutes");
        }
        return until.putIfAbsent(message.digest(), message.time().plus(MessageWindow.TOLERANCE)) == null;
    }
}
