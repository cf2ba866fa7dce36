package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.kms.application.ServerRig.ALICE;
import static org.mckms.kms.application.ServerRig.AUDITOR;
import static org.mckms.kms.application.ServerRig.BOB;
import static org.mckms.kms.application.ServerRig.GMS;
import static org.mckms.kms.application.ServerRig.OFFICER;
import static org.mckms.kms.application.ServerRig.OPERATOR;
import static org.mckms.kms.application.ServerRig.OTHER_OFFICER;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.ClientPolicy;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.kms.domain.PeriodsServed;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.codec.InteropProfile;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class IdentitiesTest {

    private final ServerRig rig = new ServerRig();
    private final Identities identities = rig.operatorsIdentities;

    @AfterEach
    void close() {
        rig.close();
    }

    private static void refuses(KmsErrorCode code, Runnable act) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(act::run).satisfies(e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @Test
    void blocksAnIdentityThatWasNeverSeen() {
        IdentityView blocked = identities.block(OPERATOR, ALICE, "device lost");

        assertThat(blocked.blockedReason()).contains("device lost");
        assertThat(blocked.registeredAt()).isEmpty();
        assertThat(blocked.kind()).isEqualTo(ClientKind.MC_CLIENT);
        assertThat(identities.show(AUDITOR, ALICE)).isEqualTo(blocked);
        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.IDENTITY_BLOCKED);
        assertThat(rig.audit.last().actor()).isEqualTo("operator:peter");
        assertThat(rig.audit.last().details()).containsEntry("reason", "device lost");
    }

    @Test
    void aConfiguredServerKeepsItsKind() {
        assertThat(identities.block(OPERATOR, GMS, "maintenance").kind()).isEqualTo(ClientKind.GMS);
    }

    @Test
    void blocksAndUnblocksOnlyOnce() {
        identities.block(OPERATOR, ALICE, "device lost");
        refuses(KmsErrorCode.CONFLICT, () -> identities.block(OPERATOR, ALICE, "again"));

        assertThat(identities.unblock(OFFICER, ALICE, "again").blockedReason()).isEmpty();
        refuses(KmsErrorCode.CONFLICT, () -> identities.unblock(OFFICER, ALICE, "again"));
        assertThat(rig.audit.events()).containsExactly(AuditEvent.IDENTITY_BLOCKED, AuditEvent.IDENTITY_UNBLOCKED);
    }

    @Test
    void tellsManyAtOnceWhoOfThemIsBlocked() {
        BlockedIdentities blocked = new BlockedIdentities();
        blocked.identities = rig.identities;
        blocked.transactions = rig.transactions;
        identities.block(OPERATOR, ALICE, "device lost");
        identities.block(OPERATOR, GMS, "maintenance");

        assertThat(blocked.among(Set.of(ALICE, BOB))).containsExactly(ALICE);
        assertThat(blocked.among(Set.of())).isEmpty();
        identities.unblock(OFFICER, ALICE, "found");
        assertThat(blocked.among(Set.of(ALICE, BOB))).isEmpty();
    }

    @Test
    void doesNotKnowWhatWasNeverSeen() {
        refuses(KmsErrorCode.NOT_FOUND, () -> identities.show(AUDITOR, BOB));
        refuses(KmsErrorCode.NOT_FOUND, () -> identities.unblock(OPERATOR, BOB, "again"));
        refuses(KmsErrorCode.NOT_FOUND, () -> identities.advanceIssue(OFFICER, BOB, "stolen"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "sip:a b@example.org"})
    void refusesWhatIsNoUri(String uri) {
        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> identities.block(OPERATOR, uri, "reason"));
        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> identities.setPolicy(OPERATOR, uri, ClientPolicy.STANDARD));
    }

    @Test
    void wantsAReason() {
        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> identities.block(OPERATOR, ALICE, " "));
        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> identities.block(OPERATOR, ALICE, "x".repeat(501)));
    }

    @Test
    void changesNeedTheirRoles() {
        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> identities.block(AUDITOR, ALICE, "x"));
        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> identities.unblock(AUDITOR, ALICE, "again"));
        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> identities.setPolicy(AUDITOR, ALICE, ClientPolicy.STANDARD));
        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> identities.advanceIssue(OPERATOR, ALICE, "x"));
        OperatorIdentity nobody = new OperatorIdentity("nobody", Set.of(), "9".repeat(64));
        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> identities.show(nobody, ALICE));
        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> identities.list(nobody, Optional.empty(), 10));
    }

    @Test
    void onlyAnOfficerLetsAClientGoUnsignedAndNobodyAServer() {
        ClientPolicy unsigned = new ClientPolicy(PeriodsServed.CURRENT, Set.of(InteropProfile.UNSIGNED_REQUESTS));

        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> identities.setPolicy(OPERATOR, ALICE, unsigned));
        refuses(KmsErrorCode.CONFLICT, () -> identities.setPolicy(OFFICER, GMS, unsigned));
        identities.setPolicy(OFFICER, ALICE, unsigned);
        assertThat(identities.show(OFFICER, ALICE).policy().unsignedRequests()).isTrue();
    }

    @Test
    void listsPageByPage() {
        for (String uri : List.of("sip:c@x", "sip:a@x", "sip:b@x")) {
            identities.block(OPERATOR, uri, "test");
        }

        List<IdentityView> first = identities.list(AUDITOR, Optional.empty(), 2);
        assertThat(first).extracting(IdentityView::uri).containsExactly("sip:a@x", "sip:b@x");
        assertThat(identities.list(AUDITOR, Optional.of("sip:b@x"), 2))
                .extracting(IdentityView::uri)
                .containsExactly("sip:c@x");
        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> identities.list(AUDITOR, Optional.empty(), 0));
        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> identities.list(AUDITOR, Optional.empty(), 501));
    }

    @Test
    void showsRowsThatWereChangedInTheDatabaseAsBroken() {
        identities.block(OPERATOR, ALICE, "device lost");
        rig.database.tamper("UPDATE kms_identity SET issue = 7");

        assertThat(identities.show(AUDITOR, ALICE).integrity()).isEqualTo(IdentityView.Integrity.BROKEN);
        refuses(KmsErrorCode.INTERNAL, () -> identities.unblock(OPERATOR, ALICE, "again"));
    }

    @Test
    void saysWhenNobodyCanKnow() {
        identities.block(OPERATOR, ALICE, "device lost");
        rig.vault.deactivate("test");

        assertThat(identities.show(AUDITOR, ALICE).integrity()).isEqualTo(IdentityView.Integrity.UNCHECKED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind = 'GMS'",
                "blocked = FALSE",
                "blocked_reason = 'other'",
                "registered_at = first_seen",
                "first_seen = DATEADD('SECOND', 1, first_seen)",
                "periods_served = 'CURRENT_AND_NEXT'",
                "profiles = 'uid-as-hex-text'",
                "profiles = 'user-id-hex'",
                "profiles = 'unsigned-requests'",
                "profiles = 'keys-base64,rel13'",
                "profiles = 'nobody-knows'",
                "issue = 1",
                "revision = 9",
                "uri = 'sip:bob@example.org'",
            })
    void everyColumnThatDecidesIsUnderTheMac(String change) {
        identities.block(OPERATOR, ALICE, "device lost");
        assertThat(identities.list(AUDITOR, Optional.empty(), 1).get(0).integrity())
                .isEqualTo(IdentityView.Integrity.INTACT);

        rig.database.tamper("UPDATE kms_identity SET " + change);

        assertThat(identities.list(AUDITOR, Optional.empty(), 1).get(0).integrity())
                .isEqualTo(IdentityView.Integrity.BROKEN);
    }

    @Test
    void aChangeThatCannotBeRecordedIsNotMade() {
        rig.audit.available(false);

        refuses(KmsErrorCode.AUDIT_UNAVAILABLE, () -> identities.block(OPERATOR, ALICE, "device lost"));

        refuses(KmsErrorCode.NOT_FOUND, () -> identities.show(AUDITOR, ALICE));
    }

    @Test
    void twoOfficersAdvanceAnIssueCounter() {
        identities.setPolicy(OPERATOR, ALICE, ClientPolicy.STANDARD);

        IssueAdvance asked = identities.advanceIssue(OFFICER, ALICE, "stolen");
        assertThat(asked.outcome()).isEqualTo(IssueAdvance.Outcome.REQUESTED);
        assertThat(asked.issue()).isZero();

        IssueAdvance confirmed = identities.advanceIssue(OTHER_OFFICER, ALICE, "stolen");
        assertThat(confirmed.outcome()).isEqualTo(IssueAdvance.Outcome.ADVANCED);
        assertThat(confirmed.issue()).isEqualTo(1);
        assertThat(identities.show(AUDITOR, ALICE).issue()).isEqualTo(1);
        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.ISSUE_ADVANCED);
        assertThat(rig.audit.last().actor()).isEqualTo("operator:omar");
        assertThat(rig.audit.last().details()).containsEntry("requestedBy", "olga");
    }

    @Test
    void oneOfficerIsNotTwo() {
        identities.setPolicy(OPERATOR, ALICE, ClientPolicy.STANDARD);
        identities.advanceIssue(OFFICER, ALICE, "stolen");

        refuses(KmsErrorCode.CONFLICT, () -> identities.advanceIssue(OFFICER, ALICE, "stolen"));
        refuses(
                KmsErrorCode.CONFLICT,
                () -> identities.advanceIssue(
                        new OperatorIdentity("olga", Set.of(OperatorRole.OFFICER), "8".repeat(64)), ALICE, "stolen"));
        refuses(
                KmsErrorCode.CONFLICT,
                () -> identities.advanceIssue(
                        new OperatorIdentity("other", Set.of(OperatorRole.OFFICER), OFFICER.certificateSha256()),
                        ALICE,
                        "stolen"));
        assertThat(identities.show(AUDITOR, ALICE).issue()).isZero();
    }

    @Test
    void aConfirmationIsUsedUp() {
        identities.setPolicy(OPERATOR, ALICE, ClientPolicy.STANDARD);
        identities.advanceIssue(OFFICER, ALICE, "stolen");
        identities.advanceIssue(OTHER_OFFICER, ALICE, "stolen");

        assertThat(identities.advanceIssue(OTHER_OFFICER, ALICE, "again").outcome())
                .isEqualTo(IssueAdvance.Outcome.REQUESTED);
        assertThat(identities.show(AUDITOR, ALICE).issue()).isEqualTo(1);
    }

    @Test
    void aRequestExpiresAfterADay() {
        identities.setPolicy(OPERATOR, ALICE, ClientPolicy.STANDARD);
        identities.advanceIssue(OFFICER, ALICE, "stolen");
        rig.time.advance(Duration.ofHours(24));

        assertThat(identities.advanceIssue(OTHER_OFFICER, ALICE, "stolen").outcome())
                .isEqualTo(IssueAdvance.Outcome.REQUESTED);
        assertThat(identities.advanceIssue(OFFICER, ALICE, "stolen").outcome())
                .isEqualTo(IssueAdvance.Outcome.ADVANCED);
    }

    @Test
    void aFirstOfficerCannotBeMadeUpInTheDatabase() {
        identities.setPolicy(OPERATOR, ALICE, ClientPolicy.STANDARD);
        identities.advanceIssue(OFFICER, ALICE, "stolen");
        rig.database.tamper("UPDATE kms_issue_advance SET officer = 'omar', officer_certificate = REPEAT('2', 64)");

        refuses(KmsErrorCode.INTERNAL, () -> identities.advanceIssue(OFFICER, ALICE, "stolen"));
    }
}
