package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.mckms.kms.application.ServerRig.ALICE;
import static org.mckms.kms.application.ServerRig.BOB;
import static org.mckms.kms.application.ServerRig.GMS;
import static org.mckms.kms.application.ServerRig.OPERATOR;
import static org.mckms.kms.application.ServerRig.request;
import static org.mckms.kms.application.ServerRig.user;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.EpochRules;
import org.mckms.kms.domain.VaultState;
import org.mckms.kms.infrastructure.vault.InMemoryMasterSecretVault;
import org.mckms.platform.RecordedLog;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** What somebody achieves who writes into the database. */
class TamperedRowsTest {

    private final ServerRig rig = new ServerRig();
    private final RecordedLog log = new RecordedLog();

    @AfterEach
    void close() {
        log.close();
        rig.close();
    }

    private void refuses(KmsErrorCode code, Runnable act) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(act::run).satisfies(e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private List<AuditNote> tamperings() {
        return rig.audit.notes().stream()
                .filter(note -> note.event() == AuditEvent.ROW_TAMPERED)
                .toList();
    }

    @Test
    void aChangedEpochIsOneEventHoweverOftenItIsLookedAt() {
        rig.epoch();
        rig.database.tamper("UPDATE kms_epoch SET issuer = 'somebody'");

        for (int i = 0; i < 3; i++) {
            refuses(KmsErrorCode.INTERNAL, () -> rig.transactions.inNew(rig.epochs::checked));
        }

        assertThat(tamperings()).hasSize(1);
        assertThat(log.lines("KMS000022")).hasSize(1);
        rig.database.tamper("UPDATE kms_epoch SET issuer = 'somebody else'");
        refuses(KmsErrorCode.INTERNAL, () -> rig.transactions.inNew(rig.epochs::checked));
        assertThat(tamperings()).hasSize(2);
    }

    @Test
    void anEventThatCouldNotBeRecordedIsRecordedLater() {
        rig.epoch();
        rig.database.tamper("UPDATE kms_epoch SET issuer = 'somebody'");
        rig.audit.available(false);
        refuses(KmsErrorCode.INTERNAL, () -> rig.transactions.inNew(rig.epochs::checked));

        rig.audit.available(true);
        refuses(KmsErrorCode.INTERNAL, () -> rig.transactions.inNew(rig.epochs::checked));

        assertThat(tamperings()).hasSize(1);
    }

    @Test
    void anUnreadableEpochIsRefusedAndDoesNotStopTheActivation() {
        rig.epoch();
        rig.vault.deactivate("test");
        rig.database.tamper("UPDATE kms_epoch SET kpak = '04'");

        rig.activation.activate(OPERATOR, InMemoryMasterSecretVault.PIN.toCharArray());

        assertThat(rig.vault.status().state()).isEqualTo(VaultState.ACTIVE);
        refuses(KmsErrorCode.INTERNAL, () -> rig.provision(user(ALICE), request(ALICE)));
        assertThat(tamperings()).hasSize(1);
    }

    @Test
    void anUnreadableIdentityIsShownAsBrokenAmongTheOthers() {
        rig.epoch();
        rig.provision(user(ALICE), request(ALICE)).close();
        rig.provision(user(BOB), request(BOB)).close();
        rig.database.tamper("UPDATE kms_identity SET kind = 'KING' WHERE uri = '" + ALICE + "'");

        assertThat(rig.operatorsIdentities.list(OPERATOR, Optional.empty(), 10))
                .extracting(IdentityView::uri, IdentityView::integrity)
                .containsExactly(
                        tuple(ALICE, IdentityView.Integrity.BROKEN), tuple(BOB, IdentityView.Integrity.INTACT));
        refuses(KmsErrorCode.INTERNAL, () -> rig.provision(user(ALICE), request(ALICE)));
        assertThat(tamperings()).extracting(AuditNote::subject).containsExactly(ALICE);
    }

    @Test
    void anotherPvtForTheSameKeySetIsAlarmed() {
        rig.epoch();
        rig.provision(user(ALICE), request(ALICE)).close();
        rig.database.tamper("UPDATE kms_issuance SET pvt_sha256 = '" + "0".repeat(64) + "'");

        refuses(KmsErrorCode.SELF_CHECK_FAILED, () -> rig.provision(user(ALICE), request(ALICE)));
        assertThat(rig.alarms).hasSize(1);

        refuses(KmsErrorCode.SELF_CHECK_FAILED, () -> rig.provision(user(ALICE), request(ALICE)));
        assertThat(rig.alarms).hasSize(2);
        assertThat(rig.vault.status().state()).isEqualTo(VaultState.INACTIVE);
    }

    @Test
    void anEpochOutOfPlaceStopsTheActivation() {
        rig.epoch();
        rig.vault.deactivate("test");
        rig.activation.epochRules = new EpochRules(true, false);

        refuses(
                KmsErrorCode.NOT_READY,
                () -> rig.activation.activate(OPERATOR, InMemoryMasterSecretVault.PIN.toCharArray()));
        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.ACTIVATION_FAILED);
        assertThat(rig.vault.status().state()).isEqualTo(VaultState.INACTIVE);
    }

    @Test
    void theSettingsSayTheKindOfAServer() {
        rig.epoch();
        rig.provision(ServerRig.server(ClientKind.GMS, GMS), request(GMS)).close();
        rig.transactions.runInNew(() ->
                rig.identities.change(rig.identities.lock(GMS).orElseThrow().as(ClientKind.MC_SERVER)));

        rig.provision(ServerRig.server(ClientKind.GMS, GMS), request(GMS)).close();

        assertThat(rig.operatorsIdentities.show(OPERATOR, GMS).kind()).isEqualTo(ClientKind.GMS);
        assertThat(rig.audit.notes())
                .filteredOn(note -> note.event() == AuditEvent.IDENTITY_POLICY_CHANGED)
                .singleElement()
                .satisfies(note -> assertThat(note.details()).containsEntry("kindBefore", "MC_SERVER"));
    }

    @Test
    void theUriOfAFormerServerIsNoUsers() {
        rig.epoch();
        rig.provision(user(ALICE), request(ALICE)).close();
        rig.transactions.runInNew(() ->
                rig.identities.change(rig.identities.lock(ALICE).orElseThrow().as(ClientKind.GMS)));

        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, () -> rig.provision(user(ALICE), request(ALICE)));
    }
}
