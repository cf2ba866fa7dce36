package org.mckms.gms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.gms.application.GroupRig.ALICE;
import static org.mckms.gms.application.GroupRig.BOB;
import static org.mckms.gms.application.GroupRig.GROUP;
import static org.mckms.gms.application.GroupRig.OWNER;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mckms.gms.domain.KeyPlan;
import org.mckms.gms.domain.KeyUse;
import org.mckms.gms.domain.MessageState;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.GktpDocument;
import org.mckms.protocol.group.KeyAcknowledgement;
import org.mckms.protocol.group.McService;
import org.mckms.protocol.group.ReceptionFault;

class MemberDocumentsTest {

    private static final GroupCaller MEMBER = GroupRig.caller(ALICE);
    private static final GroupCaller STRANGER = GroupRig.caller("sip:mallory@example.org");

    private final GroupRig rig = new GroupRig();

    @BeforeEach
    void open() {
        rig.create(ALICE, BOB);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static void refuses(KmsErrorCode code, Runnable act) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(act::run).satisfies(e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private List<MessageState> states(String member) {
        return rig.memberships.find(OWNER, GROUP, member).keys().stream()
                .map(MemberView.KeyState::state)
                .toList();
    }

    private List<String> made(String member) {
        return GroupRig.transports(rig.fetch(member)).stream()
                .map(one -> FakeMaking.field(one.message(), 4))
                .toList();
    }

    private static DocumentRequest ofGroup(Optional<String> known) {
        return new DocumentRequest(McService.MCPTT, Optional.of(GROUP), known);
    }

    private KeyAcknowledgement success(String member, long generation, List<KeyIdentifier> keys) {
        return new KeyAcknowledgement(GROUP, generation, member, keys, Optional.empty());
    }

    private KeyAcknowledgement failure(ReceptionFault fault) {
        return new KeyAcknowledgement(GROUP, 0, ALICE, List.of(), Optional.of(fault));
    }

    @Test
    void anAnswerToAKeyIsNoneToItsRevocation() {
        KeyIdentifier revoked = rig.keyIds().get(0);
        rig.fetch(ALICE);
        rig.groups.revoke(OWNER, GROUP, revoked);

        refuses(KmsErrorCode.NOT_FOUND, () -> rig.documents.acknowledge(MEMBER, success(ALICE, 0, List.of(revoked))));
        assertThat(states(ALICE)).contains(MessageState.PENDING);

        rig.fetch(ALICE);
        rig.documents.acknowledge(MEMBER, success(ALICE, 0, List.of(revoked)));
        assertThat(states(ALICE)).contains(MessageState.ACKNOWLEDGED);
    }

    @Test
    void aRefusalThatIsRepeatedChangesNothing() {
        rig.fetch(ALICE);
        rig.documents.acknowledge(MEMBER, failure(ReceptionFault.STORAGE));
        int records = rig.audit.notes().size();
        rig.time.pass(Duration.ofSeconds(5));

        rig.documents.acknowledge(MEMBER, failure(ReceptionFault.STORAGE));

        assertThat(rig.audit.notes()).hasSize(records);
    }

    @Test
    void whatIsStoredIsGivenUntilTheMemberCouldNotOpenItAnyMore() {
        List<String> first = made(ALICE);
        rig.time.pass(FakeMaking.PERIOD.minusSeconds(1));
        assertThat(made(ALICE)).isEqualTo(first);

        rig.time.pass(Duration.ofSeconds(1));

        assertThat(made(ALICE)).hasSize(2).containsOnly(rig.time.instant().toString());
        assertThat(states(ALICE)).containsOnly(MessageState.DELIVERED);
        assertThat(states(BOB)).containsOnly(MessageState.PENDING);
    }

    @Test
    void aMessageMadeAnewLeavesAnAcknowledgedKeyAcknowledged() {
        made(ALICE);
        rig.documents.acknowledge(MEMBER, success(ALICE, 1, rig.keyIds()));
        rig.time.pass(FakeMaking.PERIOD);

        assertThat(made(ALICE)).containsOnly(rig.time.instant().toString());
        assertThat(states(ALICE)).containsOnly(MessageState.ACKNOWLEDGED);
    }

    @Test
    void anUnchangedDocumentIsNotGivenAgain() {
        MemberKeys first =
                rig.documents.documentOf(MEMBER, ofGroup(Optional.empty())).orElseThrow();
        int records = rig.audit.notes().size();

        assertThat(rig.documents.documentOf(MEMBER, ofGroup(Optional.of(first.version()))))
                .isEmpty();
        assertThat(rig.audit.notes()).hasSize(records);
        rig.groups.rekey(OWNER, GROUP, Optional.empty());
        assertThat(rig.documents.documentOf(MEMBER, ofGroup(Optional.of(first.version()))))
                .isPresent();
    }

    @Test
    void strangersGetNothing() {
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.documents.documentOf(STRANGER, ofGroup(Optional.empty())));
        refuses(
                KmsErrorCode.NOT_FOUND,
                () -> rig.documents.documentOf(
                        STRANGER, new DocumentRequest(McService.MCPTT, Optional.empty(), Optional.empty())));
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.documents.groupDocument(STRANGER, GROUP));
    }

