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
 * @param owners            who may see and end it: at the primary the creator of the temporary group; at the partner the
 *                          owners of the constituent groups
 * @param primaryGroups     the primary's groups that take part; unknown at the partner
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
        List<String> owners,
        String temporaryGroupUri,
        List<String> primaryGroups,
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
        requireNonNull(temporaryGroupUri, "temporaryGroupUri");
        requireNonNull(service, "service");
        requireNonNull(state, "state");
        requireNonNull(counts, "counts");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(changedAt, "changedAt");
        owners = List.copyOf(owners);
        primaryGroups = List.copyOf(primaryGroups);
        constituentGroups = List.copyOf(constituentGroups);
        reason = reason.map(RegroupPart::cut);
        if (generation < 1 || constituentGroups.isEmpty()) {
            throw new InvalidValueException("a regroup has a generation from 1 and a constituent group at least");
        }
    }

    /**
     * What is regrouped.
     *
     * @param owners as of the part
     */
    public record Scope(
            List<String> owners,
            String temporaryGroupUri,
            List<String> primaryGroups,
            List<String> constituentGroups,
            McService service) {}

    /** At the primary: a partner is to be given the keys. */
    public static RegroupPart requested(RegroupKey key, Scope scope, long generation, Instant now) {
        return begin(key, RegroupRole.PRIMARY, scope, generation, now);
    }

    /** At the partner: the keys were verified and are stored. */
    public static RegroupPart received(RegroupKey key, Scope scope, long generation, Instant now) {
        return begin(key, RegroupRole.PARTNER, scope, generation, now);
    }

    private static RegroupPart begin(RegroupKey key, RegroupRole role, Scope scope, long generation, Instant now) {
        return new RegroupPart(
                key,
                role,
                scope.owners(),
                scope.temporaryGroupUri(),
                scope.primaryGroups(),
                scope.constituentGroups(),
                scope.service(),
                generation,
                beginning(role),
                Optional.empty(),
                RegroupCounts.NONE,
                now,
                now);
    }

    private static RegroupState beginning(RegroupRole role) {
        return role == RegroupRole.PRIMARY ? RegroupState.REQUESTED : RegroupState.STORED;
    }

    /** The partner's server took the message in. What the partner has said by itself before that answer came counts more. */
    public RegroupPart delivered(Instant now) {
        return awaitsTheKeys() ? in(RegroupState.DELIVERED, Optional.empty(), now) : this;
    }

    /** An attempt to deliver failed; there will be another. How long the keys are on their way already stays to be seen. */
    public RegroupPart delayed(String why) {
        return state == RegroupState.REQUESTED || state == RegroupState.FAILED
                ? with(generation, state, Optional.of(why), counts, changedAt)
                : this;
    }

    /** The partner refused the keys, or cannot be reached. */
    public RegroupPart failed(String why, Instant now) {
        return awaitsTheKeys() ? in(RegroupState.FAILED, Optional.of(why), now) : this;
    }

    /** The partner has not said that it holds the keys for so long that somebody should look. */
    public RegroupPart unanswered(String why, Instant now) {
        return state == RegroupState.REQUESTED || state == RegroupState.DELIVERED
                ? in(RegroupState.FAILED, Optional.of(why), now)
                : this;
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
        return with(generation, told.state(), why, told, now);
    }

    /** The partner tells that it could not take the keys. */
    public RegroupPart declined(long ofGeneration, String why, Instant now) {
        return state.isOver() || ofGeneration != generation ? this : in(RegroupState.FAILED, Optional.of(why), now);
    }

    /** Newer keys go out, or came in; nothing is known of how they fare. */
    public RegroupPart renewed(long newGeneration, Instant now) {
        if (state.isOver() || newGeneration <= generation) {
            throw new InvalidValueException("a regroup that is over, or ahead, is not renewed");
        }
        return with(newGeneration, beginning(role), Optional.empty(), RegroupCounts.NONE, now);
    }

    /** This side ends it. */
    public RegroupPart ending(Instant now) {
        return state == RegroupState.ENDED ? this : in(RegroupState.ENDING, Optional.empty(), now);
    }

    /** The other side could not be told of the end. */
    public RegroupPart endUntold(String why) {
        return state == RegroupState.ENDING ? with(generation, state, Optional.of(why), counts, changedAt) : this;
    }

    /** Both sides know of the end. */
    public RegroupPart ended(Instant now) {
        return state == RegroupState.ENDED ? this : in(RegroupState.ENDED, Optional.empty(), now);
    }

    /** The groups of this server that take part. */
    public List<String> ownGroups() {
        return role == RegroupRole.PRIMARY ? primaryGroups : constituentGroups;
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
        return with(generation, other, why, counts, now);
    }

    private RegroupPart with(
            long newGeneration, RegroupState other, Optional<String> why, RegroupCounts told, Instant now) {
        return new RegroupPart(
                key,
                role,
                owners,
                temporaryGroupUri,
                primaryGroups,
                constituentGroups,
                service,
                newGeneration,
                other,
                why,
                told,
                createdAt,
                now);
    }

    private static String cut(String text) {
        String clean = AuditText.of(text);
        return clean.length() <= MAX_REASON_CHARACTERS ? clean : clean.substring(0, MAX_REASON_CHARACTERS);
    }
}
