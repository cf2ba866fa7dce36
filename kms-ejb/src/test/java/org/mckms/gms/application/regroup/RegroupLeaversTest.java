package org.mckms.gms.application.regroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mckms.gms.application.GroupCaller;
import org.mckms.gms.application.regroup.RegroupSystem.Mood;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.gms.domain.regroup.RegroupState;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.platform.delivery.DeliveryResult;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.McService;
import org.mckms.protocol.group.RegroupRekeyRequest;

/** Users who leave groups that take part in a temporary group over two systems. */
class RegroupLeaversTest {
    private static final String NORTH = "sip:gms@north.example";
    private static final String SOUTH = "sip:gms@south.example";
    private static final String TEMPORARY = "sip:tmp-7@north.example";
    private static final String NORTH_GROUP = "sip:fire@north.example";
    private static final String NORTH_POLICE = "sip:police@north.example";
    private static final String SOUTH_GROUP = "sip:fire@south.example";
    private static final String A1 = "sip:a1@north.example";
    private static final String A2 = "sip:a2@north.example";
    private static final String B1 = "sip:b1@south.example";
    private static final String B2 = "sip:b2@south.example";
    private static final GroupCaller NORTHERN = new GroupCaller(Set.of("sip:nora@north.example"), "192.0.2.7");
    private static final GroupCaller SOUTHERN = new GroupCaller(Set.of("sip:sam@south.example"), "192.0.2.8");

    private final ManualTime time = new ManualTime();
    private final RegroupSystem north =
            new RegroupSystem(NORTH, "sip:nora@north.example", time, RegroupSystem.partner(SOUTH));
    private final RegroupSystem south =
            new RegroupSystem(SOUTH, "sip:sam@south.example", time, RegroupSystem.partner(NORTH, SOUTH_GROUP));
    private String id;

    @BeforeEach
    void share() {
        north.knows(south);
        south.knows(north);
        north.groups.has(NORTH_GROUP, "sip:nora@north.example", A1, A2);
        north.groups.has(NORTH_POLICE, "sip:nora@north.example", A2);
        south.groups.has(SOUTH_GROUP, "sip:sam@south.example", B1, B2);
        id = north.regroups
                .start(
                        NORTHERN,
                        new RegroupOrder(
                                TEMPORARY,
                                "",
                                McService.MCPTT,
                                false,
                                List.of(NORTH_GROUP, NORTH_POLICE),
                                List.of(new RegroupOrder.Share(SOUTH, List.of(SOUTH_GROUP))),
                                Optional.empty()))
                .id();
        north.deliver();
        south.deliver();
        time.pass(RegroupSite.LEAST_LIFE);
    }

    @Test
    void whoLeavesAGroupOfThePrimaryIsOutAndAllOthersGetNewKeys() {
        north.leaves(NORTHERN, NORTH_GROUP, A1);

        assertThat(north.groups.membersOf(TEMPORARY)).containsExactly(A2);
        assertThat(north.parts.only().state()).isEqualTo(RegroupState.REQUESTED);
        assertThat(north.audit.events()).contains(AuditEvent.GROUP_MEMBERS_CHANGED, AuditEvent.REGROUP_REQUESTED);

        north.deliver();
        assertThat(south.parts.only().generation()).isEqualTo(2);
        assertThat(newest(south)).isEqualTo(newest(north));
    }

    @Test
    void whoIsStillInAnotherPartStays() {
        north.leaves(NORTHERN, NORTH_GROUP, A2);

        assertThat(north.groups.membersOf(TEMPORARY)).containsExactly(A1, A2);
        assertThat(north.parts.only().generation()).isEqualTo(1);
        assertThat(north.outbox.entries()).isEmpty();
    }

    @Test
    void whoLeavesAGroupOfAPartnerIsOutAtOnceAndThePrimaryMakesNewKeys() {
        KeyIdentifier before = newest(south);

        south.leaves(SOUTHERN, SOUTH_GROUP, B1);

        assertThat(south.groups.membersOf(TEMPORARY)).containsExactly(B2);
        assertThat(south.parts.only().generation()).isEqualTo(1);
        assertThat(south.deliver()).containsExactly(DeliveryResult.delivered());
        assertThat(north.parts.only().generation()).isEqualTo(2);
        north.deliver();
        assertThat(south.parts.only().generation()).isEqualTo(2);
        assertThat(newest(south)).isEqualTo(newest(north)).isNotEqualTo(before);
        assertThat(south.groups.membersOf(TEMPORARY)).containsExactly(B2);
    }

