package org.mckms.gms.application.regroup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.mckms.gms.application.GroupCaller;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupKey;
import org.mckms.gms.domain.GroupKeyToSend;
import org.mckms.gms.domain.KeyPlan;
import org.mckms.gms.domain.KeyStatus;
import org.mckms.gms.domain.KeyUse;
import org.mckms.gms.domain.regroup.IncomingKey;
import org.mckms.gms.domain.regroup.NotifiedKeys;
import org.mckms.gms.domain.regroup.RegroupCounts;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.McService;
import org.mckms.protocol.group.ReceptionFault;

/** Groups of one server in memory: members, keys, and how members have answered. */
final class MemoryGroups implements TemporaryGroups {

    private final Random random;
    private final Map<String, Group> groups = new HashMap<>();
    private final Map<String, Set<String>> members = new HashMap<>();
    private final Map<String, List<Stored>> keys = new HashMap<>();
    private final Map<String, Integer> acknowledged = new HashMap<>();
    private final Map<String, Integer> failed = new HashMap<>();

    /** A key and its 16 octets. */
    record Stored(GroupKey key, byte[] secret) {}

    MemoryGroups(long seed) {
        this.random = new Random(seed);
    }

    /** A group that is there already. */
    void has(String uri, String owner, String... uris) {
        groups.put(
                uri,
                Group.fresh(uri, owner, "", McService.MCPTT, false, KeyPlan.of(List.of(KeyUse.MEDIA)), Instant.EPOCH));
        members.put(uri, new TreeSet<>(Set.of(uris)));
    }

    void joins(String uri, String member) {
        members.get(uri).add(member);
    }

    void leaves(String uri, String member) {
        members.get(uri).remove(member);
    }

    void answer(String uri, int good, int bad) {
        acknowledged.put(uri, good);
        failed.put(uri, bad);
    }

    Set<String> membersOf(String uri) {
        return members.get(uri);
    }

    List<Stored> storedKeys(String uri) {
        return keys.getOrDefault(uri, List.of());
    }

    @Override
    public Optional<Group> find(String uri) {
        return Optional.ofNullable(groups.get(uri));
    }

    @Override
    public Group make(GroupCaller owner, RegroupOrder order, Instant now) {
        for (String own : order.ownGroups()) {
            if (find(own).filter(group -> owner.is(group.owner())).isEmpty()) {
                throw new KmsException(KmsErrorCode.NOT_FOUND, "no group " + own);
            }
        }
        List<KeyUse> uses = order.floorKey() ? List.of(KeyUse.MEDIA, KeyUse.FLOOR) : List.of(KeyUse.MEDIA);
        Group fresh = fresh(order.temporaryGroupUri(), owner.uris().iterator().next(), order.service(), uses, now);
        return generation(fresh, order.ownGroups(), now, use -> drawn(fresh, use, now));
    }

    @Override
    public Group rekey(String uri, List<String> ownGroups, Optional<Instant> activation, Instant now) {
        Group group = groups.get(uri);
        return generation(group, ownGroups, now, use -> drawn(group, use, now));
    }

    @Override
    public List<String> owners(List<String> groupUris, McService service) {
        return groupUris.stream()
                .map(uri -> find(uri)
                        .filter(group -> group.isActive() && !group.temporary() && group.service() == service)
                        .orElseThrow(() -> new KmsException(KmsErrorCode.NOT_FOUND, "no group " + uri))
                        .owner())
                .distinct()
                .toList();
    }

    @Override
    public Group keep(Foreign foreign, List<IncomingKey> received, Instant now) {
        List<KeyUse> uses =
                received.stream().map(key -> key.description().use()).toList();
        return take(
                fresh(foreign.uri(), foreign.primaryGmsUri(), foreign.service(), uses, now), foreign, received, now);
    }

    @Override
    public Group keepNext(Foreign foreign, List<IncomingKey> received, Instant now) {
        return take(groups.get(foreign.uri()), foreign, received, now);
    }

