package org.mckms.kms.domain.cek;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;

/**
 * How long content encryption keys live, and when they are renewed.
 *
 * @param pendingLimit       a key that its server has not acknowledged by then is ended
 * @param renewAfter         age at which a user is to ask for another one
 * @param renewNotBefore     younger keys are prolonged and not replaced
 * @param renewAfterMessages sealed bodies after which a user is to ask for another one
 * @param life               from when its user or server last asked for it
 * @param overlap            how long a replaced key still opens messages
 * @param keysPerUser        sessions of a user with keys at once
 */
public record CekPolicy(
        Duration pendingLimit,
        Duration renewAfter,
        Duration renewNotBefore,
        long renewAfterMessages,
        Duration life,
        Duration overlap,
        int keysPerUser) {

    /** Used where nothing else is set, and where keys of before are still to be brought to their end. */
    public static final CekPolicy STANDARD = new CekPolicy(
            Duration.ofMinutes(15),
            Duration.ofDays(1),
            Duration.ofMinutes(5),
            1_000_000,
            Duration.ofDays(7),
            Duration.ofMinutes(5),
            16);

    /** How long a user who listens is told of a key whose end everybody knows. */
    private static final Duration TOLD = Duration.ofMinutes(1);

    /** How long the end of a key is kept for its server at least; for as long as the server might still use it anyway. */
    private static final Duration KEPT = Duration.ofDays(1);

    /** Ends that the server has not acknowledged, for each key that a user may have. */
    private static final int UNACKNOWLEDGED_ENDS = 16;

    public CekPolicy {
        requireNonNull(pendingLimit, "pendingLimit");
        requireNonNull(renewAfter, "renewAfter");
        requireNonNull(renewNotBefore, "renewNotBefore");
        requireNonNull(life, "life");
        requireNonNull(overlap, "overlap");
    }

    /** A new key, pending; it takes the place of {@code predecessor}, if there is one, once it is active. */
    public CekRecord fresh(
            Octets keyId, CekScope scope, Optional<CekRecord> predecessor, Optional<Octets> tokenDigest, Instant now) {
        return made(keyId, scope, predecessor, tokenDigest, now, now.plus(life));
    }

    /** As {@link #fresh} where nobody asked: life goes on for no longer than it would have without. */
    public CekRecord successor(Octets keyId, CekRecord predecessor, Instant now) {
        return made(
                keyId,
                predecessor.scope(),
                Optional.of(predecessor),
                predecessor.tokenDigest(),
                now,
                predecessor.validTo());
    }

    private CekRecord made(
            Octets keyId,
            CekScope scope,
            Optional<CekRecord> predecessor,
            Optional<Octets> tokenDigest,
            Instant now,
            Instant validTo) {
        return new CekRecord(
                keyId,
                scope,
                CekState.PENDING,
                1,
                0,
                now,
                validTo,
                now.plus(renewAfter),
                predecessor.map(CekRecord::keyId),
                tokenDigest,
                Optional.empty(),
                Optional.empty());
    }

    /** What to do where the renewal of a scope's key is asked for. */
    public CekRenewal renewal(ScopeKeys keys, Instant now) {
        if (keys.pending(now).isPresent()) {
            return CekRenewal.GIVE;
        }
        return keys.active(now).map(active -> renewal(active.cek(), now)).orElse(CekRenewal.MAKE);
    }

    private CekRenewal renewal(CekRecord active, Instant now) {
        if (!now.isBefore(active.createdAt().plus(renewNotBefore))) {
            return CekRenewal.REPLACE;
        }
        return active.isAcknowledged() ? CekRenewal.PROLONG : CekRenewal.GIVE;
    }

    /** An active key with a longer life. */
    public CekRecord prolonged(CekRecord active, Instant now) {
        return active.prolonged(now.plus(life), now.plus(renewAfter));
    }

    /** An active key whose successor has become active. */
    public CekRecord retiring(CekRecord active, Instant now) {
        return active.retiring(now.plus(overlap));
    }

    /** When time changes something about a key. */
    public Instant dueAt(CekRecord cek) {
        return switch (cek.state()) {
            case PENDING -> earlier(cek.createdAt().plus(pendingLimit), cek.validTo());
            case ACTIVE -> earlier(renewalDueAt(cek), cek.validTo());
            case RETIRING -> cek.validTo();
            case ENDED -> forgottenAt(cek, cek.endedAt().orElseThrow());
        };
    }

    /** Why a key is to end by now, if time alone ends it. */
    public Optional<CekEnding> endingAt(CekRecord cek, Instant now) {
        boolean over = !now.isBefore(cek.validTo());
        return switch (cek.state()) {
            case PENDING ->
                over || !now.isBefore(cek.createdAt().plus(pendingLimit))
                        ? Optional.of(over ? CekEnding.EXPIRED : CekEnding.NOT_ACKNOWLEDGED)
                        : Optional.empty();
            case ACTIVE -> over ? Optional.of(CekEnding.EXPIRED) : Optional.empty();
            case RETIRING -> over ? Optional.of(CekEnding.RENEWED) : Optional.empty();
            case ENDED -> Optional.empty();
        };
    }

    /** When the KMS renews a key by itself: users have one overlap for asking. */
    public Instant renewalDueAt(CekRecord active) {
        return active.refreshAfter().plus(overlap);
    }

    /** When the KMS looks again at a key whose successor is not active yet. */
    public Instant postponed(CekRecord active, Instant now) {
        return earlier(now.plus(pendingLimit), active.validTo());
    }

    private static Instant forgottenAt(CekRecord cek, Instant endedAt) {
        if (cek.isAcknowledged()) {
            return endedAt.plus(TOLD);
        }
        Instant kept = endedAt.plus(KEPT);
        return kept.isAfter(cek.validTo()) ? kept : cek.validTo();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /**
     * Whether a user may have a key of one more session.
     *
     * @param sessions sessions with keys
     */
    public boolean allowsSession(long sessions) {
        return sessions < keysPerUser;
    }

    /**
     * Whether one more key may be made for a user, of a session or not.
     *
     * @param unacknowledgedEnds ended keys that the server has not acknowledged as such
     */
    public boolean allowsKey(long unacknowledgedEnds) {
        return unacknowledgedEnds < (long) keysPerUser * UNACKNOWLEDGED_ENDS;
    }
}
