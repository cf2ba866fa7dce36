package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.kms.application.ServerRig.ALICE;
import static org.mckms.kms.application.ServerRig.BOB;
import static org.mckms.kms.application.ServerRig.OFFICER;
import static org.mckms.kms.application.ServerRig.OPERATOR;
import static org.mckms.kms.application.ServerRig.user;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.RevisionMarks;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** What somebody achieves with the rows of identities who can write to the database but not use the token. */
class TamperedIdentitiesTest {

    private final ServerRig rig = new ServerRig();
    private final Identities identities = rig.operatorsIdentities;

    @BeforeEach
    void aliceIsServed() {
        rig.epoch();
        rig.provision(user(ALICE), ServerRig.request()).close();
        rig.database.tamper("CREATE TABLE copy AS SELECT * FROM kms_identity");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void putBack() {
        rig.database.tamper("DELETE FROM kms_identity");
        rig.database.tamper("INSERT INTO kms_identity SELECT * FROM copy");
    }

    private void assertRefused(KmsErrorCode code) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(
                        () -> rig.provision(user(ALICE), ServerRig.request()).close())
                .satisfies(e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }

    @Test
    void aBlockIsNotUndoneByAnOlderRow() {
        identities.block(OPERATOR, ALICE, "device lost");
        assertRefused(KmsErrorCode.IDENTITY_BLOCKED);

        putBack();

        assertRefused(KmsErrorCode.INTERNAL);
        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.ROW_TAMPERED);
        assertThat(rig.audit.last().details())
                .containsEntry("table", "identity")
                .containsEntry("finding", "it was put back to an older revision");
        assertThat(identities.show(OPERATOR, ALICE).integrity()).isEqualTo(IdentityView.Integrity.BROKEN);
    }

    @Test
    void anOperatorsActHealsTheRow() {
        identities.block(OPERATOR, ALICE, "device lost");
        putBack();

        IdentityView again = identities.block(OPERATOR, ALICE, "device lost");

        assertThat(again.revision()).isGreaterThan(2);
        assertRefused(KmsErrorCode.IDENTITY_BLOCKED);
        identities.unblock(OFFICER, ALICE, "found");
        rig.provision(user(ALICE), ServerRig.request()).close();
    }

    @Test
    void aRowThatWasBlockedBeforeItsFirstUseIsMissedWhenItIsGone() {
        identities.block(OPERATOR, BOB, "never seen");
        rig.database.tamper("DELETE FROM kms_identity WHERE uri = '" + BOB + "'");

        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> rig.provision(user(BOB), ServerRig.request()).close())
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.INTERNAL));
    }

    @Test
    void afterARestartTheAuditTrailSaysWhatWasDecided() {
        identities.block(OPERATOR, ALICE, "device lost");
        identities.unblock(OPERATOR, ALICE, "found");
        RevisionMarks marks = new RevisionMarks(100);

        new IdentityTrail(TestTrail.of(rig.audit.notes()), marks).read();

        assertThat(marks.newestOfIdentity(ALICE)).isEqualTo(3);
        assertThat(marks.newestOfIdentity(BOB)).isZero();
    }

    @Test
    void aRecordWithoutItsChangeCountsForNothing() {
        AuditNote blocked = AuditNote.of(AuditEvent.IDENTITY_BLOCKED, AuditNote.OK, "operator:o", ALICE)
                .with("revision", "5");
        RevisionMarks marks = new RevisionMarks(100);

        new IdentityTrail(TestTrail.of(List.of(blocked, blocked.withOutcome("failed"))), marks).read();

        assertThat(marks.newestOfIdentity(ALICE)).isEqualTo(4);
    }
}