    private Group take(Group group, Foreign foreign, List<IncomingKey> received, Instant now) {
        for (IncomingKey key : received) {
            boolean taken = keys.values().stream().flatMap(List::stream).anyMatch(held -> held.key()
                    .keyId()
                    .equals(key.description().keyId()));
            if (taken) {
                throw NotifiedKeys.refused(ReceptionFault.DUPLICATE_KEY_ID, "another key has this identifier");
            }
        }
        return generation(group, foreign.constituentGroups(), now, use -> received.stream()
                .filter(key -> key.description().use() == use)
                .map(key -> new Stored(
                        key(
                                group,
                                key.description().keyId(),
                                use,
                                key.description().rand(),
                                now),
                        key.secret().use(byte[]::clone)))
                .findFirst()
                .orElseThrow());
    }

    @Override
    public void requireSame(Group group, List<IncomingKey> received) {
        for (IncomingKey key : received) {
            boolean held = storedKeys(group.uri()).stream()
                    .filter(stored -> stored.key().generation() == group.generation())
                    .anyMatch(stored ->
                            stored.key().keyId().equals(key.description().keyId())
                                    && key.secret().constantTimeEquals(SecretOctets.copyOf(stored.secret())));
            if (!held) {
                throw NotifiedKeys.refused(ReceptionFault.KEY_MISMATCH, "other keys of this generation are held");
            }
        }
    }

    @Override
    public void tearDown(String uri, Instant now) {
        groups.computeIfPresent(uri, (name, group) -> group.tornDown(now));
    }

    @Override
    public List<String> leave(String uri, List<String> ownGroups, Collection<String> memberUris) {
        List<String> gone = memberUris.stream()
                .filter(members.get(uri)::contains)
                .filter(member ->
                        ownGroups.stream().noneMatch(own -> members.get(own).contains(member)))
                .toList();
        members.get(uri).removeAll(gone);
        return gone;
    }

    @Override
    public Instant newestMadeAt(Group group) {
        return storedKeys(group.uri()).stream()
                .map(stored -> stored.key().createdAt())
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
    }

    @Override
    public List<GroupKeyToSend> newestKeys(Group group) {
        return storedKeys(group.uri()).stream()
                .filter(stored -> stored.key().generation() == group.generation())
                .map(stored -> new GroupKeyToSend(group, stored.key(), SecretOctets.copyOf(stored.secret())))
                .toList();
    }

    @Override
    public RegroupCounts counts(Group group) {
        return new RegroupCounts(
                members.get(group.uri()).size(),
                acknowledged.getOrDefault(group.uri(), 0),
                failed.getOrDefault(group.uri(), 0));
    }

    private Group fresh(String uri, String owner, McService service, List<KeyUse> uses, Instant now) {
        if (groups.containsKey(uri)) {
            throw new KmsException(KmsErrorCode.CONFLICT, "there is a group " + uri);
        }
        return Group.fresh(uri, owner, "", service, true, KeyPlan.of(uses), now);
    }

    private Group generation(Group group, List<String> constituents, Instant now, Function<KeyUse, Stored> maker) {
        Group next = group.rekeyed(now);
        Set<String> all = new TreeSet<>();
        constituents.forEach(uri -> all.addAll(members.get(uri)));
        members.put(group.uri(), all);
        List<Stored> held = new ArrayList<>(storedKeys(group.uri()));
        group.uses().forEach(use -> held.add(maker.apply(use)));
        keys.put(group.uri(), held);
        groups.put(group.uri(), next);
        answer(group.uri(), 0, 0);
        return next;
    }

    private Stored drawn(Group group, KeyUse use, Instant now) {
        KeyPurpose purpose = group.plan().purpose(use);
        byte[] secret = new byte[16];
        byte[] rand = new byte[16];
        random.nextBytes(secret);
        random.nextBytes(rand);
        KeyIdentifier id = new KeyIdentifier(purpose.tag() << 28 | random.nextInt(1 << 28));
        return new Stored(key(group, id, use, Octets.copyOf(rand), now), secret);
    }

    private static GroupKey key(Group group, KeyIdentifier id, KeyUse use, Octets rand, Instant now) {
        return new GroupKey(
                id,
                group.uri(),
                group.generation() + 1,
                use,
                group.plan().purpose(use),
                rand,
                KeyStatus.CURRENT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now,
                Optional.empty(),
                Optional.empty());
    }
}
