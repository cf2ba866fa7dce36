package org.mckms.gms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.gms.application.GroupRig.ALICE;
import static org.mckms.gms.application.GroupRig.BOB;
import static org.mckms.gms.application.GroupRig.GROUP;
import static org.mckms.gms.application.GroupRig.OWNER;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mckms.gms.domain.MessageState;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.platform.delivery.CallbackAnswer;
import org.mckms.platform.delivery.DeliveryOrder;
import org.mckms.platform.delivery.DeliveryResult;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.group.Gktp;
import org.mckms.protocol.group.GktpDocumentCodec;
import org.mckms.protocol.group.KeyAcknowledgement;
import org.mckms.protocol.group.KeyAcknowledgementCodec;
import org.mckms.protocol.group.ReceptionFault;

class GroupNotificationsTest {

    private static final String ADDRESS = "https://alice.example.org/keys";

    private final GroupRig rig = new GroupRig();

    @BeforeEach
    void open() {
        rig.callbacks.addresses.put(ALICE, ADDRESS);
        rig.create(ALICE, BOB);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private List<MessageState> states() {
        return rig.memberships.find(OWNER, GROUP, ALICE).keys().stream()
                .map(MemberView.KeyState::state)
                .toList();
    }

    private List<Gktp> posted(int number) {
        return GroupRig.transports(
                GktpDocumentCodec.read(rig.callbacks.posted.get(number).toByteArray()));
    }

    @Test
    void whoRegisteredACallbackIsNotifiedOnceOfBothKeys() {
        assertThat(rig.callbacks.orders).containsExactly(new DeliveryOrder(ALICE, GROUP + " " + ALICE));

        DeliveryResult result = rig.notifications.deliver(rig.callbacks.newest());

        assertThat(result).isEqualTo(DeliveryResult.delivered());
        assertThat(posted(0)).hasSize(2).extracting(Gktp::id).containsOnly(ALICE);
        assertThat(rig.callbacks.headers.get(0)).containsEntry("Group-URI", GROUP);
        assertThat(states()).containsOnly(MessageState.DELIVERED);
        assertThat(rig.audit.last().details()).containsEntry("by", "callback");
    }

    @Test
    void anAcknowledgementInTheAnswerIsTaken() {
        answers(new KeyAcknowledgement(GROUP, 0, ALICE, rig.keyIds(), Optional.empty()));

        assertThat(rig.notifications.deliver(rig.callbacks.newest())).isEqualTo(DeliveryResult.delivered());

        assertThat(states()).containsOnly(MessageState.ACKNOWLEDGED);
        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.GROUP_KEYS_ACKNOWLEDGED);
    }

    @Test
    void aRefusalInTheAnswerIsTakenToo() {
        answers(new KeyAcknowledgement(GROUP, 0, ALICE, List.of(), Optional.of(ReceptionFault.STORAGE)));

        rig.notifications.deliver(rig.callbacks.newest());

        assertThat(states()).containsOnly(MessageState.FAILED);
    }

    @Test
    void anAnswerAboutAnythingElseIsDeliveryAndNoMore() {
        KeyIdentifier strange = new KeyIdentifier(7);
        for (KeyAcknowledgement other : List.of(
                new KeyAcknowledgement("sip:other@example.org", 0, ALICE, rig.keyIds(), Optional.empty()),
                new KeyAcknowledgement(GROUP, 0, "sip:bob@example.org", rig.keyIds(), Optional.empty()),
                new KeyAcknowledgement(GROUP, 0, ALICE, List.of(rig.keyIds().get(0), strange), Optional.empty()),
                new KeyAcknowledgement(GROUP, 9, ALICE, rig.keyIds(), Optional.empty()))) {
            answers(other);
            assertThat(rig.notifications.deliver(rig.callbacks.newest())).isEqualTo(DeliveryResult.delivered());
            assertThat(states()).containsOnly(MessageState.DELIVERED);
        }
        rig.callbacks.answer = () -> new CallbackAnswer.Status(200, Octets.ofAscii("<html>thank you</html>"));
        assertThat(rig.notifications.deliver(rig.callbacks.newest())).isEqualTo(DeliveryResult.delivered());
        assertThat(states()).containsOnly(MessageState.DELIVERED);
    }

    private void answers(KeyAcknowledgement acknowledgement) {
        rig.callbacks.answer =
                () -> new CallbackAnswer.Status(200, Octets.copyOf(KeyAcknowledgementCodec.write(acknowledgement)));
    }

    @Test
    void whatDidNotArriveStaysPending() {
        rig.callbacks.answer = () -> new CallbackAnswer.Status(503);
        assertThat(rig.notifications.deliver(rig.callbacks.newest())).isInstanceOf(DeliveryResult.Retry.class);
        rig.callbacks.answer = () -> new CallbackAnswer.Failure("no answer came");
        assertThat(rig.notifications.deliver(rig.callbacks.newest())).isInstanceOf(DeliveryResult.Retry.class);
        rig.callbacks.answer = () -> new CallbackAnswer.Refused("it leads inside");
        assertThat(rig.notifications.deliver(rig.callbacks.newest())).isInstanceOf(DeliveryResult.Dead.class);

        assertThat(states()).containsOnly(MessageState.PENDING);
    }

    @Test
    void whatWaitedTooLongToBeTakenIsMadeAnew() {
        rig.time.pass(Duration.ofSeconds(60));
        rig.notifications.deliver(rig.callbacks.newest());
        rig.time.pass(Duration.ofSeconds(1));
        rig.notifications.deliver(rig.callbacks.newest());

        String made = rig.time.instant().minusSeconds(61).toString();
        assertThat(posted(0))
                .extracting(one -> FakeMaking.field(one.message(), 4))
                .containsOnly(made);
        assertThat(posted(1))
                .extracting(one -> FakeMaking.field(one.message(), 4))
                .containsOnly(rig.time.instant().toString());
    }

    @Test
    void aNotificationTellsOfWhatIsNowAndNotOfWhatWas() {
        var first = rig.callbacks.newest();
        rig.groups.rekey(OWNER, GROUP, Optional.empty());

        rig.notifications.deliver(first);

        assertThat(posted(0))
                .extracting(one -> FakeMaking.field(one.message(), 0))
                .containsExactlyElementsOf(
                        rig.keyIds().stream().map(Object::toString).toList());
    }

    @Test
    void whoLeftIsToldNothing() {
        rig.memberships.remove(OWNER, GROUP, Set.of(ALICE));

        assertThat(rig.notifications.deliver(rig.callbacks.newest())).isEqualTo(DeliveryResult.delivered());
        assertThat(rig.callbacks.posted).isEmpty();
        assertThat(rig.callbacks.orders).hasSize(1);
    }

    @Test
    void aRevocationIsNotifiedOf() {
        rig.groups.revoke(OWNER, GROUP, rig.keyIds().get(1));

        rig.notifications.deliver(rig.callbacks.newest());

        assertThat(rig.callbacks.orders).hasSize(2);
        assertThat(posted(0))
                .extracting(one -> FakeMaking.field(one.message(), 2))
                .containsExactly("CURRENT", "REVOKED");
    }

    @Test
    void noNotificationIsOrderedForWhatDidNotCommit() {
        rig.making.ready = false;
        rig.groups.rekey(OWNER, GROUP, Optional.empty());

        assertThat(rig.callbacks.orders).hasSize(1);
    }
}
