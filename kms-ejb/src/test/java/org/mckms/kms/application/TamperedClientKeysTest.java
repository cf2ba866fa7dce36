package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.kms.application.ServerRig.ALICE;
import static org.mckms.kms.application.ServerRig.BOB;
import static org.mckms.kms.application.ServerRig.user;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.kms.domain.ClientKeysId;
import org.mckms.kms.domain.ProvisioningRequest;
import org.mckms.kms.domain.RevisionMarks;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** What somebody achieves who can write to the database but not use the token. */
class TamperedClientKeysTest {

    private static final ClientKeysId PHONE = new ClientKeysId(ALICE, "phone");

    private final ServerRig rig = new ServerRig();
    private TestDevice phone;

    @BeforeEach
    void register() {
        rig.epoch();
        phone = TestDevice.registered(rig, ALICE, "phone");
        phone.ask().response().close();
    }

    @AfterEach
    void close() {
        phone.close();
        rig.close();
    }

    private void assertTampered(ProvisioningRequest request, String uri) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> rig.provision(user(uri), request).close())
                .satisfies(e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(KmsErrorCode.INTERNAL));
        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.ROW_TAMPERED);
        assertThat(rig.audit.last().details()).containsEntry("table", "client-keys");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "device = 'tablet'",
                "revision = revision + 1",
                "key_number = 7",
                "usable_until = rotated_at",
                "registered_at = DATEADD('SECOND', 1, registered_at)",
                "rotated_at = DATEADD('DAY', 1, rotated_at)",
                "rotation_ordered = TRUE",
                "pending_names = active_names",
                "sealed_iv = '000000000000000000000000'",
                "state = 'REGISTERED'",
                "state = 'LOST'",
                "sealed_keys = 'zz'"
            })
    void everyColumnThatDecidesIsUnderTheTag(String change) {
        ProvisioningRequest request = phone.request();

        rig.database.tamper("UPDATE kms_client_keys SET " + change);

        assertTampered(request, ALICE);
    }

    @Test
    void keysMovedToAnotherIdentityOpenForNobody() {
        rig.database.tamper("UPDATE kms_client_keys SET owner_uri = '" + BOB + "'");
        ProvisioningRequest request = new ProvisioningRequest(
                Optional.of(BOB),
                Optional.empty(),
                Optional.of(SignedRequests.signed(
                        SignedRequests.request(BOB, rig.time.instant(), ServerRig.BASE + ServerRig.PATH + "/" + BOB),
                        phone.keys().signingKey())),
                ServerRig.PATH + "/" + BOB);

        assertTampered(request, BOB);
    }

    @Test
    void anotherDevicesKeysDoNotFitThisRow() {
        try (TestDevice tablet = TestDevice.registered(rig, ALICE, "tablet")) {
            tablet.ask().response().close();
            rig.database.tamper("UPDATE kms_client_keys SET (sealed_iv, sealed_keys) ="
                    + " (SELECT sealed_iv, sealed_keys FROM kms_client_keys WHERE device = 'tablet')"
                    + " WHERE device = 'phone'");

            assertTampered(phone.request(), ALICE);
        }
    }

    @Test
    void aRowPutBackToAnOlderRevisionIsRefused() {
        rig.database.tamper("CREATE TABLE kept AS SELECT * FROM kms_client_keys");
        rig.time.advance(Duration.ofDays(30));
        phone.ask().response().close();
        rig.database.tamper("DELETE FROM kms_client_keys");
        rig.database.tamper("INSERT INTO kms_client_keys SELECT * FROM kept");

        assertTampered(phone.request(), ALICE);
    }

    @Test
    void aRevokedDeviceDoesNotComeBack() {
        rig.database.tamper("CREATE TABLE kept AS SELECT * FROM kms_client_keys");
        rig.clientKeys.committed(rig.transactions.inNew(() -> rig.clientKeys.revoke(PHONE, rig.time.instant())));
        rig.database.tamper("DELETE FROM kms_client_keys");
        rig.database.tamper("INSERT INTO kms_client_keys SELECT * FROM kept");

        assertTampered(phone.request(), ALICE);
    }

    @Test
    void removingTheRowDoesNotRemoveTheDutyToSign() {
        rig.database.tamper("DELETE FROM kms_client_keys");

        assertTampered(ServerRig.request(ALICE), ALICE);
    }

    @Test
    void registeringAgainHealsATamperedRow() {
        rig.database.tamper("UPDATE kms_client_keys SET revision = 99, sealed_keys = 'zz'");

        try (TestDevice again = TestDevice.registered(rig, ALICE, "phone")) {
            again.ask().response().close();
        }
    }

    @Test
    void afterARestartTheAuditTrailSaysHowFarRowsHadCome() {
        rig.audit.record(Notes.of(
                rig.transactions.inNew(() -> rig.clientKeys.revoke(PHONE, rig.time.instant())),
                Notes.operator(AuditEvent.CLIENT_KEYS_REVOKED, ServerRig.OFFICER, ALICE)));
        RevisionMarks marks = new RevisionMarks(100);

        new ClientKeysTrail(TestTrail.of(rig.audit.notes()), marks).read();

        assertThat(marks.newest(PHONE)).isEqualTo(3);
        assertThat(marks.isKnown(ALICE)).isTrue();
        assertThat(marks.isKnown(BOB)).isFalse();
    }

    @Test
    void aRecordWithoutItsChangeLocksNobodyOut() {
        RevisionMarks marks = new RevisionMarks(100);
        AuditNote rotated = AuditNote.of(AuditEvent.CLIENT_KEYS_ROTATED, AuditNote.OK, "client:" + ALICE, ALICE)
                .with("device", "phone")
                .with("revision", "5");
        AuditNote revoked = AuditNote.of(AuditEvent.CLIENT_KEYS_REVOKED, AuditNote.OK, "operator:o", BOB)
                .with("device", "phone")
                .with("revision", "4");

        new ClientKeysTrail(TestTrail.of(List.of(rotated, revoked, revoked.withOutcome("failed"))), marks).read();

        assertThat(marks.newest(PHONE)).isEqualTo(4);
        assertThat(marks.newest(new ClientKeysId(BOB, "phone"))).isEqualTo(3);
    }

    @Test
    void aFirstRegistrationThatMayNotHaveComeToPassLocksNobodyOut() {
        RevisionMarks marks = new RevisionMarks(100);
        AuditNote registered = AuditNote.of(AuditEvent.CLIENT_KEYS_REGISTERED, AuditNote.OK, "operator:o", BOB)
                .with("device", "phone")
                .with("revision", "1");

        new ClientKeysTrail(TestTrail.of(List.of(registered)), marks).read();
        assertThat(marks.isKnown(BOB)).isFalse();

        new ClientKeysTrail(TestTrail.of(List.of(registered, registered.withOutcome("failed"))), marks).read();
        assertThat(marks.isKnown(BOB)).isFalse();

        new ClientKeysTrail(TestTrail.of(List.of(registered, registered.with("revision", "2"))), marks).read();
        assertThat(marks.newest(new ClientKeysId(BOB, "phone"))).isEqualTo(2);
    }

    @Test
    void anOrderedRotationCountsFromTheNextChangeOn() {
        RevisionMarks marks = new RevisionMarks(100);
        AuditNote ordered = AuditNote.of(AuditEvent.CLIENT_KEYS_ROTATION_ORDERED, AuditNote.OK, "operator:o", ALICE)
                .with("device", "phone")
                .with("revision", "7");

        new ClientKeysTrail(TestTrail.of(List.of(ordered)), marks).read();

        assertThat(marks.newest(PHONE)).isEqualTo(6);
    }
}
