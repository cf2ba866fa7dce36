package org.mckms.gms.application.regroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mckms.gms.domain.regroup.RegroupState;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.Gktp;
import org.mckms.protocol.group.GktpDocument;
import org.mckms.protocol.group.KeyTransports;
import org.mckms.protocol.group.McService;
import org.mckms.protocol.group.RegroupAcknowledgement;
import org.mckms.protocol.group.RegroupNotification;
import org.mckms.protocol.group.RegroupTeardown;
import org.mckms.protocol.group.RegroupedTransports;

/** What the GMS of a partner, or somebody in its name, may try at the partner's resources. */
class RegroupAttackTest {
    private static final String NORTH = "sip:gms@north.example";
    private static final String WEST = "sip:gms@west.example";
    private static final String SOUTH = "sip:gms@south.example";
    private static final String TEMPORARY = "sip:tmp-7@north.example";
    private static final String OPEN = "sip:fire@south.example";
    private static final PartnerCaller AS_NORTH = new PartnerCaller(NORTH, "192.0.2.1");
    private static final PartnerCaller AS_WEST = new PartnerCaller(WEST, "192.0.2.2");

    private final RegroupSystem south = new RegroupSystem(
            SOUTH,
            "sip:sam@south.example",
            new ManualTime(),
            RegroupSystem.partner(NORTH, OPEN),
            RegroupSystem.partner(WEST, OPEN));

    @BeforeEach
    void haveGroups() {
        south.groups.has(OPEN, "sip:sam@south.example", "sip:b1@south.example");
        south.groups.has("sip:secret@south.example", "sip:sam@south.example", "sip:b1@south.example");
    }

    @Test
    void theCallerIsThePrimaryAndThisGmsThePartner() {
        assertRefused(KmsErrorCode.FORBIDDEN_IDENTITY, () -> south.face.notified(AS_WEST, notification(1, key(1, 1))));
        assertRefused(
                KmsErrorCode.FORBIDDEN_IDENTITY,
                () -> south.face.notified(
                        AS_NORTH,
                        new RegroupNotification(
                                "r", 1, TEMPORARY, NORTH, WEST, List.of(OPEN), McService.MCPTT, gmks(key(1, 1)))));
        assertRefused(
                KmsErrorCode.NOT_FOUND,
                () -> south.face.notified(
                        new PartnerCaller("sip:gms@nowhere.example", "192.0.2.3"), notification(1, key(1, 1))));
        assertNothingKept();
    }

    @Test
    void aTemporaryGroupLiesInTheDomainOfItsPrimary() {
        for (String group :
                List.of(OPEN, "sip:tmp-7@south.example", "sip:tmp-7@north.example.org", "sip:north.example")) {
            assertRefused(
                    KmsErrorCode.FORBIDDEN_IDENTITY,
                    () -> south.face.notified(
                            AS_NORTH,
                            new RegroupNotification(
                                    "r", 1, group, NORTH, SOUTH, List.of(OPEN), McService.MCPTT, gmks(key(1, 1)))));
        }
        assertNothingKept();
    }

    @Test
    void onlyOpenGroupsTakePart() {
        for (String group : List.of("sip:secret@south.example", "sip:none@south.example", "sip:FIRE@south.example")) {
            assertRefused(
                    KmsErrorCode.NOT_FOUND,
                    () -> south.face.notified(
                            AS_NORTH,
                            new RegroupNotification(
                                    "r",
                                    1,
                                    TEMPORARY,
                                    NORTH,
                                    SOUTH,
                                    List.of(OPEN, group),
                                    McService.MCPTT,
                                    gmks(key(1, 1)))));
        }
        assertNothingKept();
    }

    @Test
    void aKeyMessageIsForThisGmsFromThisPrimaryForThisGroup() {
        assertKeyRefused("NOT_FOR_ME", message(NORTH, WEST, KeyPurpose.GMK, 1, 1, TEMPORARY));
        assertKeyRefused("NOT_AUTHORISED", message(WEST, SOUTH, KeyPurpose.GMK, 1, 1, TEMPORARY));
        assertKeyRefused("KEY_MISMATCH", message(NORTH, SOUTH, KeyPurpose.GMK, 1, 1, "sip:other@north.example"));
        assertKeyRefused("KEY_MISMATCH", message(NORTH, SOUTH, KeyPurpose.GMK, 1, 1, TEMPORARY + "," + OPEN));
        assertKeyRefused("KEY_MISMATCH", message(NORTH, SOUTH, KeyPurpose.MKFC, 1, 1, TEMPORARY));
        assertKeyRefused("MALFORMED", Octets.fromHex("00"));
        assertNothingKept();
        assertThat(south.audit.events()).containsOnly(AuditEvent.REGROUP_FAILED);
    }

