package org.mckms.gms.application.regroup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.mckms.gms.application.GroupCaller;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupKey;
import org.mckms.gms.domain.GroupKeyRegister;
import org.mckms.gms.domain.GroupKeyToSend;
import org.mckms.gms.domain.GroupRegister;
import org.mckms.gms.domain.KeyGenerations;
import org.mckms.gms.domain.KeyPlan;
import org.mckms.gms.domain.KeyStatus;
import org.mckms.gms.domain.KeyUse;
import org.mckms.gms.domain.MessageRepository;
import org.mckms.gms.domain.MessageState;
import org.mckms.gms.domain.regroup.IncomingKey;
import org.mckms.gms.domain.regroup.NotifiedKeys;
import org.mckms.gms.domain.regroup.RegroupCounts;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.McService;
import org.mckms.protocol.group.ReceptionFault;

/**
 * Temporary groups among the groups of this server. At a partner such a group belongs to the primary GMS, so that nobody here
 * makes other keys for it.
 */
@ApplicationScoped
class StoredTemporaryGroups implements TemporaryGroups {

    @Inject
    GroupRegister groups;

    @Inject
    GroupKeyRegister keys;

    @Inject
    KeyGenerations generations;

    @Inject
    MessageRepository messages;

    @Inject
    RegroupedMembers members;

    @Override
    public Optional<Group> find(String uri) {
        return groups.find(uri);
    }

    @Override
    public Group make(GroupCaller owner, RegroupOrder order, Instant now) {
        hold(order.ownGroups());
        List<Group> own = order.ownGroups().stream()
                .map(uri -> owned(owner, uri, order.service()))
                .toList();
        Set<KeyUse> uses = order.floorKey() ? Set.of(KeyUse.MEDIA, KeyUse.FLOOR) : Set.of(KeyUse.MEDIA);
        Optional<Duration> life = order.expiry()
                .map(end -> Duration.ofSeconds(Duration.between(now, end).toSeconds()));
        Group fresh = given(() -> Group.fresh(
                order.temporaryGroupUri(),
                own.get(0).owner(),
                order.name(),
                order.service(),
                true,
                new KeyPlan(List.copyOf(uses), KeyPurpose.MKFC, Optional.empty(), life),
                now));
        add(fresh);
        return generations
                .next(members.join(fresh, own, now), Optional.empty(), now)
                .group();
    }

    /** Whoever leaves one of them at the same moment is gone before the temporary group is made, or finds it made. */
    private void hold(List<String> groupUris) {
        groupUris.stream().sorted().forEach(groups::lock);
    }

    private Group owned(GroupCaller owner, String uri, McService service) {
        return groups.find(uri)
                .filter(group -> owner.is(group.owner()) && canTakePart(group, service))
                .orElseThrow(() -> GroupRegister.unknown(uri));
    }

    private static boolean canTakePart(Group group, McService service) {
        return group.isActive() && !group.temporary() && group.service() == service;
    }

    private void add(Group fresh) {
        if (groups.find(fresh.uri()).isPresent()) {
            throw new KmsException(KmsErrorCode.CONFLICT, "there is a group " + fresh.uri());
        }
        groups.add(fresh);
    }

    @Override
    public Group rekey(String temporaryGroupUri, List<String> ownGroups, Optional<Instant> activation, Instant now) {
        Group group = groups.lock(temporaryGroupUri);
        return generations
                .next(members.join(group, active(ownGroups), now), activation, now)
                .group();
    }

    @Override
    public List<String> owners(List<String> groupUris, McService service) {
        return constituents(groupUris, service).stream()
                .map(Group::owner)
                .distinct()
                .toList();
    }

    private List<Group> constituents(List<String> groupUris, McService service) {
        return groupUris.stream()
                .map(uri -> groups.find(uri)
                        .filter(group -> canTakePart(group, service))
                        .orElseThrow(() -> GroupRegister.unknown(uri)))
                .toList();
    }

    @Override
    public Group keep(Foreign foreign, List<IncomingKey> received, Instant now) {
        hold(foreign.constituentGroups());
        List<Group> own = constituents(foreign.constituentGroups(), foreign.service());
        Group fresh = given(() ->
                Group.fresh(foreign.uri(), foreign.primaryGmsUri(), "", foreign.service(), true, plan(received), now));
        add(fresh);
        return take(members.join(fresh, own, now), foreign, received, now);
    }

    @Override
    public Group keepNext(Foreign foreign, List<IncomingKey> received, Instant now) {
        Group group = groups.lock(foreign.uri());
        if (!group.plan().equals(plan(received))) {
            throw NotifiedKeys.refused(ReceptionFault.KEY_MISMATCH, "the keys are for other uses than before");
        }
        return take(members.join(group, active(foreign.constituentGroups()), now), foreign, received, now);
    }

    private List<Group> active(List<String> groupUris) {
        return groupUris.stream()
                .flatMap(uri -> groups.find(uri).stream())
                .filter(Group::isActive)
                .toList();
    }