    @Test
    void aPartnerAsksUntilThePrimaryHasHeardOfIt() {
        south.is(Mood.NEVER);
        south.leaves(SOUTHERN, SOUTH_GROUP, B1);
        assertThat(south.deliver()).singleElement().isInstanceOf(DeliveryResult.Retry.class);

        south.is(Mood.LATE);
        assertThat(south.deliver()).singleElement().isInstanceOf(DeliveryResult.Retry.class);
        south.is(Mood.WELL);
        assertThat(south.deliver()).containsExactly(DeliveryResult.delivered());

        assertThat(north.parts.only().generation()).isEqualTo(2);
    }

    @Test
    void severalWhoLeaveOneAfterTheOtherCostOneGeneration() {
        south.leaves(SOUTHERN, SOUTH_GROUP, B1);
        south.leaves(SOUTHERN, SOUTH_GROUP, B2);

        assertThat(south.outbox.entries()).hasSize(1);
        south.deliver();
        assertThat(north.parts.only().generation()).isEqualTo(2);
    }

    @Test
    void aPartnerThatAsksWithoutEndIsHeldBack() {
        wants(1);
        assertRefused(KmsErrorCode.NOT_READY, () -> wants(2));
        assertThat(north.parts.only().generation()).isEqualTo(2);

        time.pass(RegroupSite.LEAST_LIFE.plus(Duration.ofSeconds(1)));
        wants(2);
        assertThat(north.parts.only().generation()).isEqualTo(3);
    }

    @Test
    void aWishThatIsFulfilledAlreadyChangesNothing() {
        wants(1);
        wants(1);

        assertThat(north.parts.only().generation()).isEqualTo(2);
    }

    @Test
    void aWishForAnythingElseIsRefused() {
        RegroupRekeyRequest good = wish(1);
        assertRefused(KmsErrorCode.CONFLICT, () -> wants(2));
        assertRefused(
                KmsErrorCode.NOT_FOUND,
                () -> north.face.rekeyWanted(
                        south.asCaller(), new RegroupRekeyRequest("other", 1, TEMPORARY, NORTH, SOUTH)));
        assertRefused(
                KmsErrorCode.NOT_FOUND,
                () -> north.face.rekeyWanted(
                        south.asCaller(), new RegroupRekeyRequest(id, 1, NORTH_GROUP, NORTH, SOUTH)));
        assertRefused(
                KmsErrorCode.FORBIDDEN_IDENTITY,
                () -> north.face.rekeyWanted(
                        south.asCaller(), new RegroupRekeyRequest(id, 1, TEMPORARY, SOUTH, SOUTH)));
        assertRefused(
                KmsErrorCode.FORBIDDEN_IDENTITY,
                () -> north.face.rekeyWanted(
                        south.asCaller(), new RegroupRekeyRequest(id, 1, TEMPORARY, NORTH, "sip:gms@west.example")));
        assertRefused(
                KmsErrorCode.NOT_FOUND,
                () -> north.face.rekeyWanted(new PartnerCaller("sip:gms@west.example", "192.0.2.9"), good));
        assertThat(north.parts.only().generation()).isEqualTo(1);
    }

    @Test
    void afterTheEndNobodyIsAsked() {
        south.leaves(SOUTHERN, SOUTH_GROUP, B1);
        south.regroups.tearDown(SOUTHERN, id);
        south.deliver();

        assertThat(south.outbox.entries()).isEmpty();
        assertRefused(KmsErrorCode.CONFLICT, () -> wants(1));
        assertThat(north.parts.only().generation()).isEqualTo(1);
    }

    @Test
    void theOwnerOfAPartnersGroupMayWantNewKeys() {
        assertThat(south.regroups.rekey(SOUTHERN, id, Optional.empty()).parts())
                .singleElement()
                .extracting(RegroupPart::generation)
                .isEqualTo(1L);
        south.deliver();

        assertThat(north.parts.only().generation()).isEqualTo(2);
        assertRefused(
                KmsErrorCode.CONFLICT,
                () -> south.regroups.rekey(SOUTHERN, id, Optional.of(Instant.parse("2031-01-01T00:00:00Z"))));
    }

    private void wants(long generation) {
        north.face.rekeyWanted(south.asCaller(), wish(generation));
    }

    private RegroupRekeyRequest wish(long generation) {
        return new RegroupRekeyRequest(id, generation, TEMPORARY, NORTH, SOUTH);
    }

    private static KeyIdentifier newest(RegroupSystem system) {
        List<MemoryGroups.Stored> keys = system.groups.storedKeys(TEMPORARY);
        return keys.get(keys.size() - 1).key().keyId();
    }

    private static void assertRefused(KmsErrorCode code, ThrowingCallable act) {
        assertThatThrownBy(act).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
