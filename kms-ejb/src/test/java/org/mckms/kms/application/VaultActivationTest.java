package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.kms.application.ServerRig.AUDITOR;
import static org.mckms.kms.application.ServerRig.OFFICER;
import static org.mckms.kms.application.ServerRig.OPERATOR;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.VaultState;
import org.mckms.kms.infrastructure.vault.InMemoryMasterSecretVault;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class VaultActivationTest {

    private final ServerRig rig = new ServerRig();

    @BeforeEach
    void shutTheVault() {
        rig.vault.deactivate("before the test");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static void refuses(KmsErrorCode code, Runnable act) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(act::run).satisfies(e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private static char[] pin() {
        return InMemoryMasterSecretVault.PIN.toCharArray();
    }

    @Test
    void opensTheVaultAndWipesThePin() {
        char[] pin = pin();

        assertThat(rig.activation.activate(OPERATOR, pin).state()).isEqualTo(VaultState.ACTIVE);

        assertThat(pin).containsOnly('\0');
        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.VAULT_ACTIVATED);
        assertThat(rig.audit.last().actor()).isEqualTo("operator:peter");
    }

    @Test
    void recordsARefusedPinAndStaysShut() {
        char[] pin = "0000".toCharArray();

        refuses(KmsErrorCode.INVALID_PIN, () -> rig.activation.activate(OFFICER, pin));

        assertThat(pin).containsOnly('\0');
        assertThat(rig.activation.status(AUDITOR).state()).isEqualTo(VaultState.INACTIVE);
        AuditNote note = rig.audit.last();
        assertThat(note.event()).isEqualTo(AuditEvent.ACTIVATION_FAILED);
        assertThat(note.outcome()).isEqualTo("INVALID_PIN");
        assertThat(note.toString()).doesNotContain("0000");
    }

    @Test
    void anAuditorDoesNotOpenItAndThePinIsWipedAllTheSame() {
        char[] pin = pin();

        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> rig.activation.activate(AUDITOR, pin));

        assertThat(pin).containsOnly('\0');
        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> rig.activation.deactivate(AUDITOR, "x"));
    }

    @Test
    void noAttemptIsMadeThatCannotBeRecorded() {
        rig.audit.available(false);

        refuses(KmsErrorCode.AUDIT_UNAVAILABLE, () -> rig.activation.activate(OPERATOR, pin()));

        assertThat(rig.vault.status().state()).isEqualTo(VaultState.INACTIVE);
    }

    @Test
    void opensAtStartInTheNameOfTheSystem() {
        assertThat(rig.activation.activateAtStart(pin()).state()).isEqualTo(VaultState.ACTIVE);

        assertThat(rig.audit.last().actor()).isEqualTo("system");
    }

    @Test
    void deactivationIsRecordedOnce() {
        rig.activation.activate(OPERATOR, pin());

        assertThat(rig.activation.deactivate(OPERATOR, "end of shift").state()).isEqualTo(VaultState.INACTIVE);
        rig.activation.deactivate(OPERATOR, "end of shift");

        assertThat(rig.audit.events()).containsExactly(AuditEvent.VAULT_ACTIVATED, AuditEvent.VAULT_DEACTIVATED);
        assertThat(rig.audit.last().details()).containsEntry("reason", "end of shift");
    }
}
