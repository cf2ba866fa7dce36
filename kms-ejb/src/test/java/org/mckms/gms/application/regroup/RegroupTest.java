package org.mckms.gms.application.regroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.gms.application.GroupCaller;
import org.mckms.gms.application.regroup.RegroupSystem.Mood;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupState;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.gms.domain.regroup.RegroupRole;
import org.mckms.gms.domain.regroup.RegroupState;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.delivery.DeliveryResult;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.McService;

/** Two GMSs that speak with each other through the documents on the wire; keys and groups are in memory. */
class RegroupTest {
    private static final String NORTH = "sip:gms@north.example";
    private static final String SOUTH = "sip:gms@south.example";
    private static final String TEMPORARY = "sip:tmp-7@north.example";
    private static final String NORTH_GROUP = "sip:fire@north.example";
    private static final String SOUTH_GROUP = "sip:fire@south.example";
    private static final GroupCaller NORTHERN = new GroupCaller(Set.of("sip:nora@north.example"), "192.0.2.7");
    private static final GroupCaller SOUTHERN = new GroupCaller(Set.of("sip:sam@south.example"), "192.0.2.8");

    private final ManualTime time = new ManualTime();
    private final RegroupSystem north =
            new RegroupSystem(NORTH, "sip:nora@north.example", time, RegroupSystem.partner(SOUTH));
    private final RegroupSystem south =
            new RegroupSystem(SOUTH, "sip:sam@south.example", time, RegroupSystem.partner(NORTH, SOUTH_GROUP));

