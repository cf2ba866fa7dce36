package org.mckms.gms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.identity.KeyIdentifier;

/**
 * Work to be done after an act on a group: messages that bring some keys to members with numbers of a range.
 *
 * @param keys      whose messages are made; those superseded meanwhile are left out
 * @param total     members it is for, as of its start
 * @param startedAt to the microsecond
 * @param endedAt   when it was finished or cancelled
 */
public record RekeyJob(
        UUID id,
        String groupUri,
        JobKind kind,
        JobState state,
        List<KeyIdentifier> keys,
        int total,
        Instant startedAt,
        Optional<Instant> endedAt) {

    public RekeyJob {
        requireNonNull(id, "id");
        GroupUris.check(groupUri, "group");
        requireNonNull(kind, "kind");
        requireNonNull(state, "state");
        keys = List.copyOf(keys);
        requireNonNull(startedAt, "startedAt");
        requireNonNull(endedAt, "endedAt");
        if (keys.isEmpty() || total < 0) {
            throw new InvalidValueException("a job has keys and no negative count");
        }
    }

    /** The same job running on, or held up. */
    public RekeyJob in(JobState other) {
        return new RekeyJob(id, groupUri, kind, other, keys, total, startedAt, Optional.empty());
    }

    /** The same job at its end. */
    public RekeyJob ended(JobState end, Instant now) {
        return new RekeyJob(id, groupUri, kind, end, keys, total, startedAt, Optional.of(now));
    }

    public boolean hasEnded() {
        return endedAt.isPresent();
    }
}
