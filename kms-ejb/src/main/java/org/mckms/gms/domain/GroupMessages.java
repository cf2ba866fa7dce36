package org.mckms.gms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Makes and stores the messages that bring keys to members, some members at a time. */
public final class GroupMessages {

    private final MessageRepository messages;
    private final GroupKeyRegister keys;
    private final MessageMaking making;

    public GroupMessages(MessageRepository messages, GroupKeyRegister keys, MessageMaking making) {
        this.messages = requireNonNull(messages, "messages");
        this.keys = requireNonNull(keys, "keys");
        this.making = requireNonNull(making, "making");
    }

    /**
     * What came of it.
     *
     * @param ready   members who have a message of this run to fetch
     * @param waiting members of whom a message of this run waits for the certificate of their domain
     */
    public record Outcome(List<Member> ready, List<Member> waiting) {

        public Outcome {
            ready = List.copyOf(ready);
            waiting = List.copyOf(waiting);
        }
    }

    /** Names a message. */
    private record Slot(KeyIdentifier key, int member) {}

    /**
     * Makes messages of some keys for some members in this transaction.
     *
     * @param keyIds  of the group
     * @param members of the group, so few that all fit into memory twice
     * @throws KmsException {@code NOT_READY} and {@code HSM_UNAVAILABLE} if none can be made now
     */
    public Outcome make(
            Group group, List<KeyIdentifier> keyIds, List<Member> members, MessageScope scope, Instant now) {
        List<Integer> numbers = members.stream().map(Member::number).toList();
        Map<Slot, MessageRecord> present = new HashMap<>();
        messages.lock(keyIds, numbers)
                .forEach(record -> present.put(new Slot(record.keyId(), record.memberNumber()), record));
        Run run = new Run();
        for (KeyIdentifier keyId : keyIds) {
            List<Member> wanted = members.stream()
                    .filter(member ->
                            scope.wants(Optional.ofNullable(present.get(new Slot(keyId, member.number()))), now))
                    .toList();
            List<MadeMessage> made = made(group, keyId, wanted, now);
            for (int i = 0; i < wanted.size(); i++) {
                Member member = wanted.get(i);
                MadeMessage message = made.get(i);
                Optional.ofNullable(present.get(new Slot(keyId, member.number())))
                        .ifPresentOrElse(
                                record -> run.changed.add(scope.change(record, message, now)),
                                () -> run.fresh.add(MessageRecord.of(keyId, member.number(), message, now)));
                (message.message().isPresent() ? run.ready : run.waiting).add(member.number());
            }
        }
        messages.insertAll(run.fresh);
        messages.updateAll(run.changed);
        return run.outcome(members);
    }

    private List<MadeMessage> made(Group group, KeyIdentifier keyId, List<Member> wanted, Instant now) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        try (GroupKeyToSend key = keys.open(group, keyId)) {
            List<MadeMessage> made = making.make(key, wanted, now);
            for (int i = 0; i < wanted.size(); i++) {
                if (!made.get(i).memberUri().equals(wanted.get(i).uri())) {
                    throw new KmsException(KmsErrorCode.INTERNAL, "a message was made for another member than wanted");
                }
            }
            return made;
        }
    }

    /** What is to be written after all messages are made. */
    private static final class Run {
        private final List<MessageRecord> fresh = new ArrayList<>();
        private final List<MessageRecord> changed = new ArrayList<>();
        private final Set<Integer> ready = new HashSet<>();
        private final Set<Integer> waiting = new HashSet<>();

        Outcome outcome(List<Member> members) {
            return new Outcome(of(members, ready), of(members, waiting));
        }

        private static List<Member> of(List<Member> members, Set<Integer> numbers) {
            return members.stream()
                    .filter(member -> numbers.contains(member.number()))
                    .toList();
        }
    }
}
