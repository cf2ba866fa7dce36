package org.mckms.kms.domain.cek;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/**
 * A content encryption key without its secret octets. Changes give a new record; times are to the microsecond.
 *
 * @param keyId        16 random octets, unique in this KMS
 * @param revision     counts what the server has to know, from 1, only upward
 * @param acknowledged the newest revision that the server has confirmed; 0: none
 * @param createdAt    from when on it may be used
 * @param validTo      until when it may be used, at most
 * @param refreshAfter when its user is to ask for another one
 * @param predecessor  Key ID of the key whose place it takes
 * @param tokenDigest  names the access token it was made under ({@link org.mckms.kms.domain.token.TokenDigest}); empty if the
 *                     token had no identifier
 * @param endedAt      when it ended
 * @param ending       why it ended
 */
public record CekRecord(
        Octets keyId,
        CekScope scope,
        CekState state,
        long revision,
        long acknowledged,
        Instant createdAt,
        Instant validTo,
        Instant refreshAfter,
        Optional<Octets> predecessor,
        Optional<Octets> tokenDigest,
        Optional<Instant> endedAt,
        Optional<CekEnding> ending) {

    /** Octets of a Key ID. */
    public static final int KEY_ID_OCTETS = 16;

    public CekRecord {
        requireNonNull(scope, "scope");
        requireNonNull(state, "state");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(validTo, "validTo");
        requireNonNull(refreshAfter, "refreshAfter");
        requireNonNull(predecessor, "predecessor");
        requireNonNull(tokenDigest, "tokenDigest");
        requireNonNull(endedAt, "endedAt");
        requireNonNull(ending, "ending");
        if (keyId.size() != KEY_ID_OCTETS) {
            throw new InvalidValueException("a Key ID has " + KEY_ID_OCTETS + " octets, not " + keyId.size());
        }
        if (revision < 1 || acknowledged < 0 || acknowledged > revision) {
            throw new InvalidValueException("revision or acknowledged revision of a CEK out of range");
        }
        boolean ended = state == CekState.ENDED;
        if (endedAt.isPresent() != ended || ending.isPresent() != ended) {
            throw new InvalidValueException("a CEK has a time and a reason of its end if and only if it has ended");
        }
        if (state == CekState.PENDING && acknowledged > 0) {
            throw new InvalidValueException("a CEK that its server has acknowledged is not pending");
        }
    }

    /** Whether its end is known to everybody who has to know it. */
    public boolean isAcknowledged() {
        return acknowledged == revision;
    }

    /** Whether its server has, or is to have, the octets of the key. */
    public boolean isUsableAt(Instant now) {
        return state != CekState.ENDED && now.isBefore(validTo);
    }

    /** The Key ID in hex, as logs and operators see it. */
    public String id() {
        return keyId.toHex();
    }

    /**
     * The same key after its server has confirmed a revision: a pending key becomes active. An older revision than the
     * one confirmed last changes nothing.
     *
     * @throws InvalidValueException if there was no such revision yet
     */
    public CekRecord acknowledged(long confirmed) {
        if (confirmed < 1 || confirmed > revision) {
            throw new InvalidValueException("the server acknowledges a revision that this CEK never had");
        }
        CekState next = state == CekState.PENDING ? CekState.ACTIVE : state;
        return new CekRecord(
                keyId,
                scope,
                next,
                revision,
                Math.max(acknowledged, confirmed),
                createdAt,
                validTo,
                refreshAfter,
                predecessor,
                tokenDigest,
                endedAt,
                ending);
    }

    /** The same key with a longer life. Of an active one only. */
    CekRecord prolonged(Instant newValidTo, Instant newRefreshAfter) {
        requireActive();
        return next(CekState.ACTIVE, newValidTo, newRefreshAfter, Optional.empty(), Optional.empty());
    }

    /** The same key once another one is active; it opens messages until then, or until its own end if that is earlier. */
    CekRecord retiring(Instant until) {
        requireActive();
        Instant end = until.isBefore(validTo) ? until : validTo;
        return next(CekState.RETIRING, end, refreshAfter, Optional.empty(), Optional.empty());
    }

    private void requireActive() {
        if (state != CekState.ACTIVE) {
            throw new IllegalStateException("CEK " + id() + " is " + state + ", not active");
        }
    }

    /** The same key, which nobody is to use any more; the server has to be told. */
    public CekRecord ended(CekEnding why, Instant now) {
        if (state == CekState.ENDED) {
            throw new IllegalStateException("CEK " + id() + " has ended already");
        }
        return next(CekState.ENDED, validTo, refreshAfter, Optional.of(now), Optional.of(why));
    }

    private CekRecord next(
            CekState newState,
            Instant newValidTo,
            Instant newRefreshAfter,
            Optional<Instant> newEndedAt,
            Optional<CekEnding> newEnding) {
        return new CekRecord(
                keyId,
                scope,
                newState,
                Math.addExact(revision, 1),
                acknowledged,
                createdAt,
                newValidTo,
                newRefreshAfter,
                predecessor,
                tokenDigest,
                newEndedAt,
                newEnding);
    }
}
