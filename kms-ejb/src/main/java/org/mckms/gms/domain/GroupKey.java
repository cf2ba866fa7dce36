package org.mckms.gms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyPurpose;

/**
 * A key of a group, without its secret octets.
 *
 * @param keyId        GMK-ID or MKFC-ID; unique at this server
 * @param generation   keys of one generation are delivered, stored and used together
 * @param rand         16 octets or more, the same for all members (TS 33.180 clause 7.4.2)
 * @param status       as decided; what time makes of it is told by {@link #statusAt}
 * @param activation   from when on members use it; empty: as soon as they have it
 * @param expiry       until when members use it; empty: no end
 * @param origin       URI of the primary GMS whose key it is; empty: made here
 * @param createdAt    to the microsecond
 * @param supersededAt when the next generation takes its place, which may be in the future; of a revoked key: until when
 *                     members are told so
 * @param revokedAt    when it was revoked
 */
public record GroupKey(
        KeyIdentifier keyId,
        String groupUri,
        long generation,
        KeyUse use,
        KeyPurpose purpose,
        Octets rand,
        KeyStatus status,
        Optional<Instant> activation,
        Optional<Instant> expiry,
        Optional<String> origin,
        Instant createdAt,
        Optional<Instant> supersededAt,
        Optional<Instant> revokedAt) {

    /** Members who were away when a key was revoked are told so for that long after newer keys took over. */
    public static final Duration REVOCATION_TOLD = Duration.ofDays(30);

    private static final int LEAST_RAND_OCTETS = 16;

    public GroupKey {
        requireNonNull(keyId, "keyId");
        GroupUris.check(groupUri, "group");
        GroupUris.checkPositive(generation, "generation of a key");
        requireNonNull(use, "use");
        requireNonNull(status, "status");
        requireNonNull(activation, "activation");
        requireNonNull(expiry, "expiry");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(supersededAt, "supersededAt");
        requireNonNull(revokedAt, "revokedAt");
        origin.ifPresent(uri -> GroupUris.check(uri, "GMS"));
        if (keyId.purposeTag() != purpose.tag()) {
            throw new InvalidValueException("key " + keyId + " does not have the purpose tag of a " + purpose);
        }
        if (rand.size() < LEAST_RAND_OCTETS) {
            throw new InvalidValueException("a RAND has " + LEAST_RAND_OCTETS + " octets or more, not " + rand.size());
        }
    }

    /** Where the key stands at a time: a newer generation takes over at its activation, and expiry needs nobody's act. */
    public KeyStatus statusAt(Instant now) {
        if (isRevoked()) {
            return status;
        }
        if (isOver(expiry, now)) {
            return KeyStatus.EXPIRED;
        }
        return isOver(supersededAt, now) ? KeyStatus.SUPERSEDED : KeyStatus.CURRENT;
    }

    /** Whether members are to switch to it at that time or later. */
    boolean isActiveOnlyFrom(Instant time) {
        return status == KeyStatus.CURRENT
                && activation.filter(start -> !start.isBefore(time)).isPresent();
    }

    /**
     * Whether members are given it, be it for now or later until newer keys take over, or to learn that it is revoked until
     * all had time for it.
     */
    public boolean isDeliveredAt(Instant now) {
        return switch (statusAt(now)) {
            case CURRENT -> true;
            case REVOKED -> !isOver(supersededAt, now) && !isOver(expiry, now);
            case SUPERSEDED, EXPIRED -> false;
        };
    }

    private static boolean isOver(Optional<Instant> end, Instant now) {
        return end.filter(time -> !time.isAfter(now)).isPresent();
    }

    public boolean isRevoked() {
        return status == KeyStatus.REVOKED;
    }

    /** Whether it is anything to a member: who joined after it was revoked is not given it. */
    public boolean concerns(Member member) {
        return !isRevoked() || !member.joinedAt().isAfter(revokedAt.orElse(createdAt));
    }

    /** The same key, which nobody is to use any more. */
    public GroupKey revoked(Instant now) {
        Optional<Instant> told =
                supersededAt.map(time -> time.isAfter(now) ? time : now).map(time -> time.plus(REVOCATION_TOLD));
        return with(KeyStatus.REVOKED, told, Optional.of(now));
    }

    /** The same key with the time when a newer generation takes over; an earlier one stays. */
    public GroupKey supersededAt(Instant time) {
        Instant end = isRevoked() ? time.plus(REVOCATION_TOLD) : time;
        return with(
                status, supersededAt.filter(earlier -> earlier.isBefore(end)).or(() -> Optional.of(end)), revokedAt);
    }

    private GroupKey with(KeyStatus newStatus, Optional<Instant> newSupersededAt, Optional<Instant> newRevokedAt) {
        return new GroupKey(
                keyId,
                groupUri,
                generation,
                use,
                purpose,
                rand,
                newStatus,
                activation,
                expiry,
                origin,
                createdAt,
                newSupersededAt,
                newRevokedAt);
    }
}