    @Test
    void oneDocumentCanHoldTheKeysOfAllGroupsOfAService() {
        String other = "sip:fire-8@example.org";
        rig.groups.create(
                OWNER,
                new GroupOrder(
                        other,
                        "",
                        McService.MCPTT,
                        KeyPlan.of(List.of(KeyUse.MEDIA)),
                        List.of(MemberOrder.own(ALICE))));
        rig.groups.create(
                OWNER,
                new GroupOrder(
                        "sip:video@example.org",
                        "",
                        McService.MCVIDEO,
                        KeyPlan.of(List.of(KeyUse.MEDIA)),
                        List.of(MemberOrder.own(ALICE))));

        GktpDocument all = rig.documents
                .documentOf(MEMBER, new DocumentRequest(McService.MCPTT, Optional.empty(), Optional.empty()))
                .orElseThrow()
                .document();

        assertThat(GroupRig.transports(all)).hasSize(3);
        assertThat(all.gmk().orElseThrow().direct()).hasSize(2);
    }

    @Test
    void membersAndTheOwnerSeeWhoIsInTheGroup() {
        assertThat(rig.documents.groupDocument(MEMBER, GROUP).memberUris()).containsExactly(ALICE, BOB);
        assertThat(rig.documents.groupDocument(OWNER, GROUP).displayName()).contains("Fire 7");
    }

