package org.mckms.gms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.gms.application.GroupRig.ALICE;
import static org.mckms.gms.application.GroupRig.BOB;
import static org.mckms.gms.application.GroupRig.GROUP;
import static org.mckms.gms.application.GroupRig.MANAGER;
import static org.mckms.gms.application.GroupRig.OWNER;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.gms.domain.GroupKey;
import org.mckms.gms.domain.GroupState;
import org.mckms.gms.domain.JobKind;
import org.mckms.gms.domain.JobState;
import org.mckms.gms.domain.KeyPlan;
import org.mckms.gms.domain.KeyStatus;
import org.mckms.gms.domain.KeyUse;
import org.mckms.gms.domain.MessageState;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.Gktp;
import org.mckms.protocol.group.KeyAcknowledgement;
import org.mckms.protocol.group.McService;

class GroupsTest {

    private static final GroupCaller STRANGER = GroupRig.caller("sip:mallory@example.org");

    private final GroupRig rig = new GroupRig();

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

    private static Set<String> secrets(List<Gktp> transports) {
        Set<String> secrets = new HashSet<>();
        transports.forEach(one -> secrets.add(FakeMaking.field(one.message(), 3)));
        return secrets;
    }

    @Test
    void aNewGroupHasKeysForItsUsesAndMessagesForItsMembers() {
        GroupView made = rig.create(ALICE, BOB);

        assertThat(made.group().generation()).isEqualTo(1);
        assertThat(made.group().members()).isEqualTo(2);
        assertThat(made.group().owner()).isEqualTo(MANAGER);
        assertThat(made.keys()).extracting(GroupKey::purpose).containsExactly(KeyPurpose.GMK, KeyPurpose.MKFC);
        assertThat(made.keys()).allSatisfy(key -> {
            assertThat(key.keyId().purposeTag()).isEqualTo(key.purpose().tag());
            assertThat(key.rand().size()).isEqualTo(16);
            assertThat(key.status()).isEqualTo(KeyStatus.CURRENT);
        });
        assertThat(states(ALICE)).containsExactly(MessageState.PENDING, MessageState.PENDING);
        assertThat(rig.audit.events())
                .containsExactly(
                        AuditEvent.GROUP_CREATED,
                        AuditEvent.GROUP_KEYS_CREATED,
                        AuditEvent.REKEY_JOB_STARTED,
                        AuditEvent.REKEY_JOB_FINISHED);
    }

    @Test
    void membersAreGivenTheSameKeysInOneDocument() {
        rig.create(ALICE, BOB);

        List<Gktp> alices = GroupRig.transports(rig.fetch(ALICE));
        List<Gktp> bobs = GroupRig.transports(rig.fetch(BOB));

        assertThat(alices).hasSize(2).extracting(Gktp::id).containsOnly(ALICE);
        assertThat(secrets(alices)).hasSize(2).isEqualTo(secrets(bobs));
        assertThat(states(ALICE)).containsOnly(MessageState.DELIVERED);
    }

