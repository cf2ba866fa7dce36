package org.mckms.gms.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupKey;
import org.mckms.gms.domain.GroupKeyRegister;
import org.mckms.gms.domain.GroupMessages;
import org.mckms.gms.domain.Member;
import org.mckms.gms.domain.MessageRecord;
import org.mckms.gms.domain.MessageRepository;
import org.mckms.gms.domain.MessageScope;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.protocol.group.Gktp;
import org.mckms.protocol.group.GktpDocument;
import org.mckms.protocol.group.KeyTransports;
import org.mckms.protocol.group.McService;
import org.mckms.protocol.group.RegroupedTransports;

/** Puts the stored messages of members together to GKTP documents (TS 24.481). Inside the caller's transaction. */
@ApplicationScoped
class DocumentMaking {

    @Inject
    GroupKeyRegister keys;

    @Inject
    GroupMessages making;

    @Inject
    MessageRepository messages;

    /** A key of a group and the message that brings it to a member. */
    record Carried(GroupKey key, MessageRecord record) {}

    /** What one member is given of one group. */
    record Prepared(Group group, Member member, List<Carried> messages) {

        List<KeyIdentifier> keys() {
            return messages.stream().map(carried -> carried.key().keyId()).toList();
        }
    }

    /**
     * The member's messages of the keys of a group, each such that the member can open it now.
     *
     * @param scope which ones are made before
     */
    Prepared prepare(Group group, Member member, MessageScope scope, Instant now) {
        List<GroupKey> inUse = keys.deliveredTo(member, now);
        List<KeyIdentifier> ids = inUse.stream().map(GroupKey::keyId).toList();
        making.make(group, ids, List.of(member), scope, now);
        List<MessageRecord> records = messages.lock(ids, List.of(member.number()));
        List<Carried> carried = new ArrayList<>();
        for (GroupKey key : inUse) {
            records.stream()
                    .filter(record -> record.keyId().equals(key.keyId()) && record.isUsableAt(now))
                    .forEach(record -> carried.add(new Carried(key, record)));
        }
        return new Prepared(group, member, carried);
    }

    /** One document of what a member is given, of one or more groups of one service. */
    MemberKeys document(McService service, List<Prepared> prepared) {
        GktpDocument document = new GktpDocument(
                service,
                transports(prepared, purpose -> purpose == KeyPurpose.GMK),
                transports(prepared, purpose -> purpose == KeyPurpose.MKFC));
        return new MemberKeys(document, version(prepared));
    }

    private static Optional<KeyTransports> transports(List<Prepared> prepared, Predicate<KeyPurpose> list) {
        List<Gktp> direct = new ArrayList<>();
        List<RegroupedTransports> regrouped = new ArrayList<>();
        for (Prepared one : prepared) {
            List<Gktp> transports = one.messages().stream()
                    .filter(carried -> list.test(carried.key().purpose()))
                    .map(carried -> new Gktp(
                            one.member().uri(), carried.record().message().orElseThrow()))
                    .toList();
            if (one.group().temporary() && !transports.isEmpty()) {
                regrouped.add(new RegroupedTransports(one.group().uri(), transports));
            } else {
                direct.addAll(transports);
            }
        }
        return direct.isEmpty() && regrouped.isEmpty()
                ? Optional.empty()
                : Optional.of(new KeyTransports(direct, regrouped));
    }

    private static String version(List<Prepared> prepared) {
        Octets[] named = prepared.stream()
                .flatMap(one -> one.messages().stream())
                .sorted(Comparator.comparing(carried -> carried.key().keyId().toString()))
                .map(carried -> Sha256.of(carried.record().message().orElseThrow()))
                .toArray(Octets[]::new);
        return Sha256.of(named).toHex();
    }

    /** Notes that a member was given messages, unless they have been replaced since. */
    void delivered(Prepared prepared, Instant now) {
        List<MessageRecord> present =
                messages.lock(prepared.keys(), List.of(prepared.member().number()));
        List<MessageRecord> given =
                prepared.messages().stream().map(Carried::record).toList();
        messages.updateAll(present.stream()
                .filter(record -> given.stream()
                        .anyMatch(one -> one.keyId().equals(record.keyId())
                                && one.madeAt().equals(record.madeAt())))
                .filter(record -> !record.delivered(now).equals(record))
                .map(record -> record.delivered(now))
                .toList());
    }
}