    @BeforeEach
    void connect() {
        north.knows(south);
        south.knows(north);
        north.groups.has(NORTH_GROUP, "sip:nora@north.example", "sip:a1@north.example", "sip:a2@north.example");
        south.groups.has(SOUTH_GROUP, "sip:sam@south.example", "sip:b1@south.example", "sip:b2@south.example");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bothSystemsHoldTheSameKeys(boolean floorKey) {
        RegroupView started = north.regroups.start(NORTHERN, order(floorKey, SOUTH_GROUP));
        assertThat(started.parts())
                .singleElement()
                .extracting(RegroupPart::state)
                .isEqualTo(RegroupState.REQUESTED);

        assertThat(north.deliver()).containsExactly(DeliveryResult.delivered());

        assertThat(north.parts.only().state()).isEqualTo(RegroupState.DELIVERED);
        assertThat(south.parts.only().role()).isEqualTo(RegroupRole.PARTNER);
        assertThat(south.groups.membersOf(TEMPORARY)).containsExactly("sip:b1@south.example", "sip:b2@south.example");
        assertSameKeys(floorKey ? 2 : 1);
        assertThat(north.audit.events()).contains(AuditEvent.REGROUP_REQUESTED);
        assertThat(south.audit.events()).contains(AuditEvent.REGROUP_RECEIVED);
    }

    @Test
    void howTheMembersFareComesBack() {
        shared();
        south.deliver();
        assertThat(north.parts.only().state()).isEqualTo(RegroupState.STORED);

        south.groups.answer(TEMPORARY, 1, 0);
        south.watch.look();
        south.deliver();
        assertThat(north.parts.only().counts().acknowledged()).isEqualTo(1);
        assertThat(north.parts.only().counts().members()).isEqualTo(2);
        assertThat(north.parts.only().state()).isEqualTo(RegroupState.STORED);

        south.groups.answer(TEMPORARY, 1, 1);
        south.watch.look();
        south.deliver();
        assertThat(north.parts.only().state()).isEqualTo(RegroupState.SETTLED);
        assertThat(north.parts.only().reason()).contains("1 of 2 members could not take the keys");
        assertThat(north.audit.events()).contains(AuditEvent.REGROUP_ANSWERED);

        south.groups.answer(TEMPORARY, 2, 0);
        south.watch.look();
        south.deliver();
        assertThat(north.parts.only().counts().failed()).isZero();
        assertThat(north.parts.only().reason()).isEmpty();
    }

    @Test
    void aPartnerWithoutMembersIsSettledAtOnce() {
        south.groups.has(SOUTH_GROUP, "sip:sam@south.example");
        shared();
        south.deliver();

        assertThat(north.parts.only().state()).isEqualTo(RegroupState.SETTLED);
    }

    @Test
    void aPartnerWhoseMembersAllFailHasFailed() {
        shared();
        south.groups.answer(TEMPORARY, 0, 2);
        south.watch.look();
        south.deliver();

        assertThat(north.parts.only().state()).isEqualTo(RegroupState.FAILED);
    }

    @Test
    void aRefusalComesBackAlongTheSamePath() {
        north.regroups.start(NORTHERN, order(false, "sip:unknown@south.example"));

        assertThat(north.deliver()).singleElement().isInstanceOf(DeliveryResult.Dead.class);

        RegroupPart failed = north.parts.only();
        assertThat(failed.state()).isEqualTo(RegroupState.FAILED);
        assertThat(failed.reason().orElseThrow()).contains("NOT_FOUND");
        assertThat(north.audit.last().event()).isEqualTo(AuditEvent.REGROUP_FAILED);
        assertThat(south.groups.find(TEMPORARY)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"NEVER", "GARBAGE"})
    void aPartnerThatDoesNotAnswerIsTriedAgainAndShownAsFailedAfterAWhile(Mood mood) {
        north.is(mood);
        north.regroups.start(NORTHERN, order(false, SOUTH_GROUP));

        assertThat(north.deliver()).singleElement().isInstanceOf(DeliveryResult.Retry.class);
        assertThat(north.parts.only().state()).isEqualTo(RegroupState.REQUESTED);
        assertThat(north.parts.only().reason()).contains(mood.name());

        time.pass(RegroupSite.PATIENCE.plus(Duration.ofSeconds(1)));
        north.deliver();
        north.watch.look();
        assertThat(north.parts.only().state()).isEqualTo(RegroupState.FAILED);
        assertThat(north.parts.only().reason().orElseThrow()).contains(mood.name());
        assertThat(north.audit.events()).contains(AuditEvent.REGROUP_FAILED);

        north.is(Mood.WELL);
        assertThat(north.deliver()).containsExactly(DeliveryResult.delivered());
        south.deliver();
        assertThat(north.parts.only().state()).isEqualTo(RegroupState.STORED);
    }

    @Test
    void aPartnerThatTookTheKeysAndNeverSaysSoIsShownAsFailedUntilItDoes() {
        shared();
        time.pass(RegroupSite.PATIENCE.plus(Duration.ofSeconds(1)));
        north.watch.look();
        assertThat(north.parts.only().state()).isEqualTo(RegroupState.FAILED);

        south.deliver();
        assertThat(north.parts.only().state()).isEqualTo(RegroupState.STORED);
    }

    @ParameterizedTest
    @EnumSource(names = {"LATE", "TWICE"})
    void repetitionsChangeNothing(Mood mood) {
        north.is(mood);
        south.is(mood);
        north.regroups.start(NORTHERN, order(true, SOUTH_GROUP));

        north.deliver();
        south.deliver();
        north.is(Mood.WELL);
        south.is(Mood.WELL);
        north.deliver();
        south.deliver();

        assertSameKeys(2);
        assertThat(north.parts.only().state()).isEqualTo(RegroupState.STORED);
        assertThat(south.audit.events().stream().filter(AuditEvent.REGROUP_RECEIVED::equals))
                .hasSize(1);
    }

    @Test
    void withoutTheCertificateOfThePartnersKmsTheKeysWait() {
        north.messages.certificatesKnown(false);
        north.regroups.start(NORTHERN, order(false, SOUTH_GROUP));

        assertThat(north.deliver()).singleElement().isInstanceOf(DeliveryResult.Retry.class);
        assertThat(north.parts.only().reason().orElseThrow()).contains("kms.other");

        north.messages.certificatesKnown(true);
        assertThat(north.deliver()).containsExactly(DeliveryResult.delivered());
    }

    @Test
    void newKeysReachThoseWhoAreMembersNow() {
        String id = shared();
        south.deliver();
        south.groups.joins(SOUTH_GROUP, "sip:b3@south.example");

        RegroupView renewed = north.regroups.rekey(NORTHERN, id, Optional.empty());
        assertThat(renewed.parts())
                .singleElement()
                .extracting(RegroupPart::state)
                .isEqualTo(RegroupState.REQUESTED);
        north.deliver();
        south.deliver();

        assertThat(north.parts.only().generation()).isEqualTo(2);
        assertThat(north.parts.only().state()).isEqualTo(RegroupState.STORED);
        assertThat(south.groups.membersOf(TEMPORARY)).contains("sip:b3@south.example");
        assertSameKeys(2);
    }

    @Test
    void aPartnerThatMissedAGenerationGetsTheNewest() {
        String id = shared();
        north.is(Mood.NEVER);
        north.regroups.rekey(NORTHERN, id, Optional.empty());
        north.deliver();
        north.regroups.rekey(NORTHERN, id, Optional.empty());
        north.is(Mood.WELL);
        north.deliver();

        assertThat(south.parts.only().generation()).isEqualTo(3);
        assertThat(newest(north)).isEqualTo(newest(south));
    }

    @Test
    void keysThatAreMadeByOtherWaysFollow() {
        shared();
        north.groups.rekey(TEMPORARY, List.of(NORTH_GROUP), Optional.empty(), time.instant());

        north.watch.look();
        north.deliver();

        assertThat(south.parts.only().generation()).isEqualTo(2);
        assertThat(newest(north)).isEqualTo(newest(south));

        north.groups.tearDown(TEMPORARY, time.instant());
        north.watch.look();
        north.deliver();
        assertThat(south.parts.only().state()).isEqualTo(RegroupState.ENDED);
    }

    @Test
    void thePrimaryEndsItForAll() {
        String id = shared();

        assertThat(north.regroups.tearDown(NORTHERN, id).parts())
                .singleElement()
                .extracting(RegroupPart::state)
                .isEqualTo(RegroupState.ENDING);
        north.is(Mood.NEVER);
        assertThat(north.deliver()).singleElement().isInstanceOf(DeliveryResult.Retry.class);
        assertThat(north.parts.only().reason()).contains("NEVER");
        north.is(Mood.TWICE);
        north.deliver();

        assertThat(north.parts.only().state()).isEqualTo(RegroupState.ENDED);
        assertThat(south.parts.only().state()).isEqualTo(RegroupState.ENDED);
        assertThat(state(north)).isEqualTo(GroupState.TORN_DOWN);
        assertThat(state(south)).isEqualTo(GroupState.TORN_DOWN);
        assertThat(north.regroups.tearDown(NORTHERN, id).parts())
                .singleElement()
                .extracting(RegroupPart::state)
                .isEqualTo(RegroupState.ENDED);
        assertRefused(KmsErrorCode.CONFLICT, () -> north.regroups.rekey(NORTHERN, id, Optional.empty()));
    }

    @Test
    void thePartnerLeavesAndNobodyRemains() {
        String id = shared();

        south.regroups.tearDown(SOUTHERN, id);
        south.deliver();

        assertThat(south.parts.only().state()).isEqualTo(RegroupState.ENDED);
        assertThat(north.parts.only().state()).isEqualTo(RegroupState.ENDED);
        assertThat(state(north)).isEqualTo(GroupState.TORN_DOWN);
    }

    @Test
    void thoseWhoRemainGetNewKeysWhenAPartnerLeaves() {
        String west = "sip:gms@west.example";
        String westGroup = "sip:fire@west.example";
        RegroupSystem third = new RegroupSystem(west, "sip:wes@west.example", time, RegroupSystem.partner(NORTH, "*"));
        RegroupSystem centre = new RegroupSystem(
                NORTH, "sip:nora@north.example", time, RegroupSystem.partner(SOUTH), RegroupSystem.partner(west));
        centre.knows(south, third);
        third.knows(centre);
        south.knows(centre);
        third.groups.has(westGroup, "sip:wes@west.example", "sip:c1@west.example");
        centre.groups.has(NORTH_GROUP, "sip:nora@north.example", "sip:a1@north.example");
        String id = centre.regroups
                .start(
                        NORTHERN,
                        new RegroupOrder(
                                TEMPORARY,
                                "",
                                McService.MCPTT,
                                false,
                                List.of(NORTH_GROUP),
                                List.of(
                                        new RegroupOrder.Share(SOUTH, List.of(SOUTH_GROUP)),
                                        new RegroupOrder.Share(west, List.of(westGroup))),
                                Optional.empty()))
                .id();
        centre.deliver();

        third.regroups.tearDown(new GroupCaller(Set.of("sip:wes@west.example"), "192.0.2.9"), id);
        third.deliver();
        centre.deliver();

        assertThat(newest(centre)).isEqualTo(newest(south)).isNotEqualTo(newest(third));
        assertThat(state(centre)).isEqualTo(GroupState.ACTIVE);
        assertThat(state(third)).isEqualTo(GroupState.TORN_DOWN);
        assertThat(centre.regroups.show(NORTHERN, id).parts())
                .extracting(RegroupPart::state)
                .containsExactly(RegroupState.DELIVERED, RegroupState.ENDED);
    }

    @Test
    void onlyManagersRegroupTheirOwnGroupsWithConfiguredPartners() {
        assertRefused(KmsErrorCode.NOT_GROUP_MANAGER, () -> north.regroups.start(SOUTHERN, order(false, SOUTH_GROUP)));
        north.groups.has("sip:police@north.example", "sip:paul@north.example");
        assertRefused(
                KmsErrorCode.NOT_FOUND,
                () -> north.regroups.start(NORTHERN, order(List.of("sip:police@north.example"), SOUTH)));
        assertRefused(
                KmsErrorCode.NOT_FOUND,
                () -> north.regroups.start(NORTHERN, order(List.of(NORTH_GROUP), "sip:gms@nowhere.example")));
        assertThat(north.outbox.entries()).isEmpty();
    }

    @Test
    void aRegroupExistsOnlyForThoseItConcerns() {
        String id = shared();

        assertRefused(KmsErrorCode.NOT_FOUND, () -> north.regroups.show(SOUTHERN, id));
        assertRefused(KmsErrorCode.NOT_FOUND, () -> north.regroups.tearDown(SOUTHERN, id));
        assertRefused(KmsErrorCode.NOT_FOUND, () -> south.regroups.show(NORTHERN, id));
        assertThat(north.regroups.list(SOUTHERN, Optional.empty(), 10)).isEmpty();
        assertThat(north.regroups.list(NORTHERN, Optional.empty(), 10)).hasSize(1);
        assertThat(south.regroups.show(SOUTHERN, id).role()).isEqualTo(RegroupRole.PARTNER);
        assertRefused(KmsErrorCode.MALFORMED_REQUEST, () -> north.regroups.list(NORTHERN, Optional.empty(), 501));
    }

    private String shared() {
        String id = north.regroups.start(NORTHERN, order(false, SOUTH_GROUP)).id();
        north.deliver();
        return id;
    }

    private static RegroupOrder order(boolean floorKey, String southGroup) {
        return new RegroupOrder(
                TEMPORARY,
                "",
                McService.MCPTT,
                floorKey,
                List.of(NORTH_GROUP),
                List.of(new RegroupOrder.Share(SOUTH, List.of(southGroup))),
                Optional.empty());
    }

    private static RegroupOrder order(List<String> ownGroups, String partner) {
        return new RegroupOrder(
                TEMPORARY,
                "",
                McService.MCPTT,
                false,
                ownGroups,
                List.of(new RegroupOrder.Share(partner, List.of(SOUTH_GROUP))),
                Optional.empty());
    }

    private void assertSameKeys(int count) {
        assertThat(secrets(north)).hasSize(count).isEqualTo(secrets(south));
        assertThat(newest(north)).isEqualTo(newest(south));
    }

    /** Identifier, RAND and octets of each key. */
    private static List<List<Object>> secrets(RegroupSystem system) {
        return system.groups.storedKeys(TEMPORARY).stream()
                .map(stored -> List.<Object>of(
                        stored.key().keyId(),
                        stored.key().rand(),
                        stored.key().purpose(),
                        Octets.copyOf(stored.secret())))
                .toList();
    }

    private static List<Object> newest(RegroupSystem system) {
        List<List<Object>> all = secrets(system);
        return all.get(all.size() - 1);
    }

    private static GroupState state(RegroupSystem system) {
        return system.groups.find(TEMPORARY).map(Group::state).orElseThrow();
    }

    private static void assertRefused(KmsErrorCode code, ThrowingCallable act) {
        assertThatThrownBy(act).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
