package org.mckms.csc.token;

import static org.mckms.csc.log.CscLog.LOG;
import static org.mckms.protocol.error.KmsErrorCode.NOT_READY;

import com.nimbusds.jose.JWSAlgorithm;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.mckms.protocol.error.KmsException;

/**
 * The keys of one issuer, kept fresh: a changed file is read again at once, a URL after some time, either after a failure
 * and on an unknown key id, but then never more often than the retry limit, whatever callers send.
 *
 * <p>A set that could not be confirmed for too long counts no more: no key then verifies anything. Thread-safe; one
 * thread reads the source while the others go on with the last good set.
 */
public final class JwkSetCache {

    /**
     * Limits of a cache.
     *
     * @param refreshAfter age at which a set without a change mark is read again
     * @param retryAfter shortest time between two readings for an unknown key id or after a failure
     * @param staleAfter age from which a set that cannot be confirmed is used no more
     */
    public record Limits(Duration refreshAfter, Duration retryAfter, Duration staleAfter) {
        /** 15 minutes, 30 s, and 12 hours: by then no token from before the loss of the source is alive by default. */
        public static final Limits STANDARD =
                new Limits(Duration.ofMinutes(15), Duration.ofSeconds(30), Duration.ofHours(12));
    }

    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

    /** How long a token waits for the very first set; not longer, since anybody can send tokens. */
    private static final Duration FIRST_READ_WAIT = Duration.ofMillis(500);

    /** The last good set, and when the source last confirmed it. */
    private record Snapshot(VerificationKeys keys, Instant confirmed) {}

    private final JwkSetSource source;
    private final Limits limits;
    private final Clock clock;

    /** Held while the source is looked at; guards the fields below, which others may read. */
    private final ReentrantLock looking = new ReentrantLock();

    private volatile Snapshot snapshot;
    private volatile Instant lastLook = Instant.MIN;
    private Instant lastRead = Instant.MIN;
    private Instant lastComplaint = Instant.MIN;
    private Optional<String> lastMark = Optional.empty();
    private boolean lastReadGood;

    /** Makes an empty cache; nothing is read before the first {@link #refresh} or look-up. */
    public JwkSetCache(JwkSetSource source, Limits limits, Clock clock) {
        this.source = source;
        this.limits = limits;
        this.clock = clock;
    }

    /** Where the keys come from, for messages. */
    public String location() {
        return source.location();
    }

    /**
     * The keys to try for a token, see {@link VerificationKeys#candidates}.
     *
     * @throws KmsException NOT_READY if there is no set, or only one that is too old
     */
    List<VerificationKeys.Key> candidates(Optional<String> keyId, JWSAlgorithm algorithm) {
        refresh();
        Snapshot held = snapshot;
        if (held != null && keyId.isPresent() && !held.keys().has(keyId.get())) {
            locked(Duration.ZERO, this::readForUnknownKey);
            held = snapshot;
        }
        if (held == null || isAged(held.confirmed(), limits.staleAfter())) {
            throw new KmsException(NOT_READY, "the keys of the token issuer are not available");
        }
        return held.keys().candidates(keyId, algorithm);
    }

    /** Whether the last good set has this key, however old the set is. */
    boolean publishes(String thumbprint) {
        Snapshot held = snapshot;
        return held != null && held.keys().publishes(thumbprint);
    }

    /** The thumbprints of the last good set. */
    Set<String> thumbprints() {
        Snapshot held = snapshot;
        return held == null ? Set.of() : held.keys().thumbprints();
    }

    /** Reads the source if that is due; a failure is logged and leaves the last good set in place. */
    public void refresh() {
        if (isAged(lastLook, LOOK_INTERVAL)) {
            locked(snapshot == null ? FIRST_READ_WAIT : Duration.ZERO, this::look);
        }
    }

    private void look() {
        if (!isAged(lastLook, LOOK_INTERVAL)) {
            return;
        }
        lastLook = clock.instant();
        try {
            Optional<String> mark = source.changeMark();
            if (isDue(mark)) {
                read(mark);
            } else if (mark.isPresent() && lastReadGood) {
                snapshot = new Snapshot(snapshot.keys(), lastLook);
            }
        } catch (IOException | RuntimeException e) {
            complain(e);
        }
    }

    /** What could not be read is tried again, whether or not it has changed: the fault may have been that of the moment. */
    private boolean isDue(Optional<String> mark) {
        boolean changed = mark.isPresent() && !mark.equals(lastMark);
        if (!lastReadGood) {
            return changed || isAged(lastRead, limits.retryAfter());
        }
        return changed || mark.isEmpty() && isAged(lastRead, limits.refreshAfter());
    }

    private void readForUnknownKey() {
        if (!isAged(lastRead, limits.retryAfter())) {
            return;
        }
        try {
            read(source.changeMark());
        } catch (IOException | RuntimeException e) {
            complain(e);
        }
    }

    private void read(Optional<String> mark) throws IOException {
        lastRead = clock.instant();
        lastMark = mark;
        lastReadGood = false;
        VerificationKeys keys = VerificationKeys.parse(source.read());
        lastReadGood = true;
        if (snapshot == null || !snapshot.keys().equals(keys)) {
            LOG.keysRead(source.location(), keys.size());
        }
        snapshot = new Snapshot(keys, lastRead);
    }

    private void complain(Exception why) {
        if (isAged(lastComplaint, limits.retryAfter())) {
            lastComplaint = clock.instant();
            LOG.keysUnreadable(source.location(), why.toString());
        }
    }

    private void locked(Duration patience, Runnable action) {
        boolean held = false;
        try {
            held = looking.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (held) {
                action.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (held) {
                looking.unlock();
            }
        }
    }

    /** Whether this long has passed since then; a moment in the future means the clock was set back, and is aged. */
    private boolean isAged(Instant moment, Duration age) {
        Instant now = clock.instant();
        return moment.isAfter(now) || !now.isBefore(moment.plus(age));
    }
}