    @Test
    void keysStandInTheListOfTheGroupForThisReceiverOnePerUse() {
        Octets good = key(1, 1);
        assertRefused(
                KmsErrorCode.KEY_MESSAGE_REFUSED,
                () -> south.face.notified(AS_NORTH, with(document(KeyTransports.of(List.of(new Gktp(SOUTH, good)))))));
        assertRefused(
                KmsErrorCode.KEY_MESSAGE_REFUSED,
                () -> south.face.notified(
                        AS_NORTH,
                        with(document(KeyTransports.of(
                                new RegroupedTransports("sip:other@north.example", List.of(new Gktp(SOUTH, good))))))));
        assertRefused(
                KmsErrorCode.KEY_MESSAGE_REFUSED,
                () -> south.face.notified(
                        AS_NORTH,
                        with(document(
                                KeyTransports.of(new RegroupedTransports(TEMPORARY, List.of(new Gktp(WEST, good))))))));
        assertRefused(
                KmsErrorCode.KEY_MESSAGE_REFUSED,
                () -> south.face.notified(AS_NORTH, notification(1, good, key(2, 2))));
        assertRefused(
                KmsErrorCode.KEY_MESSAGE_REFUSED,
                () -> south.face.notified(AS_NORTH, notification(1, good, key(2, 2), key(3, 3))));
        assertRefused(
                KmsErrorCode.KEY_MESSAGE_REFUSED,
                () -> south.face.notified(
                        AS_NORTH, with(new GktpDocument(McService.MCPTT, Optional.empty(), Optional.empty()))));
        assertNothingKept();
    }

    @Test
    void aGroupOrKeyThatIsHeldIsNotTaken() {
        south.face.notified(AS_NORTH, notification(1, key(1, 1)));

        assertRefused(
                KmsErrorCode.KEY_MESSAGE_REFUSED,
                () -> south.face.notified(
                        AS_WEST,
                        new RegroupNotification(
                                "w",
                                1,
                                "sip:tmp@west.example",
                                WEST,
                                SOUTH,
                                List.of(OPEN),
                                McService.MCPTT,
                                document(KeyTransports.of(new RegroupedTransports(
                                        "sip:tmp@west.example",
                                        List.of(new Gktp(
                                                SOUTH,
                                                message(
                                                        WEST,
                                                        SOUTH,
                                                        KeyPurpose.GMK,
                                                        1,
                                                        9,
                                                        "sip:tmp@west.example")))))))));
        for (String taken : List.of(TEMPORARY, "sip:secret@south.example")) {
            assertRefused(
                    KmsErrorCode.FORBIDDEN_IDENTITY,
                    () -> south.face.notified(
                            AS_WEST,
                            new RegroupNotification(
                                    "w2",
                                    1,
                                    taken,
                                    WEST,
                                    SOUTH,
                                    List.of(OPEN),
                                    McService.MCPTT,
                                    document(KeyTransports.of(new RegroupedTransports(
                                            taken,
                                            List.of(new Gktp(
                                                    SOUTH, message(WEST, SOUTH, KeyPurpose.GMK, 5, 5, taken)))))))));
        }
        assertThat(south.parts.only().key().primaryGmsUri()).isEqualTo(NORTH);
    }

    @Test
    void oldAndOtherKeysUnderAKnownNameAreRefused() {
        south.face.notified(AS_NORTH, notification(2, key(1, 1)));

        assertRefused(
                KmsErrorCode.KEY_MESSAGE_REFUSED, () -> south.face.notified(AS_NORTH, notification(1, key(2, 2))));
        assertRefused(
                KmsErrorCode.KEY_MESSAGE_REFUSED, () -> south.face.notified(AS_NORTH, notification(2, key(2, 2))));
        assertRefused(
                KmsErrorCode.KEY_MESSAGE_REFUSED, () -> south.face.notified(AS_NORTH, notification(2, key(1, 3))));
        assertRefused(
                KmsErrorCode.KEY_MESSAGE_REFUSED, () -> south.face.notified(AS_NORTH, notification(3, key(1, 1))));

        assertThat(south.groups.storedKeys(TEMPORARY)).hasSize(1);
        assertThat(south.parts.only().generation()).isEqualTo(2);
    }

