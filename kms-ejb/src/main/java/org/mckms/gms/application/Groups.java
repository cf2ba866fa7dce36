package org.mckms.gms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupKey;
import org.mckms.gms.domain.GroupKeyRegister;
import org.mckms.gms.domain.GroupRegister;
import org.mckms.gms.domain.GroupState;
import org.mckms.gms.domain.KeyGenerations;
import org.mckms.gms.domain.KeyGenerations.Generation;
import org.mckms.gms.domain.MemberRegister;
import org.mckms.gms.domain.RekeyJob;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Groups and their keys, for the managers who own them (TS 33.180 clauses 5.7 and 7.3). For everybody but its owner a group
 * does not exist. What makes messages for many members is a job; its first members are served before the call returns.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Groups {

    /** Largest page. */
    public static final int MAX_PAGE = 500;

    /** How far ahead an activation may be. */
    static final Duration LONGEST_AHEAD = Duration.ofDays(366);

    @Inject
    GroupRights rights;

    @Inject
    GroupRegister groups;

    @Inject
    GroupKeyRegister keys;

    @Inject
    KeyGenerations generations;

    @Inject
    MemberRegister members;

    @Inject
    Newcomers newcomers;

    @Inject
    ConstituentGroups constituents;

    @Inject
    KeyRevocation revocation;

    @Inject
    FirstPart firstPart;

    @Inject
    Transactions transactions;

    @Inject
    RecordedTransactions recorded;

    @Inject
    Clock clock;

    /**
     * Makes a group with its members and first keys.
     *
     * @throws KmsException {@code NOT_GROUP_MANAGER}; {@code MALFORMED_REQUEST}; {@code CONFLICT} if there is a group of this
     *     URI. One that its owner has torn down gives way
     */
    public GroupView create(GroupCaller caller, GroupOrder order) {
        String owner = rights.manager(caller);
        Instant now = now();
        Group fresh = GroupRights.given(
                () -> Group.fresh(order.uri(), owner, order.name(), order.service(), false, order.plan(), now));
        RekeyJob job = recorded.inNew(trail -> {
            makeWay(fresh);
            groups.add(fresh);
            Group group = newcomers.add(fresh, order.members(), now);
            trail.accept(GroupNotes.created(caller.actor(), group));
            return begin(caller, generations.next(group, Optional.empty(), now), "created", trail);
        });
        firstPart.make(job);
        return find(caller, order.uri());
    }

    private void makeWay(Group fresh) {
        Optional<Group> present = groups.find(fresh.uri());
        if (present.isEmpty()) {
            return;
        }
        if (present.get().state() != GroupState.TORN_DOWN
                || !present.get().owner().equals(fresh.owner())) {
            throw new KmsException(KmsErrorCode.CONFLICT, "there is a group " + fresh.uri());
        }
        groups.remove(fresh.uri());
        transactions.flush();
    }

    private static RekeyJob begin(GroupCaller caller, Generation made, String cause, Consumer<AuditNote> trail) {
        trail.accept(GroupNotes.keysCreated(caller.actor(), made, cause));
        trail.accept(GroupNotes.jobStarted(caller.actor(), made.job()));
        return made.job();
    }

    /** @throws KmsException {@code NOT_FOUND} */
    public GroupView find(GroupCaller caller, String uri) {
        return transactions.inNew(() -> view(rights.owned(caller, groups.get(uri))));
    }

    /** The caller's groups by URI, those after {@code after}. */
    public List<GroupView> page(GroupCaller caller, Optional<String> after, int limit) {
        GroupRights.checkPage(limit, MAX_PAGE);
        return transactions.inNew(() -> groups.ownedBy(caller.uris(), after.orElse(""), limit).stream()
                .map(this::view)
                .toList());
    }

    private GroupView view(Group group) {
        return new GroupView(group, keys.delivered(group.uri(), now()));
    }

    /**
     * Makes the next generation of keys.
     *
     * @param activation when all members are to switch to it; empty: each as soon as it has it
     * @throws KmsException {@code NOT_FOUND}; {@code CONFLICT} if the group was torn down; {@code MALFORMED_REQUEST} if the
     *     activation is over, or more than {@link #LONGEST_AHEAD} ahead
     */
    public RekeyJobView rekey(GroupCaller caller, String uri, Optional<Instant> activation) {
        Instant now = now();
        Optional<Instant> start = activation.map(time -> checked(time, now));
        RekeyJob job = recorded.inNew(trail -> {
            Group group = rights.ownedAndActive(caller, groups.lock(uri));
            return begin(caller, generations.next(group, start, now), "ordered", trail);
        });
        return firstPart.make(job);
    }

    private static Instant checked(Instant activation, Instant now) {
        if (activation.isBefore(now) || activation.isAfter(now.plus(LONGEST_AHEAD))) {
            throw new KmsException(
                    KmsErrorCode.MALFORMED_REQUEST, "the activation is over or more than " + LONGEST_AHEAD + " ahead");
        }
        return activation.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Sets the time between two generations, counted from now.
     *
     * @param every empty: new keys only when somebody wants them
     * @throws KmsException as {@link #rekey}
     */
    public GroupView schedule(GroupCaller caller, String uri, Optional<Duration> every) {
        Instant now = now();
        recorded.inNew(trail -> {
            Group group = rights.ownedAndActive(caller, groups.lock(uri));
            Group planned = GroupRights.given(() -> group.planned(group.plan().rekeyedEvery(every), now));
            groups.change(planned);
            trail.accept(GroupNotes.of(AuditEvent.GROUP_SCHEDULE_CHANGED, caller.actor(), uri)
                    .with("rekeyEvery", every.map(Duration::toString).orElse("never")));
            return planned;
        });
        return find(caller, uri);
    }

    /**
     * Revokes a key: its parameters are sent to all members again with the status revoked (TS 33.180 annex E.6.9). New keys
     * are not made by this.
     *
     * @throws KmsException {@code NOT_FOUND} if the group or the key is unknown; {@code CONFLICT} if the key is revoked
     *     already or has expired, or the group was torn down
     */
    public RekeyJobView revoke(GroupCaller caller, String uri, KeyIdentifier keyId) {
        Instant now = now();
        RekeyJob job = recorded.inNew(trail -> {
            Group group = rights.ownedAndActive(caller, groups.lock(uri));
            GroupKey key = revocation.revocable(group, keyId, now);
            return revocation.start(caller.actor(), group, List.of(key), now, trail);
        });
        return firstPart.make(job);
    }

    /**
     * Ends a group: its keys are revoked, and its members are told so for as long as the group is remembered.
     *
     * @throws KmsException {@code NOT_FOUND}; {@code CONFLICT} if it was torn down already
     */
    public GroupView tearDown(GroupCaller caller, String uri) {
        Instant now = now();
        Optional<RekeyJob> job = recorded.inNewTogether(trail -> {
            Group group = rights.ownedAndActive(caller, groups.lock(uri));
            groups.change(group.tornDown(now));
            trail.accept(GroupNotes.of(AuditEvent.GROUP_TORN_DOWN, caller.actor(), uri)
                    .with("members", Integer.toString(group.members())));
            constituents.left(caller, uri, members.uris(uri), now, trail);
            List<GroupKey> inUse = keys.unrevoked(uri, now);
            return inUse.isEmpty()
                    ? Optional.empty()
                    : Optional.of(revocation.start(caller.actor(), group, inUse, now, trail));
        });
        job.ifPresent(firstPart::make);
        return find(caller, uri);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
