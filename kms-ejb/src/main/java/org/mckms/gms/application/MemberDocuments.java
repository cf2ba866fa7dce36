package org.mckms.gms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.mckms.gms.application.DocumentMaking.Prepared;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupKey;
import org.mckms.gms.domain.GroupKeyRegister;
import org.mckms.gms.domain.GroupRegister;
import org.mckms.gms.domain.Member;
import org.mckms.gms.domain.MemberRegister;
import org.mckms.gms.domain.MessageRecord;
import org.mckms.gms.domain.MessageRepository;
import org.mckms.gms.domain.MessageScope;
import org.mckms.gms.domain.MessageState;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.persistence.ConcurrentChangeException;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.GroupDocument;
import org.mckms.protocol.group.KeyAcknowledgement;

/** What members fetch and answer (TS 24.481; TS 33.180 clause 7.3). To those who are no members a group does not exist. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MemberDocuments {

    /** Groups of one member whose keys fit into one document. */
    static final int MAX_GROUPS = 256;

    private static final int MAX_ATTEMPTS = 5;

    @Inject
    GroupRegister groups;

    @Inject
    MemberRegister members;

    @Inject
    GroupKeyRegister keys;

    @Inject
    MessageRepository messages;

    @Inject
    DocumentMaking making;

    @Inject
    Transactions transactions;

    @Inject
    RecordedTransactions recorded;

    @Inject
    Clock clock;

    /**
     * The keys that the caller is given now: current ones, those for later, and those revoked since it joined. A message
     * that a job has not made yet, that waits, or that the member could not open any more is made on the spot. To be
     * given the document is what makes its messages {@code DELIVERED}.
     *
     * @return empty if it is the version that the member has
     * @throws KmsException {@code NOT_FOUND} if the caller is no member; {@code NOT_READY} if a message has to be made and
     *     this server has no keys of its KMS
     */
    public Optional<MemberKeys> documentOf(GroupCaller caller, DocumentRequest request) {
        return again(() -> recorded.inNewTogether(trail -> serve(caller, request, trail)));
    }

    private Optional<MemberKeys> serve(GroupCaller caller, DocumentRequest request, Consumer<AuditNote> trail) {
        List<Member> memberships = memberships(caller, request.groupUri());
        Instant now = now();
        List<Prepared> prepared = new ArrayList<>();
        for (Member member : memberships) {
            Group group = groups.get(member.groupUri());
            if (group.service() == request.service()) {
                prepared.add(making.prepare(group, member, MessageScope.UNUSABLE, now));
            }
        }
        MemberKeys document = making.document(request.service(), prepared);
        if (request.known().filter(document.version()::equals).isPresent()) {
            return Optional.empty();
        }
        for (Prepared one : prepared) {
            if (one.messages().isEmpty()) {
                continue;
            }
            making.delivered(one, now);
            trail.accept(GroupNotes.of(
                            AuditEvent.GROUP_KEYS_SERVED,
                            caller.actor(),
                            one.group().uri())
                    .with("member", one.member().uri())
                    .with("keys", GroupNotes.keys(one.keys())));
        }
        return Optional.of(document);
    }

    private List<Member> memberships(GroupCaller caller, Optional<String> groupUri) {
        List<Member> found = caller.uris().stream()
                .sorted()
                .flatMap(uri -> groupUri.isPresent()
                        ? members.find(groupUri.get(), uri).stream()
                        : members.ofUser(uri, MAX_GROUPS).stream())
                .toList();
        if (found.isEmpty()) {
            throw groupUri.map(GroupRegister::unknown)
                    .orElseGet(() -> new KmsException(KmsErrorCode.NOT_FOUND, "the caller is in no group"));
        }
        return found;
    }

    /**
     * The group document, with its members.
     *
     * @throws KmsException {@code NOT_FOUND} if the caller neither owns the group nor is a member
     */
    public GroupDocument groupDocument(GroupCaller caller, String groupUri) {
        return transactions.inNew(() -> {
            Group group = groups.get(groupUri);
            if (!caller.is(group.owner())) {
                memberships(caller, Optional.of(groupUri));
            }
            List<String> uris = members.page(groupUri, 0, GroupDocument.MAX_MEMBERS).stream()
                    .map(Member::uri)
                    .toList();
            return new GroupDocument(groupUri, Optional.of(group.name()).filter(name -> !name.isEmpty()), uris);
        });
    }

    /**
     * Takes a member's answer. All keys of it change their state, or none; said a second time it changes nothing.
     *
     * @throws KmsException {@code FORBIDDEN_IDENTITY} if the member named is not the caller; {@code NOT_FOUND} if it is no
     *     member, or a key named is none of the group or was never given to it
     */
    public void acknowledge(GroupCaller caller, KeyAcknowledgement answer) {
        if (!caller.is(answer.memberUri())) {
            throw new KmsException(KmsErrorCode.FORBIDDEN_IDENTITY, "the member named is not the caller");
        }
        recorded.inNew(trail -> {
            groups.get(answer.groupUri());
            Member member = members.find(answer.groupUri(), answer.memberUri())
                    .orElseThrow(() -> GroupRegister.unknown(answer.groupUri()));
            List<KeyIdentifier> ids = answered(answer, member);
            List<MessageRecord> changed = new ArrayList<>();
            for (MessageRecord record : given(ids, member)) {
                MessageRecord after = answer.fault()
                        .map(fault -> record.failed(fault.name(), now()))
                        .orElseGet(() -> record.acknowledged(now()));
                if (!after.equals(record)) {
                    changed.add(after);
                }
            }
            messages.updateAll(changed);
            if (!changed.isEmpty()) {
                trail.accept(note(caller, answer, changed));
            }
            return changed;
        });
    }

    private List<KeyIdentifier> answered(KeyAcknowledgement answer, Member member) {
        List<KeyIdentifier> ids = new ArrayList<>();
        if (answer.keyIds().isEmpty()) {
            keys.deliveredTo(member, now()).stream()
                    .filter(key -> isOf(answer, key))
                    .map(GroupKey::keyId)
                    .forEach(ids::add);
        }
        for (KeyIdentifier id : answer.keyIds()) {
            keys.find(id)
                    .filter(key -> key.groupUri().equals(answer.groupUri()) && isOf(answer, key))
                    .orElseThrow(() -> new KmsException(KmsErrorCode.NOT_FOUND, "the group has no such key " + id));
            ids.add(id);
        }
        return ids;
    }

    private static boolean isOf(KeyAcknowledgement answer, GroupKey key) {
        return answer.generation() == KeyAcknowledgement.GENERATION_UNKNOWN || answer.generation() == key.generation();
    }

    private List<MessageRecord> given(List<KeyIdentifier> ids, Member member) {
        List<MessageRecord> records = messages.lock(ids, List.of(member.number())).stream()
                .filter(record -> record.state() != MessageState.WAITING)
                .filter(record -> record.state() != MessageState.PENDING || !isRevoked(record.keyId()))
                .toList();
        if (records.isEmpty() || records.size() < ids.size()) {
            throw new KmsException(KmsErrorCode.NOT_FOUND, "the member was not given such a key");
        }
        return records;
    }

    /** An answer names the key only: one to the key itself must not count as one to its revocation, which was not fetched yet. */
    private boolean isRevoked(KeyIdentifier keyId) {
        return keys.find(keyId).filter(GroupKey::isRevoked).isPresent();
    }

    private static AuditNote note(GroupCaller caller, KeyAcknowledgement answer, List<MessageRecord> changed) {
        AuditEvent event =
                answer.fault().isPresent() ? AuditEvent.GROUP_KEYS_REFUSED : AuditEvent.GROUP_KEYS_ACKNOWLEDGED;
        AuditNote note = GroupNotes.of(event, caller.actor(), answer.groupUri())
                .with("member", answer.memberUri())
                .with(
                        "keys",
                        GroupNotes.keys(
                                changed.stream().map(MessageRecord::keyId).toList()));
        return answer.fault().map(fault -> note.with("fault", fault.name())).orElse(note);
    }

    /** A job may store the same message at the same moment: then it is there at the next attempt. */
    private static <T> T again(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (ConcurrentChangeException e) {
                if (attempt == MAX_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