    @Test
    void afterTheEndNothingComesBack() {
        RegroupTeardown end = new RegroupTeardown("r", TEMPORARY, NORTH, SOUTH);
        south.face.notified(AS_NORTH, notification(1, key(1, 1)));
        south.face.ended(AS_NORTH, end);
        south.face.ended(AS_NORTH, end);

        assertRefused(KmsErrorCode.CONFLICT, () -> south.face.notified(AS_NORTH, notification(2, key(2, 2))));
        assertThat(south.parts.only().state()).isEqualTo(RegroupState.ENDED);
    }

    @Test
    void onlyTheTwoSidesEndIt() {
        south.face.notified(AS_NORTH, notification(1, key(1, 1)));

        assertRefused(
                KmsErrorCode.FORBIDDEN_IDENTITY,
                () -> south.face.ended(AS_WEST, new RegroupTeardown("r", TEMPORARY, NORTH, SOUTH)));
        assertRefused(
                KmsErrorCode.FORBIDDEN_IDENTITY,
                () -> south.face.ended(AS_WEST, new RegroupTeardown("r", TEMPORARY, NORTH, WEST)));
        assertRefused(
                KmsErrorCode.NOT_FOUND,
                () -> south.face.ended(AS_WEST, new RegroupTeardown("r", TEMPORARY, WEST, SOUTH)));
        assertRefused(
                KmsErrorCode.NOT_FOUND,
                () -> south.face.ended(AS_NORTH, new RegroupTeardown("r", "sip:other@north.example", NORTH, SOUTH)));
        assertThat(south.parts.only().state()).isEqualTo(RegroupState.STORED);
    }

    @Test
    void answersForOthersOrForNothingAreRefused() {
        RegroupAcknowledgement answer = new RegroupAcknowledgement(
                "r", 1, NORTH, RegroupAcknowledgement.Outcome.SETTLED, 1, 1, 0, Optional.empty());

        assertRefused(KmsErrorCode.FORBIDDEN_IDENTITY, () -> south.face.acknowledged(AS_WEST, answer));
        assertRefused(KmsErrorCode.NOT_FOUND, () -> south.face.acknowledged(AS_NORTH, answer));
    }

    private void assertKeyRefused(String fault, Octets message) {
        assertThatThrownBy(() -> south.face.notified(AS_NORTH, notification(1, message)))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(KmsErrorCode.KEY_MESSAGE_REFUSED))
                .hasMessageContaining(fault);
    }

    private void assertNothingKept() {
        assertThat(south.groups.find(TEMPORARY)).isEmpty();
        assertThat(south.parts.ofRegroup("r")).isEmpty();
        assertThat(south.outbox.entries()).isEmpty();
    }

    private static Octets key(int id, int seed) {
        return message(NORTH, SOUTH, KeyPurpose.GMK, id, seed, TEMPORARY);
    }

    private static Octets message(String sender, String receiver, KeyPurpose purpose, int id, int seed, String groups) {
        return PlainMessages.message(
                sender,
                receiver,
                purpose,
                new KeyIdentifier(purpose.tag() << 28 | id),
                Octets.fromHex(("0" + seed).repeat(16)),
                ("1" + seed).repeat(16),
                groups);
    }

    private static RegroupNotification notification(long generation, Octets... messages) {
        return new RegroupNotification(
                "r", generation, TEMPORARY, NORTH, SOUTH, List.of(OPEN), McService.MCPTT, gmks(messages));
    }

    private static RegroupNotification with(GktpDocument keys) {
        return new RegroupNotification("r", 1, TEMPORARY, NORTH, SOUTH, List.of(OPEN), McService.MCPTT, keys);
    }

    private static GktpDocument gmks(Octets... messages) {
        List<Gktp> transports = List.of(messages).stream()
                .map(octets -> new Gktp(SOUTH, octets))
                .toList();
        return document(KeyTransports.of(new RegroupedTransports(TEMPORARY, transports)));
    }

    private static GktpDocument document(KeyTransports gmks) {
        return new GktpDocument(McService.MCPTT, Optional.of(gmks), Optional.empty());
    }

    private static void assertRefused(KmsErrorCode code, ThrowingCallable act) {
        assertThatThrownBy(act).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
