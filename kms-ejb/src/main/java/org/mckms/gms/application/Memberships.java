package org.mckms.gms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupKey;
import org.mckms.gms.domain.GroupKeyRegister;
import org.mckms.gms.domain.GroupRegister;
import org.mckms.gms.domain.JobKind;
import org.mckms.gms.domain.KeyGenerations;
import org.mckms.gms.domain.KeyGenerations.Generation;
import org.mckms.gms.domain.Member;
import org.mckms.gms.domain.MemberRegister;
import org.mckms.gms.domain.MessageRecord;
import org.mckms.gms.domain.MessageRepository;
import org.mckms.gms.domain.MessageState;
import org.mckms.gms.domain.RekeyJob;
import org.mckms.gms.domain.RekeyJobRegister;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Who belongs to a group, for the manager who owns it, and how the keys fare on their way to each member. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Memberships {

    /** Largest page. */
    public static final int MAX_PAGE = 500;

    @Inject
    GroupRights rights;

    @Inject
    GroupRegister groups;

    @Inject
    MemberRegister members;

    @Inject
    GroupKeyRegister keys;

    @Inject
    MessageRepository messages;

    @Inject
    KeyGenerations generations;

    @Inject
    RekeyJobRegister jobs;

    @Inject
    Newcomers newcomers;

    @Inject
    ConstituentGroups constituents;

    @Inject
    FirstPart firstPart;

    @Inject
    Transactions transactions;

    @Inject
    RecordedTransactions recorded;

    @Inject
    Clock clock;

    /**
     * Lets members in. They get the keys the group has, or everybody gets new ones.
     *
     * @param rekey whether everybody gets new keys, so that the newcomers cannot understand what was said before
     * @throws KmsException {@code NOT_FOUND}; {@code CONFLICT} if the group was torn down or would become too large, or
     *     somebody is a member already; {@code MALFORMED_REQUEST}
     */
    public RekeyJobView add(GroupCaller caller, String groupUri, List<MemberOrder> orders, boolean rekey) {
        if (orders.isEmpty()) {
            throw new KmsException(KmsErrorCode.MALFORMED_REQUEST, "nobody is named who is to join");
        }
        Instant now = now();
        RekeyJob job = recorded.inNew(trail -> {
            Group group = rights.ownedAndActive(caller, groups.lock(groupUri));
            Group joined = newcomers.add(group, orders, now);
            trail.accept(GroupNotes.membersChanged(
                    caller.actor(),
                    joined,
                    "joined",
                    orders.stream().map(MemberOrder::uri).toList()));
            List<KeyIdentifier> present =
                    keys.unrevoked(groupUri, now).stream().map(GroupKey::keyId).toList();
            if (rekey || present.isEmpty()) {
                return begin(caller, generations.next(joined, Optional.empty(), now), "member joined", trail);
            }
            List<Integer> fresh = IntStream.rangeClosed(group.lastMember() + 1, joined.lastMember())
                    .boxed()
                    .toList();
            RekeyJob join = jobs.start(JobKind.JOIN, groupUri, present, fresh, now);
            trail.accept(GroupNotes.jobStarted(caller.actor(), join));
            return join;
        });
        return firstPart.make(job);
    }

    /**
     * Takes members out and makes new keys at once for those who remain, also in the temporary groups that the group takes
     * part in.
     *
     * @throws KmsException {@code NOT_FOUND} if the group is unknown or one of them is no member; {@code CONFLICT} if the
     *     group was torn down; {@code MALFORMED_REQUEST} if nobody is named
     */
    public RekeyJobView remove(GroupCaller caller, String groupUri, Set<String> memberUris) {
        if (memberUris.isEmpty()) {
            throw new KmsException(KmsErrorCode.MALFORMED_REQUEST, "nobody is named who is to leave");
        }
        Instant now = now();
        RekeyJob job = recorded.inNewTogether(trail -> {
            Group group = rights.ownedAndActive(caller, groups.lock(groupUri));
            List<KeyIdentifier> ids =
                    keys.ofGroup(groupUri).stream().map(GroupKey::keyId).toList();
            for (String uri : memberUris) {
                Member leaver = members.find(groupUri, uri)
                        .orElseThrow(
                                () -> new KmsException(KmsErrorCode.NOT_FOUND, "no member " + uri + " in the group"));
                messages.removeOfMember(ids, leaver.number());
                members.remove(leaver);
                group = group.leftByOne();
            }
            groups.change(group);
            trail.accept(GroupNotes.membersChanged(caller.actor(), group, "left", memberUris));
            RekeyJob rekey = begin(caller, generations.next(group, Optional.empty(), now), "member left", trail);
            constituents.left(caller, groupUri, memberUris, now, trail);
            return rekey;
        });
        return firstPart.make(job);
    }

    private static RekeyJob begin(GroupCaller caller, Generation made, String cause, Consumer<AuditNote> trail) {
        trail.accept(GroupNotes.keysCreated(caller.actor(), made, cause));
        trail.accept(GroupNotes.jobStarted(caller.actor(), made.job()));
        return made.job();
    }

    /**
     * Members in the order in which they joined, those after number {@code after}, each with the state of the keys that
     * members are given.
     *
     * @throws KmsException {@code NOT_FOUND}, {@code MALFORMED_REQUEST}
     */
    public List<MemberView> page(GroupCaller caller, String groupUri, int after, int limit) {
        GroupRights.checkPage(limit, MAX_PAGE);
        return transactions.inNew(() -> {
            rights.owned(caller, groups.get(groupUri));
            return views(groupUri, members.page(groupUri, after, limit));
        });
    }

    /** @throws KmsException {@code NOT_FOUND} if the group is unknown or has no such member */
    public MemberView find(GroupCaller caller, String groupUri, String memberUri) {
        return transactions.inNew(() -> {
            rights.owned(caller, groups.get(groupUri));
            Member member = members.find(groupUri, memberUri)
                    .orElseThrow(() -> new KmsException(KmsErrorCode.NOT_FOUND, "no such member in the group"));
            return views(groupUri, List.of(member)).get(0);
        });
    }

    private List<MemberView> views(String groupUri, List<Member> page) {
        List<GroupKey> delivered = keys.delivered(groupUri, now());
        List<KeyIdentifier> ids = delivered.stream().map(GroupKey::keyId).toList();
        Map<Integer, Map<KeyIdentifier, MessageRecord>> found = new HashMap<>();
        messages.find(ids, page.stream().map(Member::number).toList())
                .forEach(record -> found.computeIfAbsent(record.memberNumber(), number -> new HashMap<>())
                        .put(record.keyId(), record));
        return page.stream()
                .map(member -> view(member, delivered, found.getOrDefault(member.number(), Map.of())))
                .toList();
    }

    private static MemberView view(Member member, List<GroupKey> delivered, Map<KeyIdentifier, MessageRecord> records) {
        List<MemberView.KeyState> states = new ArrayList<>();
        for (GroupKey key : delivered) {
            if (!key.concerns(member)) {
                continue;
            }
            KeyIdentifier id = key.keyId();
            MessageRecord record = records.get(id);
            states.add(
                    record == null
                            ? new MemberView.KeyState(id, MessageState.WAITING, Optional.empty(), Optional.empty())
                            : new MemberView.KeyState(
                                    id, record.state(), record.reason(), Optional.of(record.changedAt())));
        }
        return new MemberView(member, states);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