    @Test
    void floorControlMayHaveASecondGmk() {
        KeyPlan plan =
                new KeyPlan(List.of(KeyUse.MEDIA, KeyUse.FLOOR), KeyPurpose.GMK, Optional.empty(), Optional.empty());
        rig.groups.create(OWNER, new GroupOrder(GROUP, "", McService.MCVIDEO, plan, List.of()));

        assertThat(rig.groups.find(OWNER, GROUP).keys())
                .extracting(GroupKey::use, GroupKey::purpose)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(KeyUse.MEDIA, KeyPurpose.GMK),
                        org.assertj.core.groups.Tuple.tuple(KeyUse.FLOOR, KeyPurpose.GMK));
    }

    @Test
    void onlyManagersCreateGroups() {
        refuses(KmsErrorCode.NOT_GROUP_MANAGER, () -> rig.groups.create(STRANGER, GroupRig.order(List.of())));
    }

    @Test
    void aGroupOfAnotherOwnerDoesNotExist() {
        rig.create(ALICE);
        KeyIdentifier key = rig.keyIds().get(0);

        refuses(KmsErrorCode.NOT_FOUND, () -> rig.groups.find(STRANGER, GROUP));
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.groups.rekey(STRANGER, GROUP, Optional.empty()));
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.groups.schedule(STRANGER, GROUP, Optional.empty()));
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.groups.revoke(STRANGER, GROUP, key));
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.groups.tearDown(STRANGER, GROUP));
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.memberships.page(STRANGER, GROUP, 0, 10));
        refuses(
                KmsErrorCode.NOT_FOUND,
                () -> rig.memberships.add(STRANGER, GROUP, List.of(MemberOrder.own(BOB)), false));
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.memberships.remove(STRANGER, GROUP, Set.of(ALICE)));
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.jobs.ofGroup(STRANGER, GROUP, 10));
        assertThat(rig.groups.page(STRANGER, Optional.empty(), 10)).isEmpty();
        assertThat(rig.groups.page(OWNER, Optional.empty(), 10)).hasSize(1);
    }

    @Test
    void aUriIsOneGroup() {
        rig.create(ALICE);

        refuses(KmsErrorCode.CONFLICT, () -> rig.create(BOB));
    }

    @Test
    void aGroupThatWasTornDownGivesWay() {
        rig.create(ALICE);
        rig.groups.tearDown(OWNER, GROUP);

        assertThat(rig.create(BOB).group().members()).isEqualTo(1);
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.fetch(ALICE));
    }

    @Test
    void longUrisAreRefused() {
        String longest = "sip:" + "g".repeat(508);

        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> rig.create("sip:" + "u".repeat(2044)));
        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> rig.create(longest + "g"));
        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> rig.create("sip:with space@example.org"));
        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> rig.create(ALICE, ALICE));
        assertThat(rig.create(longest).group().members()).isEqualTo(1);
    }

    @Test
    void newKeysTakeThePlaceOfTheFormer() {
        rig.create(ALICE);
        List<KeyIdentifier> former = rig.keyIds();

        RekeyJobView job = rig.groups.rekey(OWNER, GROUP, Optional.empty());

        assertThat(job.job().kind()).isEqualTo(JobKind.REKEY);
        assertThat(job.job().state()).isEqualTo(JobState.FINISHED);
        assertThat(rig.keyIds()).hasSize(2).doesNotContainAnyElementsOf(former);
        assertThat(GroupRig.transports(rig.fetch(ALICE)))
                .extracting(one -> FakeMaking.field(one.message(), 0))
                .containsExactlyInAnyOrderElementsOf(
                        rig.keyIds().stream().map(KeyIdentifier::toString).toList());
    }

    @Test
    void beforeTheirActivationNewKeysAreGivenBesideTheFormer() {
        rig.create(ALICE);
        List<KeyIdentifier> former = rig.keyIds();
        Instant activation = rig.time.instant().plus(Duration.ofHours(1));

        rig.groups.rekey(OWNER, GROUP, Optional.of(activation));

        assertThat(rig.keyIds()).hasSize(4).containsAll(former);
        assertThat(GroupRig.transports(rig.fetch(ALICE))).hasSize(4);
        rig.time.pass(Duration.ofHours(1));
        assertThat(rig.keyIds()).hasSize(2).doesNotContainAnyElementsOf(former);
        assertThat(GroupRig.transports(rig.fetch(ALICE))).hasSize(2);
    }

    /** A member who left holds the keys that all others would go over to later. */
    @Test
    void keysForLaterAreRevokedWhenNewerOnesComeFirst() {
        rig.create(ALICE, BOB);
        rig.groups.rekey(OWNER, GROUP, Optional.of(rig.time.instant().plus(Duration.ofHours(1))));
        List<KeyIdentifier> later = rig.keyIds().subList(2, 4);
        rig.fetch(ALICE);
        rig.fetch(BOB);

        rig.memberships.remove(OWNER, GROUP, Set.of(BOB));

        assertThat(GroupRig.transports(rig.fetch(ALICE)))
                .extracting(one -> FakeMaking.field(one.message(), 2))
                .containsExactlyInAnyOrder("REVOKED", "REVOKED", "CURRENT", "CURRENT");
        assertThat(rig.audit.notes())
                .filteredOn(note -> note.event() == AuditEvent.GROUP_KEYS_CREATED)
                .last()
                .satisfies(note -> assertThat(note.details().get("revoked"))
                        .contains(later.get(0).toString(), later.get(1).toString()));
        rig.time.pass(Duration.ofHours(2));
        assertThat(GroupRig.transports(rig.fetch(ALICE)))
                .extracting(one -> FakeMaking.field(one.message(), 2))
                .containsExactlyInAnyOrder("REVOKED", "REVOKED", "CURRENT", "CURRENT");
        rig.groups.rekey(OWNER, GROUP, Optional.empty());
        rig.time.pass(GroupKey.REVOCATION_TOLD);
        assertThat(rig.keyIds()).doesNotContainAnyElementsOf(later);
    }

    @Test
    void aRevocationReachesWhomeverTheJobDoesNot() {
        rig.create(ALICE);
        KeyIdentifier revoked = rig.keyIds().get(0);
        rig.fetch(ALICE);
        rig.making.ready = false;

        RekeyJobView job = rig.groups.revoke(OWNER, GROUP, revoked);
        rig.jobs.cancel(OWNER, job.job().id());
        rig.making.ready = true;

        assertThat(GroupRig.transports(rig.fetch(ALICE)))
                .extracting(one -> FakeMaking.field(one.message(), 2))
                .containsExactly("REVOKED", "CURRENT");
    }

    @Test
    void activationsOfThePastAndOfAnotherAgeAreRefused() {
        rig.create(ALICE);

        refuses(
                KmsErrorCode.MALFORMED_REQUEST,
                () -> rig.groups.rekey(
                        OWNER, GROUP, Optional.of(rig.time.instant().minusSeconds(1))));
        refuses(
                KmsErrorCode.MALFORMED_REQUEST,
                () -> rig.groups.rekey(
                        OWNER, GROUP, Optional.of(rig.time.instant().plus(Duration.ofDays(367)))));
    }

    @Test
    void aScheduledGenerationComesInTimeAndIsSwitchedToTogether() {
        rig.create(ALICE);
        rig.groups.schedule(OWNER, GROUP, Optional.of(Duration.ofDays(1)));
        rig.clock.rekeyWhatIsDue();
        assertThat(rig.groups.find(OWNER, GROUP).group().generation()).isEqualTo(1);

        rig.time.pass(Duration.ofDays(1));
        rig.clock.rekeyWhatIsDue();
        rig.clock.rekeyWhatIsDue();

        GroupView after = rig.groups.find(OWNER, GROUP);
        assertThat(after.group().generation()).isEqualTo(2);
        assertThat(after.group().nextRekeyAt()).contains(rig.time.instant().plus(Duration.ofDays(1)));
        assertThat(after.keys().get(2).activation()).contains(rig.time.instant().plus(Duration.ofHours(1)));
        refuses(
                KmsErrorCode.MALFORMED_REQUEST,
                () -> rig.groups.schedule(OWNER, GROUP, Optional.of(Duration.ofSeconds(59))));
    }

    @Test
    void aRevokedKeyIsSentAgainAsRevoked() {
        rig.create(ALICE);
        KeyIdentifier revoked = rig.keyIds().get(0);
        rig.fetch(ALICE);

        rig.groups.revoke(OWNER, GROUP, revoked);

        assertThat(states(ALICE)).containsExactly(MessageState.PENDING, MessageState.DELIVERED);
        assertThat(GroupRig.transports(rig.fetch(ALICE)))
                .extracting(one -> FakeMaking.field(one.message(), 2))
                .containsExactly("REVOKED", "CURRENT");
        refuses(KmsErrorCode.CONFLICT, () -> rig.groups.revoke(OWNER, GROUP, revoked));
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.groups.revoke(OWNER, GROUP, new KeyIdentifier(7)));
    }

    @Test
    void aRevocationIsToldAfterNewerKeysTookOverToo() {
        rig.create(ALICE);
        KeyIdentifier revoked = rig.keyIds().get(0);
        rig.groups.revoke(OWNER, GROUP, revoked);

        rig.groups.rekey(OWNER, GROUP, Optional.empty());

        rig.time.pass(GroupKey.REVOCATION_TOLD.minusSeconds(1));
        assertThat(rig.keyIds()).hasSize(3).contains(revoked);
        assertThat(GroupRig.transports(rig.fetch(ALICE)))
                .extracting(one -> FakeMaking.field(one.message(), 2))
                .containsExactlyInAnyOrder("REVOKED", "CURRENT", "CURRENT");
        rig.time.pass(Duration.ofSeconds(1));
        assertThat(rig.keyIds()).hasSize(2).doesNotContain(revoked);
        rig.time.pass(Duration.ofDays(8));
        rig.clock.sweep();
        assertThat(rig.transactions.inNew(() -> rig.keys.find(revoked))).isEmpty();
    }

    @Test
    void ofManyRevocationsTheLastAreToldAndAllThatIsCurrent() {
        rig.create(ALICE);
        for (int i = 0; i < KeyAcknowledgement.MAX_KEYS; i++) {
            rig.time.pass(Duration.ofSeconds(1));
            rig.groups.revoke(OWNER, GROUP, current().get(0));
            rig.groups.rekey(OWNER, GROUP, Optional.empty());
        }
        KeyIdentifier last = current().get(0);
        rig.time.pass(Duration.ofSeconds(1));
        rig.groups.revoke(OWNER, GROUP, last);

        assertThat(GroupRig.transports(rig.fetch(ALICE)))
                .hasSize(KeyAcknowledgement.MAX_KEYS)
                .extracting(one -> FakeMaking.field(one.message(), 2))
                .containsOnlyOnce("CURRENT");
        assertThat(rig.keyIds()).contains(last);
    }

    private List<KeyIdentifier> current() {
        return rig.groups.find(OWNER, GROUP).keys().stream()
                .filter(key -> !key.isRevoked())
                .map(GroupKey::keyId)
                .toList();
    }

    @Test
    void anOperatorRevokesInTheOwnersPlace() {
        rig.create(ALICE);
        KeyIdentifier revoked = rig.keyIds().get(0);
        GroupOperator operator = new GroupOperator("carol");
        rig.fetch(ALICE);

        assertThat(rig.supervision
                        .revoke(operator, GROUP, revoked, "phone lost")
                        .job()
                        .kind())
                .isEqualTo(JobKind.REVOKE);

        assertThat(states(ALICE)).containsExactly(MessageState.PENDING, MessageState.DELIVERED);
        assertThat(rig.supervision.group(operator, GROUP).keys())
                .extracting(GroupKey::status)
                .containsExactly(KeyStatus.REVOKED, KeyStatus.CURRENT);
        refuses(KmsErrorCode.CONFLICT, () -> rig.supervision.revoke(operator, GROUP, revoked, "again"));
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.supervision.revoke(operator, "sip:no@example.org", revoked, "none"));
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.supervision.group(operator, "sip:no@example.org"));
    }

    @Test
    void aSupersededKeyCanBeRevoked() {
        rig.create(ALICE);
        KeyIdentifier old = rig.keyIds().get(0);
        rig.groups.rekey(OWNER, GROUP, Optional.empty());
        rig.time.pass(Duration.ofSeconds(1));

        rig.groups.revoke(OWNER, GROUP, old);

        assertThat(rig.keyIds()).hasSize(3).contains(old);
        assertThat(GroupRig.transports(rig.fetch(ALICE)))
                .extracting(one -> FakeMaking.field(one.message(), 2))
                .containsOnlyOnce("REVOKED");
    }

    @Test
    void tearDownRevokesTheKeysAndMembersAreTold() {
        rig.create(ALICE);
        rig.fetch(ALICE);

        GroupView ended = rig.groups.tearDown(OWNER, GROUP);

        assertThat(ended.group().state()).isEqualTo(GroupState.TORN_DOWN);
        assertThat(GroupRig.transports(rig.fetch(ALICE)))
                .extracting(one -> FakeMaking.field(one.message(), 2))
                .containsExactly("REVOKED", "REVOKED");
        refuses(KmsErrorCode.CONFLICT, () -> rig.groups.tearDown(OWNER, GROUP));
        refuses(KmsErrorCode.CONFLICT, () -> rig.groups.rekey(OWNER, GROUP, Optional.empty()));
        refuses(KmsErrorCode.CONFLICT, () -> rig.memberships.add(OWNER, GROUP, List.of(MemberOrder.own(BOB)), false));
        rig.time.pass(Duration.ofDays(31));
        rig.clock.sweep();
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.groups.find(OWNER, GROUP));
    }

    @Test
    void expiredKeysAreGivenNoMore() {
        KeyPlan plan =
                new KeyPlan(List.of(KeyUse.MEDIA), KeyPurpose.MKFC, Optional.empty(), Optional.of(Duration.ofHours(2)));
        rig.groups.create(OWNER, new GroupOrder(GROUP, "", McService.MCPTT, plan, List.of(MemberOrder.own(ALICE))));
        KeyIdentifier key = rig.keyIds().get(0);
        assertThat(GroupRig.transports(rig.fetch(ALICE))).hasSize(1);

        rig.time.pass(Duration.ofHours(2));

        assertThat(GroupRig.transports(rig.fetch(ALICE))).isEmpty();
        refuses(KmsErrorCode.CONFLICT, () -> rig.groups.revoke(OWNER, GROUP, key));
        rig.time.pass(Duration.ofDays(8));
        rig.clock.sweep();
        assertThat(rig.transactions.inNew(() -> rig.keys.find(key))).isEmpty();
    }

    @Test
    void plansThatCannotBeAreRefused() {
        assertThatExceptionOfType(org.mckms.mikeysakke.InvalidValueException.class)
                .isThrownBy(() -> new KeyPlan(
                        List.of(KeyUse.MEDIA),
                        KeyPurpose.MKFC,
                        Optional.of(Duration.ofHours(2)),
                        Optional.of(Duration.ofHours(1))));
        assertThatExceptionOfType(org.mckms.mikeysakke.InvalidValueException.class)
                .isThrownBy(() -> KeyPlan.of(List.of()));
        assertThatExceptionOfType(org.mckms.mikeysakke.InvalidValueException.class)
                .isThrownBy(
                        () -> new KeyPlan(List.of(KeyUse.FLOOR), KeyPurpose.CSK, Optional.empty(), Optional.empty()));
    }
}