    @Override
    public List<String> leave(String temporaryGroupUri, List<String> ownGroups, Collection<String> memberUris) {
        Group group = groups.lock(temporaryGroupUri);
        List<KeyIdentifier> ids =
                keys.ofGroup(group.uri()).stream().map(GroupKey::keyId).toList();
        return members.leave(group, active(ownGroups), memberUris, ids);
    }

    @Override
    public Instant newestMadeAt(Group group) {
        return keys.ofGroup(group.uri()).stream()
                .map(GroupKey::createdAt)
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
    }

    private static KeyPlan plan(List<IncomingKey> received) {
        KeyPurpose floor = received.stream()
                .map(IncomingKey::description)
                .filter(key -> key.use() == KeyUse.FLOOR)
                .map(IncomingKey.Description::purpose)
                .findFirst()
                .orElse(KeyPurpose.MKFC);
        List<KeyUse> uses =
                received.stream().map(key -> key.description().use()).toList();
        return new KeyPlan(uses, floor, Optional.empty(), Optional.empty());
    }

    private Group take(Group group, Foreign foreign, List<IncomingKey> received, Instant now) {
        List<GroupKeyToSend> stored = new ArrayList<>();
        try {
            for (IncomingKey key : received) {
                stored.add(toStore(group, foreign, key, now));
            }
            return generations.take(group, stored, now).group();
        } finally {
            stored.forEach(GroupKeyToSend::close);
        }
    }

    private static GroupKeyToSend toStore(Group group, Foreign foreign, IncomingKey incoming, Instant now) {
        IncomingKey.Description key = incoming.description();
        if (key.expiry().filter(end -> !end.isAfter(now)).isPresent()) {
            throw NotifiedKeys.refused(ReceptionFault.EXPIRED, "a key has expired");
        }
        GroupKey row = new GroupKey(
                key.keyId(),
                group.uri(),
                group.generation() + 1,
                key.use(),
                key.purpose(),
                key.rand(),
                KeyStatus.CURRENT,
                key.activation(),
                key.expiry(),
                Optional.of(foreign.primaryGmsUri()),
                now,
                Optional.empty(),
                Optional.empty());
        return new GroupKeyToSend(group, row, incoming.secret().use(SecretOctets::copyOf));
    }

    @Override
    public void requireSame(Group group, List<IncomingKey> received) {
        List<GroupKeyToSend> held = newestKeys(group);
        try {
            boolean same = held.size() == received.size()
                    && received.stream().allMatch(key -> held.stream().anyMatch(stored -> isSame(stored, key)));
            if (!same) {
                throw NotifiedKeys.refused(ReceptionFault.KEY_MISMATCH, "other keys of this generation are held");
            }
        } finally {
            held.forEach(GroupKeyToSend::close);
        }
    }

    private static boolean isSame(GroupKeyToSend held, IncomingKey key) {
        return held.key().keyId().equals(key.description().keyId())
                && held.key().rand().equals(key.description().rand())
                && held.secret().constantTimeEquals(key.secret());
    }

    @Override
    public void tearDown(String temporaryGroupUri, Instant now) {
        Group group = groups.lock(temporaryGroupUri);
        if (!group.isActive()) {
            return;
        }
        groups.change(group.tornDown(now));
        List<GroupKey> inUse = keys.unrevoked(group.uri(), now);
        if (!inUse.isEmpty()) {
            generations.revoke(group, inUse, now);
        }
    }

    @Override
    public List<GroupKeyToSend> newestKeys(Group group) {
        List<GroupKeyToSend> opened = new ArrayList<>();
        try {
            newest(group).forEach(key -> opened.add(keys.open(group, key)));
            return opened;
        } catch (RuntimeException | Error e) {
            opened.forEach(GroupKeyToSend::close);
            throw e;
        }
    }

    @Override
    public RegroupCounts counts(Group group) {
        int acknowledged = group.members();
        int failed = 0;
        for (KeyIdentifier key : newest(group)) {
            Map<MessageState, Integer> states = messages.count(key);
            acknowledged = Math.min(acknowledged, states.getOrDefault(MessageState.ACKNOWLEDGED, 0));
            failed = Math.max(failed, states.getOrDefault(MessageState.FAILED, 0));
        }
        return new RegroupCounts(group.members(), acknowledged, Math.min(failed, group.members() - acknowledged));
    }

    private List<KeyIdentifier> newest(Group group) {
        return keys.ofGroup(group.uri()).stream()
                .filter(key -> key.generation() == group.generation())
                .map(GroupKey::keyId)
                .collect(Collectors.toList());
    }

    private static <T> T given(Supplier<T> value) {
        try {
            return value.get();
        } catch (InvalidValueException e) {
            throw new KmsException(KmsErrorCode.MALFORMED_REQUEST, e.getMessage(), e);
        }
    }
}
