package org.mckms.gms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.group.McService;

/**
 * A group whose keys this server manages.
 *
 * @param uri         MC service group ID
 * @param owner       URI of the manager who made it; for everybody else it does not exist
 * @param name        for people, at most 200 characters
 * @param temporary   made by a regroup; its keys travel in the list of the temporary group (TS 24.481)
 * @param generation  of its newest keys; 0: it has none yet
 * @param nextRekeyAt when the next generation is due
 * @param members     how many there are now
 * @param lastMember  number of the member who joined last
 * @param createdAt   to the microsecond
 * @param endedAt     when it was torn down
 */
public record Group(
        String uri,
        String owner,
        String name,
        McService service,
        GroupState state,
        boolean temporary,
        KeyPlan plan,
        long generation,
        Optional<Instant> nextRekeyAt,
        int members,
        int lastMember,
        Instant createdAt,
        Optional<Instant> endedAt) {

    /** Longest name. */
    public static final int MAX_NAME_CHARACTERS = 200;

    public Group {
        GroupUris.check(uri, "group");
        GroupUris.check(owner, "owner");
        if (name.length() > MAX_NAME_CHARACTERS) {
            throw new InvalidValueException("the name of a group has at most " + MAX_NAME_CHARACTERS + " characters");
        }
        requireNonNull(service, "service");
        requireNonNull(state, "state");
        requireNonNull(plan, "plan");
        requireNonNull(nextRekeyAt, "nextRekeyAt");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(endedAt, "endedAt");
        if (generation < 0 || members < 0 || lastMember < members) {
            throw new InvalidValueException("a group has no negative counts, and no more members than ever joined");
        }
    }

    /** A group without members and keys. */
    public static Group fresh(
            String uri, String owner, String name, McService service, boolean temporary, KeyPlan plan, Instant now) {
        return new Group(
                uri,
                owner,
                name,
                service,
                GroupState.ACTIVE,
                temporary,
                plan,
                0,
                Optional.empty(),
                0,
                0,
                now,
                Optional.empty());
    }

    public boolean isActive() {
        return state == GroupState.ACTIVE;
    }

    /** What its keys are for. */
    public List<KeyUse> uses() {
        return plan.uses();
    }

    /** The same group with more members, numbered on. */
    public Group joinedBy(int newcomers) {
        return counted(Math.addExact(members, newcomers), Math.addExact(lastMember, newcomers));
    }

    /** The same group with one member less. */
    public Group leftByOne() {
        return counted(members - 1, lastMember);
    }

    private Group counted(int newMembers, int newLast) {
        return new Group(
                uri,
                owner,
                name,
                service,
                state,
                temporary,
                plan,
                generation,
                nextRekeyAt,
                newMembers,
                newLast,
                createdAt,
                endedAt);
    }

    /** The same group with its next generation of keys, made at {@code now}. */
    public Group rekeyed(Instant now) {
        return planned(plan, Math.addExact(generation, 1), plan.rekeyEvery().map(now::plus));
    }

    /** The same group with another plan; the next generation is due as counted from {@code now}. */
    public Group planned(KeyPlan newPlan, Instant now) {
        return planned(newPlan, generation, newPlan.rekeyEvery().map(now::plus));
    }

    private Group planned(KeyPlan newPlan, long newGeneration, Optional<Instant> next) {
        return new Group(
                uri,
                owner,
                name,
                service,
                state,
                temporary,
                newPlan,
                newGeneration,
                next,
                members,
                lastMember,
                createdAt,
                endedAt);
    }

    /** The same group at its end. */
    public Group tornDown(Instant now) {
        return new Group(
                uri,
                owner,
                name,
                service,
                GroupState.TORN_DOWN,
                temporary,
                plan,
                generation,
                Optional.empty(),
                members,
                lastMember,
                createdAt,
                Optional.of(now));
    }
}
