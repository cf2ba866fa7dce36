package org.mckms.gms.domain;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Makes generations of keys: what a group has for its uses, delivered, stored and used together. */
public final class KeyGenerations {

    private static final int KEY_OCTETS = 16;
    private static final int RAND_OCTETS = 16;
    private static final int RANDOM_BITS = 28;
    private static final int MAX_DRAWS = 16;

    private final GroupRegister groups;
    private final GroupKeyRegister keys;
    private final MemberRegister members;
    private final MessageRepository messages;
    private final RekeyJobRegister jobs;
    private final SecureRandom random;

    public KeyGenerations(
            GroupRegister groups,
            GroupKeyRegister keys,
            MemberRegister members,
            MessageRepository messages,
            RekeyJobRegister jobs,
            SecureRandom random) {
        this.groups = requireNonNull(groups, "groups");
        this.keys = requireNonNull(keys, "keys");
        this.members = requireNonNull(members, "members");
        this.messages = requireNonNull(messages, "messages");
        this.jobs = requireNonNull(jobs, "jobs");
        this.random = requireNonNull(random, "random");
    }

    /**
     * What was made.
     *
     * @param group     as it is now
     * @param withdrawn keys that members were to switch to later than to these; they are revoked
     * @param job       makes the messages
     */
    public record Generation(Group group, List<GroupKey> keys, List<KeyIdentifier> withdrawn, RekeyJob job) {

        public Generation {
            keys = List.copyOf(keys);
            withdrawn = List.copyOf(withdrawn);
        }
    }

    /**
     * Makes the next generation of a group's keys and the job that makes its messages. The former keys are superseded when
     * the new ones become active. Those of them that would become active only then are revoked: members hold them already,
     * and would go over to them from the new ones.
     *
     * @param group      locked by this transaction
     * @param activation from when on members use the new keys, in whole seconds; empty: as soon as they have them
     */
    public Generation next(Group group, Optional<Instant> activation, Instant now) {
        Group rekeyed = group.rekeyed(now);
        List<KeyIdentifier> withdrawn = supersede(group, activation.orElse(now), now);
        List<GroupKey> made = new ArrayList<>();
        for (KeyUse use : group.uses()) {
            made.add(draw(rekeyed, use, activation, now));
        }
        return begin(rekeyed, made, withdrawn, now);
    }

    /**
     * Makes keys of somebody else the next generation of a group.
     *
     * @param group    locked by this transaction
     * @param received with the group's next generation and their origin; stay the caller's
     * @throws KmsException {@code KEY_MESSAGE_REFUSED} if another key has the identifier of one of them
     */
    public Generation take(Group group, List<GroupKeyToSend> received, Instant now) {
        Group rekeyed = group.rekeyed(now);
        Instant takeover = received.stream()
                .flatMap(key -> key.key().activation().stream())
                .min(Instant::compareTo)
                .orElse(now);
        List<KeyIdentifier> withdrawn = supersede(group, takeover, now);
        for (GroupKeyToSend key : received) {
            if (keys.find(key.key().keyId()).isPresent()) {
                throw new KmsException(
                        KmsErrorCode.KEY_MESSAGE_REFUSED,
                        "another key has the identifier " + key.key().keyId());
            }
            keys.add(rekeyed, key.key(), key.secret());
        }
        return begin(rekeyed, received.stream().map(GroupKeyToSend::key).toList(), withdrawn, now);
    }

    /**
     * Revokes keys and starts the job that tells all members so. Messages that still say otherwise are gone at once: who asks
     * before the job has come to it, or after it was ended, is given one that is made on the spot.
     *
     * @param group locked by this transaction
     * @param which of the group; at least one
     */
    public RekeyJob revoke(Group group, List<GroupKey> which, Instant now) {
        which.forEach(key -> {
            keys.change(key.revoked(now));
            messages.removeAll(key.keyId());
        });
        List<KeyIdentifier> ids = which.stream().map(GroupKey::keyId).toList();
        return jobs.start(JobKind.REVOKE, group.uri(), ids, members.numbers(group), now);
    }

    private Generation begin(Group rekeyed, List<GroupKey> made, List<KeyIdentifier> withdrawn, Instant now) {
        groups.change(rekeyed);
        List<KeyIdentifier> ids = made.stream().map(GroupKey::keyId).toList();
        RekeyJob job = jobs.start(JobKind.REKEY, rekeyed.uri(), ids, members.numbers(rekeyed), now);
        return new Generation(rekeyed, made, withdrawn, job);
    }

    private List<KeyIdentifier> supersede(Group group, Instant takeover, Instant now) {
        List<GroupKey> ahead = new ArrayList<>();
        for (GroupKey key : keys.alive(group.uri(), now)) {
            if (key.isActiveOnlyFrom(takeover)) {
                ahead.add(key);
            } else {
                keys.change(key.supersededAt(takeover));
            }
        }
        return ahead.isEmpty() ? List.of() : revoke(group, ahead, now).keys();
    }

    private GroupKey draw(Group group, KeyUse use, Optional<Instant> activation, Instant now) {
        KeyPurpose purpose = group.plan().purpose(use);
        Instant start = activation.orElse(now);
        Octets rand = Octets.copyOf(octets(RAND_OCTETS));
        GroupKey key = new GroupKey(
                unused(purpose),
                group.uri(),
                group.generation(),
                use,
                purpose,
                rand,
                KeyStatus.CURRENT,
                activation,
                group.plan().lifetime().map(life -> start.plus(life).truncatedTo(ChronoUnit.SECONDS)),
                Optional.empty(),
                now,
                Optional.empty(),
                Optional.empty());
        try (SecretOctets secret = SecretOctets.takeFrom(octets(KEY_OCTETS))) {
            keys.add(group, key, secret);
        }
        return key;
    }

    /** The constraint of the database decides between two servers that draw the same. */
    private KeyIdentifier unused(KeyPurpose purpose) {
        for (int i = 0; i < MAX_DRAWS; i++) {
            KeyIdentifier id = new KeyIdentifier(purpose.tag() << RANDOM_BITS | random.nextInt(1 << RANDOM_BITS));
            if (keys.find(id).isEmpty()) {
                return id;
            }
        }
        throw new KmsException(KmsErrorCode.INTERNAL, "no unused identifier of a " + purpose + " was drawn");
    }

    private byte[] octets(int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }
}
