package org.mckms.gms.domain.regroup;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.audit.AuditText;
import org.mckms.protocol.group.McService;

/**
 * The part of one partner in a regroup, as one of the two sides sees it.
 *
 * @param owner             who may see and change it: at the primary the creator of the temporary group; at the partner the
 *                          primary GMS, beside the owners of the constituent groups
 * @param constituentGroups the partner's groups that take part, in the order named
 * @param generation        of the temporary group's keys at the primary, from 1
 * @param reason            why it failed, or why the last attempt did; at most 500 characters
 * @param counts            at the primary what the partner told last; at the partner what was told last
 * @param createdAt         when the regroup became known here
 * @param changedAt         of the last change of generation, state or counts
 */
public record RegroupPart(
        RegroupKey key,
        RegroupRole role,
        String owner,
        String temporaryGroupUri,
        List<String> constituentGroups,
        McService service,
        long generation,
        RegroupState state,
        Optional<String> reason,
        RegroupCounts counts,
        Instant createdAt,
        Instant changedAt) {

    /** Length of a reason; what is longer is cut. */
    public static final int MAX_REASON_CHARACTERS = 500;

    public RegroupPart {
        requireNonNull(key, "key");
        requireNonNull(role, "role");
        requireNonNull(owner, "owner");
        requireNonNull(temporaryGroupUri, "temporaryGroupUri");
        requireNonNull(service, "service");
        requireNonNull(state, "state");
        requireNonNull(counts, "counts");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(changedAt, "changedAt");
        constituentGroups = List.copyOf(constituentGroups);
        reason = reason.map(RegroupPart::cut);
        if (generation < 1 || constituentGroups.isEmpty()) {
            throw new InvalidValueException("a regroup has a generation from 1 and a constituent group at least");
        }
    }

    /** Names the partner's groups and the temporary one. */
    public record Groups(String temporaryGroupUri, List<String> constituentGroups, McService service) {}

    /** At the primary: a partner is to be given the keys. */
    public static RegroupPart requested(RegroupKey key, String owner, Groups groups, long generation, Instant now) {
        return begin(key, RegroupRole.PRIMARY, owner, groups, generation, RegroupState.REQUESTED, now);
    }

    /** At the partner: the keys were verified and are stored. */
    public static RegroupPart received(RegroupKey key, Groups groups, long generation, Instant now) {
        return begin(key, RegroupRole.PARTNER, key.primaryGmsUri(), groups, generation, RegroupState.STORED, now);
    }

    private static RegroupPart begin(
            RegroupKey key,
            RegroupRole role,
            String owner,
            Groups groups,
            long generation,
            RegroupState state,
            Instant now) {
        return new RegroupPart(
                key,
                role,
                owner,
                groups.temporaryGroupUri(),
                groups.constituentGroups(),
                groups.service(),
                generation,
                state,
                Optional.empty(),
                RegroupCounts.NONE,
                now,
                now);
    }

    /** The partner's server took the message in. What the partner has said by itself before that answer came counts more. */
    public RegroupPart delivered(Instant now) {
        return awaitsTheKeys() ? in(RegroupState.DELIVERED, Optional.empty(), now) : this;
    }

    /** An attempt to deliver failed; there will be another. */
    public RegroupPart delayed(String why, Instant now) {
        return awaitsTheKeys() ? in(RegroupState.REQUESTED, Optional.of(why), now) : this;
    }

    /** The partner refused the keys, or cannot be reached. */
    public RegroupPart failed(String why, Instant now) {
        return awaitsTheKeys() ? in(RegroupState.FAILED, Optional.of(why), now) : this;
    }

    /** The partner took the message in and never said that it holds the keys. */
    public RegroupPart unanswered(String why, Instant now) {
        return state == RegroupState.DELIVERED ? in(RegroupState.FAILED, Optional.of(why), now) : this;
    }

    /**
     * The partner tells that it holds the keys, and how its members fare. Later than expected is welcome; counts that are
     * older than those held are not.
     *
     * @param ofGeneration the generation answered for; one that is over changes nothing
     * @param why          about members that failed
     */
    public RegroupPart answered(long ofGeneration, RegroupCounts told, Optional<String> why, Instant now) {
        if (state.isOver() || ofGeneration != generation || isStale(told)) {
            return this;
        }
        return new RegroupPart(
                key,
                role,
                owner,
                temporaryGroupUri,
                constituentGroups,
                service,
                generation,
                told.state(),
                why,
                told,
                createdAt,
                now);
    }

    /** The partner tells that it could not take the keys. */
    public RegroupPart declined(long ofGeneration, String why, Instant now) {
        return state.isOver() || ofGeneration != generation ? this : in(RegroupState.FAILED, Optional.of(why), now);
    }

    /** Newer keys go out, or came in, perhaps for other groups; nothing is known of how they fare. */
    public RegroupPart renewed(List<String> groups, long newGeneration, Instant now) {
        if (state.isOver() || newGeneration <= generation) {
            throw new InvalidValueException("a regroup that is over, or ahead, is not renewed");
        }
        return new RegroupPart(
                key,
                role,
                owner,
                temporaryGroupUri,
                groups,
                service,
                newGeneration,
                role == RegroupRole.PRIMARY ? RegroupState.REQUESTED : RegroupState.STORED,
                Optional.empty(),
                RegroupCounts.NONE,
                createdAt,
                now);
    }

    /** This side ends it. */
    public RegroupPart ending(Instant now) {
        return state == RegroupState.ENDED ? this : in(RegroupState.ENDING, Optional.empty(), now);
    }

    /** The other side could not be told of the end. */
    public RegroupPart endUntold(String why, Instant now) {
        return state == RegroupState.ENDING ? in(RegroupState.ENDING, Optional.of(why), now) : this;
    }

    /** Both sides know of the end. */
    public RegroupPart ended(Instant now) {
        return state == RegroupState.ENDED ? this : in(RegroupState.ENDED, Optional.empty(), now);
    }

    /** The URI of the GMS at the other side. */
    public String otherGmsUri() {
        return role == RegroupRole.PRIMARY ? key.partnerGmsUri() : key.primaryGmsUri();
    }

    private boolean awaitsTheKeys() {
        return state == RegroupState.REQUESTED || state == RegroupState.DELIVERED || state == RegroupState.FAILED;
    }

    private boolean isStale(RegroupCounts told) {
        boolean known = state == RegroupState.STORED || state == RegroupState.SETTLED;
        return known && told.answered() < counts.answered();
    }

    private RegroupPart in(RegroupState other, Optional<String> why, Instant now) {
        return new RegroupPart(
                key,
                role,
                owner,
                temporaryGroupUri,
                constituentGroups,
                service,
                generation,
                other,
                why,
                counts,
                createdAt,
                now);
    }

    private static String cut(String text) {
        String clean = AuditText.of(text);
        return clean.length() <= MAX_REASON_CHARACTERS ? clean : clean.substring(0, MAX_REASON_CHARACTERS);
    }
}
