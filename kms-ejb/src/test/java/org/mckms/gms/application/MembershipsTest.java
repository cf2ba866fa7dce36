package org.mckms.gms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.gms.application.GroupRig.ALICE;
import static org.mckms.gms.application.GroupRig.BOB;
import static org.mckms.gms.application.GroupRig.CAROL;
import static org.mckms.gms.application.GroupRig.GROUP;
import static org.mckms.gms.application.GroupRig.OWNER;
import static org.mckms.gms.application.GroupRig.PARTNER_KMS;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.gms.domain.JobKind;
import org.mckms.gms.domain.JobState;
import org.mckms.gms.domain.MessageState;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.KeyAcknowledgement;
import org.mckms.protocol.group.ReceptionFault;

class MembershipsTest {

    private final GroupRig rig = new GroupRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static void refuses(KmsErrorCode code, Runnable act) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(act::run).satisfies(e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private List<MemberView.KeyState> states(String member) {
        return rig.memberships.find(OWNER, GROUP, member).keys();
    }

    private static MemberOrder carol() {
        return new MemberOrder(CAROL, Optional.of(PARTNER_KMS));
    }

    @Test
    void aNewcomerGetsTheKeysThatTheGroupHas() {
        rig.create(ALICE);
        List<KeyIdentifier> before = rig.keyIds();

        RekeyJobView job = rig.memberships.add(OWNER, GROUP, List.of(MemberOrder.own(BOB)), false);

        assertThat(job.job().kind()).isEqualTo(JobKind.JOIN);
        assertThat(job.progress().done()).isEqualTo(1);
        assertThat(rig.keyIds()).isEqualTo(before);
        assertThat(GroupRig.transports(rig.fetch(BOB)))
                .extracting(one -> FakeMaking.field(one.message(), 3))
                .isEqualTo(GroupRig.transports(rig.fetch(ALICE)).stream()
                        .map(one -> FakeMaking.field(one.message(), 3))
                        .toList());
    }

    @Test
    void aNewcomerGetsTheKeysForLaterAsWell() {
        rig.create(ALICE);
        rig.groups.rekey(OWNER, GROUP, Optional.of(rig.time.instant().plus(Duration.ofHours(1))));

        rig.memberships.add(OWNER, GROUP, List.of(MemberOrder.own(BOB)), false);

        assertThat(GroupRig.transports(rig.fetch(BOB))).hasSize(4);
    }

    @Test
    void aNewcomerIsNotGivenAKeyThatWasRevokedBefore() {
        rig.create(ALICE);
        rig.groups.revoke(OWNER, GROUP, rig.keyIds().get(0));
        rig.time.pass(Duration.ofSeconds(1));

        RekeyJobView job = rig.memberships.add(OWNER, GROUP, List.of(MemberOrder.own(BOB)), false);

        assertThat(job.job().keys()).containsExactly(rig.keyIds().get(1));
        assertThat(states(ALICE)).hasSize(2);
        assertThat(states(BOB)).hasSize(1);
        assertThat(GroupRig.transports(rig.fetch(BOB)))
                .extracting(one -> FakeMaking.field(one.message(), 2))
                .containsExactly("CURRENT");
        rig.documents.acknowledge(
                GroupRig.caller(BOB),
                new KeyAcknowledgement(GROUP, 0, BOB, List.of(), Optional.of(ReceptionFault.STORAGE)));
        assertThat(states(BOB)).extracting(MemberView.KeyState::state).containsOnly(MessageState.FAILED);
    }

    @Test
    void aNewcomerToAGroupWithoutAnyGoodKeyBringsNewOnes() {
        rig.create(ALICE);
        rig.keyIds().forEach(key -> rig.groups.revoke(OWNER, GROUP, key));
        rig.time.pass(Duration.ofSeconds(1));

        RekeyJobView job = rig.memberships.add(OWNER, GROUP, List.of(MemberOrder.own(BOB)), false);

        assertThat(job.job().kind()).isEqualTo(JobKind.REKEY);
        assertThat(GroupRig.transports(rig.fetch(BOB))).hasSize(2);
    }

    @Test
    void everybodyCanGetNewKeysWhenSomebodyJoins() {
        rig.create(ALICE);
        List<KeyIdentifier> before = rig.keyIds();

        rig.memberships.add(OWNER, GROUP, List.of(MemberOrder.own(BOB)), true);

        assertThat(rig.keyIds()).doesNotContainAnyElementsOf(before);
        assertThat(states(ALICE)).extracting(MemberView.KeyState::state).containsOnly(MessageState.PENDING);
    }

    @Test
    void whoLeavesHasNoPartInTheNewKeys() {
        rig.create(ALICE, BOB);
        rig.fetch(BOB);
        List<KeyIdentifier> before = rig.keyIds();

        RekeyJobView job = rig.memberships.remove(OWNER, GROUP, Set.of(BOB));

        assertThat(job.job().total()).isEqualTo(1);
        assertThat(rig.keyIds()).hasSize(2).doesNotContainAnyElementsOf(before);
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.fetch(BOB));
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.memberships.find(OWNER, GROUP, BOB));
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.memberships.remove(OWNER, GROUP, Set.of(BOB)));
        List<KeyIdentifier> now = rig.keyIds();
        assertThat(rig.transactions.inNew(() -> rig.rows.messages().find(now, List.of(1, 2))))
                .hasSize(2)
                .allMatch(record -> record.memberNumber() == 1);
        assertThat(rig.audit.events()).contains(AuditEvent.GROUP_MEMBERS_CHANGED);
        assertThat(rig.left).containsOnly(Map.entry(GROUP, Set.of(BOB)));
    }

    @Test
    void whoLeftAndComesBackIsSomebodyNew() {
        rig.create(ALICE, BOB);
        rig.memberships.remove(OWNER, GROUP, Set.of(BOB));

        rig.memberships.add(OWNER, GROUP, List.of(MemberOrder.own(BOB)), false);

        assertThat(rig.memberships.find(OWNER, GROUP, BOB).member().number()).isEqualTo(3);
        assertThat(GroupRig.transports(rig.fetch(BOB))).hasSize(2);
    }

    @Test
    void nobodyJoinsTwiceAndNobodyJoinsAsNobody() {
        rig.create(ALICE);

        refuses(
                KmsErrorCode.CONFLICT,
                () -> rig.memberships.add(OWNER, GROUP, List.of(MemberOrder.own(BOB), MemberOrder.own(ALICE)), false));
        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> rig.memberships.add(OWNER, GROUP, List.of(), false));
        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> rig.memberships.remove(OWNER, GROUP, Set.of()));
        refuses(
                KmsErrorCode.MALFORMED_REQUEST,
                () -> rig.memberships.add(OWNER, GROUP, List.of(MemberOrder.own("sip:" + "u".repeat(2044))), false));
        assertThat(rig.groups.find(OWNER, GROUP).group().members()).isEqualTo(1);
    }

    @Test
    void theMessageOfAMemberOfAnUnknownDomainWaitsAndIsMadeWhenTheCertificateComes() {
        rig.making.unknownKmss.add(PARTNER_KMS);
        rig.create(ALICE);
        RekeyJobView join = rig.memberships.add(OWNER, GROUP, List.of(carol()), false);
        assertThat(join.job().state()).isEqualTo(JobState.FINISHED);
        assertThat(join.progress().waiting()).isEqualTo(1);
        assertThat(states(CAROL)).allSatisfy(key -> {
            assertThat(key.state()).isEqualTo(MessageState.WAITING);
            assertThat(key.reason()).contains(PARTNER_KMS);
        });
        assertThat(GroupRig.transports(rig.fetch(CAROL))).isEmpty();

        rig.clock.retryWhatWaited();
        assertThat(states(CAROL)).extracting(MemberView.KeyState::state).containsOnly(MessageState.WAITING);
        rig.making.unknownKmss.clear();
        rig.clock.retryWhatWaited();
        rig.clock.retryWhatWaited();

        assertThat(states(CAROL)).extracting(MemberView.KeyState::state).containsOnly(MessageState.PENDING);
        assertThat(states(ALICE)).extracting(MemberView.KeyState::state).containsOnly(MessageState.PENDING);
        assertThat(rig.jobs.ofGroup(OWNER, GROUP, 10))
                .extracting(view -> view.job().kind())
                .containsExactlyInAnyOrder(JobKind.REKEY, JobKind.JOIN, JobKind.RETRY);
    }

    @Test
    void aWaitingMessageIsMadeAtTheFetchAsWell() {
        rig.making.unknownKmss.add(PARTNER_KMS);
        rig.create(ALICE);
        rig.memberships.add(OWNER, GROUP, List.of(carol()), false);
        rig.making.unknownKmss.clear();

        assertThat(GroupRig.transports(rig.fetch(CAROL))).hasSize(2);
    }

    @Test
    void membersComeInPages() {
        rig.createLarge(7);

        List<MemberView> first = rig.memberships.page(OWNER, GROUP, 0, 4);
        List<MemberView> second =
                rig.memberships.page(OWNER, GROUP, first.get(3).member().number(), 4);

        assertThat(first).hasSize(4);
        assertThat(second)
                .extracting(view -> view.member().uri())
                .containsExactly(GroupRig.user(5), GroupRig.user(6), GroupRig.user(7));
        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> rig.memberships.page(OWNER, GROUP, 0, 0));
        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> rig.memberships.page(OWNER, GROUP, 0, 501));
    }
}