    @Test
    void bothKeysAreAcknowledgedTogether() {
        made(ALICE);

        rig.documents.acknowledge(MEMBER, success(ALICE, 1, rig.keyIds()));

        assertThat(states(ALICE)).containsOnly(MessageState.ACKNOWLEDGED);
        assertThat(states(BOB)).containsOnly(MessageState.PENDING);
        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.GROUP_KEYS_ACKNOWLEDGED);
    }

    @Test
    void aSecondAcknowledgementChangesNothing() {
        made(ALICE);
        rig.documents.acknowledge(MEMBER, success(ALICE, 1, rig.keyIds()));
        int records = rig.audit.notes().size();

        rig.documents.acknowledge(MEMBER, success(ALICE, 0, rig.keyIds()));
        rig.documents.acknowledge(MEMBER, failure(ReceptionFault.REPLAYED));

        assertThat(states(ALICE)).containsOnly(MessageState.ACKNOWLEDGED);
        assertThat(rig.audit.notes()).hasSize(records);
    }

    @Test
    void aFaultReachesTheStateOfTheGroupAndIsForgottenWhenTheKeysAreFetchedAgain() {
        made(ALICE);

        rig.documents.acknowledge(MEMBER, failure(ReceptionFault.WRONG_SIGNATURE));

        assertThat(rig.memberships.find(OWNER, GROUP, ALICE).keys()).allSatisfy(key -> {
            assertThat(key.state()).isEqualTo(MessageState.FAILED);
            assertThat(key.reason()).contains("WRONG_SIGNATURE");
        });
        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.GROUP_KEYS_REFUSED);
        assertThat(rig.audit.last().details()).containsEntry("fault", "WRONG_SIGNATURE");
        made(ALICE);
        assertThat(states(ALICE)).containsOnly(MessageState.DELIVERED);
    }

    @Test
    void answersOfOthersAndForOthersAreRefused() {
        List<KeyIdentifier> keys = rig.keyIds();

        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, () -> rig.documents.acknowledge(MEMBER, success(BOB, 1, keys)));
        refuses(
                KmsErrorCode.NOT_FOUND,
                () -> rig.documents.acknowledge(STRANGER, success("sip:mallory@example.org", 1, keys)));
        refuses(
                KmsErrorCode.NOT_FOUND,
                () -> rig.documents.acknowledge(
                        MEMBER, new KeyAcknowledgement("sip:no@example.org", 1, ALICE, keys, Optional.empty())));
        assertThat(states(BOB)).containsOnly(MessageState.PENDING);
    }

    @Test
    void answersForUnknownKeysChangeNothingOfTheKnownOnes() {
        List<KeyIdentifier> keys = rig.keyIds();

        refuses(
                KmsErrorCode.NOT_FOUND,
                () -> rig.documents.acknowledge(
                        MEMBER, success(ALICE, 0, List.of(keys.get(0), new KeyIdentifier(0x0BADBAD0)))));
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.documents.acknowledge(MEMBER, success(ALICE, 2, keys)));
        assertThat(states(ALICE)).containsOnly(MessageState.PENDING);
    }

    @Test
    void aKeyOfAnotherGroupIsUnknownHere() {
        String other = "sip:fire-8@example.org";
        rig.groups.create(
                OWNER,
                new GroupOrder(
                        other,
                        "",
                        McService.MCPTT,
                        KeyPlan.of(List.of(KeyUse.MEDIA)),
                        List.of(MemberOrder.own(ALICE))));
        KeyIdentifier foreign = rig.groups.find(OWNER, other).keys().get(0).keyId();

        refuses(KmsErrorCode.NOT_FOUND, () -> rig.documents.acknowledge(MEMBER, success(ALICE, 0, List.of(foreign))));
    }

    @Test
    void aMessageThatWaitsCannotBeAcknowledged() {
        rig.making.unknownKmss.add(GroupRig.PARTNER_KMS);
        rig.memberships.add(
                OWNER, GROUP, List.of(new MemberOrder(GroupRig.CAROL, Optional.of(GroupRig.PARTNER_KMS))), false);

        refuses(
                KmsErrorCode.NOT_FOUND,
                () -> rig.documents.acknowledge(
                        GroupRig.caller(GroupRig.CAROL), success(GroupRig.CAROL, 1, rig.keyIds())));
    }

    @Test
    void aLateAnswerForSupersededKeysIsTaken() {
        List<KeyIdentifier> former = rig.keyIds();
        made(ALICE);
        rig.groups.rekey(OWNER, GROUP, Optional.empty());
        rig.time.pass(Duration.ofSeconds(1));

        rig.documents.acknowledge(MEMBER, success(ALICE, 1, former));

        assertThat(states(ALICE)).containsOnly(MessageState.PENDING);
        assertThat(rig.transactions.inNew(() -> rig.rows.messages().find(former, List.of(1))))
                .extracting(record -> record.state())
                .containsOnly(MessageState.ACKNOWLEDGED);
    }

    @Test
    void whatNoJobHasMadeYetIsMadeAtTheFetch() {
        rig.making.ready = false;
        rig.groups.rekey(OWNER, GROUP, Optional.empty());
        assertThat(states(ALICE)).containsOnly(MessageState.WAITING);
        refuses(KmsErrorCode.NOT_READY, () -> rig.fetch(ALICE));
        rig.making.ready = true;

        assertThat(made(ALICE)).hasSize(2);
        rig.work.run();
        assertThat(states(ALICE)).containsOnly(MessageState.DELIVERED);
        assertThat(states(BOB)).containsOnly(MessageState.PENDING);
    }
}
