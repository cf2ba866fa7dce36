package org.mckms.gms.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.mckms.gms.application.DocumentMaking.Prepared;
import org.mckms.gms.domain.Callbacks;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupRegister;
import org.mckms.gms.domain.Member;
import org.mckms.gms.domain.MemberRegister;
import org.mckms.gms.domain.MessageScope;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.KmsLog;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.delivery.CallbackAddress;
import org.mckms.platform.delivery.CallbackAnswer;
import org.mckms.platform.delivery.CallbackExchange;
import org.mckms.platform.delivery.DeliveryHandler;
import org.mckms.platform.delivery.DeliveryOrder;
import org.mckms.platform.delivery.DeliveryResult;
import org.mckms.platform.delivery.Outbox;
import org.mckms.platform.delivery.OutboxEntry;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.GktpDocument;
import org.mckms.protocol.group.GktpDocumentCodec;
import org.mckms.protocol.group.KeyAcknowledgement;
import org.mckms.protocol.group.KeyAcknowledgementCodec;

/**
 * Notification of group metadata (TS 23.280 clause 10.2.3) by push: whoever registered a callback gets the GKTP document of a
 * group whenever there are messages for it. All keys are in one document, as when it is fetched.
 */
@ApplicationScoped
public class GroupNotifications implements DeliveryHandler {

    /** Topic in the outbox; the reference is the URI of the group, a space, the URI of the member. */
    static final String TOPIC = "gms.notification";

    private static final String GROUP_HEADER = "Group-URI";

    @Inject
    Callbacks callbacks;

    @Inject
    Outbox outbox;

    @Inject
    CallbackExchange exchange;

    @Inject
    GroupRegister groups;

    @Inject
    MemberRegister members;

    @Inject
    DocumentMaking making;

    @Inject
    MemberDocuments documents;

    @Inject
    Transactions transactions;

    @Inject
    RecordedTransactions recorded;

    @Inject
    Clock clock;

    /** Orders a notification for each of some members who registered a callback, in the caller's transaction. */
    void order(Group group, List<Member> ready) {
        if (ready.isEmpty()) {
            return;
        }
        Set<String> registered =
                callbacks.addressesOf(ready.stream().map(Member::uri).toList()).keySet();
        List<DeliveryOrder> orders = ready.stream()
                .filter(member -> registered.contains(member.uri()))
                .map(member -> to(group.uri(), member.uri()))
                .toList();
        if (!orders.isEmpty()) {
            outbox.putAll(TOPIC, orders);
        }
    }

    /**
     * An order to push what one member is given of one group. Its destination is the member and not the address, so that who
     * registers the address of another does not hold up what is for that one.
     */
    static DeliveryOrder to(String groupUri, String memberUri) {
        return new DeliveryOrder(memberUri, groupUri + " " + memberUri);
    }

    /** What is pushed, and where to. */
    private record Push(String address, Prepared content) {}

    @Override
    public String topic() {
        return TOPIC;
    }

    /**
     * Pushes what the member is given now, made anew if it has waited: a member takes pushed messages for some minutes only
     * (decision 0014), to the address that it has registered now. Who is no member any more, has nothing to be given, or no
     * address, needs no notification. An answer of 2xx is delivery. It may carry the member's acknowledgement of these keys; one that does
     * not comes with the member's own token.
     */
    @Override
    public DeliveryResult deliver(OutboxEntry entry) {
        String[] names = entry.reference().split(" ", 2);
        Optional<Push> push = transactions.inNew(() -> prepare(names[0], names[1]));
        if (push.isEmpty()) {
            return DeliveryResult.delivered();
        }
        Prepared content = push.get().content();
        GktpDocument document =
                making.document(content.group().service(), List.of(content)).document();
        CallbackAnswer answer = exchange.post(
                CallbackAddress.of(push.get().address()),
                GktpDocumentCodec.MEDIA_TYPE,
                Octets.copyOf(GktpDocumentCodec.write(document)),
                Map.of(GROUP_HEADER, content.group().uri()));
        DeliveryResult result = answer.asDelivery();
        if (result instanceof DeliveryResult.Delivered) {
            recorded.inNew(trail -> delivered(content, trail));
            acknowledgement(content, answer).ifPresent(this::take);
        }
        return result;
    }

    /** What is in the answer counts if it is about these keys of this member; anything else is no answer to them. */
    private static Optional<KeyAcknowledgement> acknowledgement(Prepared content, CallbackAnswer answer) {
        Octets octets = answer instanceof CallbackAnswer.Status status ? status.content() : Octets.copyOf(new byte[0]);
        if (octets.size() == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(KeyAcknowledgementCodec.read(octets.toByteArray()))
                    .filter(read -> read.groupUri().equals(content.group().uri()))
                    .filter(read -> read.memberUri().equals(content.member().uri()))
                    .filter(read -> content.keys().containsAll(read.keyIds()));
        } catch (KmsException e) {
            return Optional.empty();
        }
    }

    /** Keys that were replaced meanwhile are answered for when the member has fetched the new ones. */
    private void take(KeyAcknowledgement acknowledgement) {
        try {
            documents.acknowledge(
                    new GroupCaller(Set.of(acknowledgement.memberUri()), "answer to a callback"), acknowledgement);
        } catch (KmsException e) {
            KmsLog.LOG.debugf("an acknowledgement in the answer to a callback is not taken: %s", e.getMessage());
        }
    }

    private Optional<Push> prepare(String groupUri, String memberUri) {
        String address = callbacks.addressesOf(List.of(memberUri)).get(memberUri);
        if (address == null) {
            return Optional.empty();
        }
        return members.find(groupUri, memberUri)
                .map(member -> making.prepare(groups.get(groupUri), member, MessageScope.UNFIT_TO_PUSH, now()))
                .filter(prepared -> !prepared.messages().isEmpty())
                .map(prepared -> new Push(address, prepared));
    }

    private Prepared delivered(Prepared content, Consumer<AuditNote> trail) {
        making.delivered(content, now());
        trail.accept(GroupNotes.of(
                        AuditEvent.GROUP_KEYS_SERVED,
                        AuditNote.SYSTEM,
                        content.group().uri())
                .with("member", content.member().uri())
                .with("keys", GroupNotes.keys(content.keys()))
                .with("by", "callback"));
        return content;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
