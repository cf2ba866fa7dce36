package org.mckms.kms.infrastructure.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.kms.infrastructure.vault.Refusals.assertRefused;
import static org.mckms.kms.infrastructure.vault.VaultFixtures.plan;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.MasterSecrets;
import org.mckms.kms.domain.VaultState;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsErrorCode;

/** Activation and deactivation, the same for every vault. */
interface ActivationContract {

    VaultHarness harness();

    @Test
    default void givesNothingBeforeActivation() {
        TokenVault vault = harness().vault();
        assertThat(vault.status().state()).isEqualTo(VaultState.INACTIVE);
        assertThat(vault.status().generation()).isZero();
        assertThat(vault.status().tokenLabel()).isEqualTo(harness().tokenLabel());
        assertRefused(KmsErrorCode.NOT_READY, () -> vault.createEpoch(plan(EpochPurpose.PRODUCTION)));
        assertRefused(KmsErrorCode.NOT_READY, vault::createStoreKeys);
        assertRefused(KmsErrorCode.NOT_READY, () -> vault.rowMac(Octets.ofAscii("row")));
        assertRefused(KmsErrorCode.NOT_READY, () -> vault.signAuditCheckpoint(Octets.ofAscii("checkpoint")));
        assertRefused(KmsErrorCode.NOT_READY, vault::auditCertificateDer);
    }

    @Test
    default void activatesAndWipesThePin() {
        TokenVault vault = harness().vault();
        char[] pin = harness().pin();
        vault.activate(pin, List.of());
        assertThat(vault.status().state()).isEqualTo(VaultState.ACTIVE);
        assertThat(vault.status().generation()).isEqualTo(1);
        assertThat(pin).containsOnly('\0');
    }

    @Test
    default void staysInactiveAfterAWrongPin() {
        TokenVault vault = harness().vault();
        char[] wrong = "000000-wrong".toCharArray();
        assertRefused(KmsErrorCode.INVALID_PIN, () -> vault.activate(wrong, List.of()));
        assertThat(wrong).containsOnly('\0');
        assertThat(vault.status().state()).isEqualTo(VaultState.INACTIVE);
        assertThat(vault.status().detail()).contains("PIN");
        harness().time().advance(Duration.ofMinutes(5));
        assertThat(vault.status().state()).isEqualTo(VaultState.INACTIVE);
    }

    @Test
    default void doesNotTakeAWrongPinBecauseSomebodyWasLoggedIn() {
        TokenVault vault = harness().readyVault();
        vault.deactivate("test");
        assertRefused(KmsErrorCode.INVALID_PIN, () -> vault.activate("000000-wrong".toCharArray(), List.of()));
        assertRefused(KmsErrorCode.NOT_READY, () -> vault.rowMac(Octets.ofAscii("row")));
    }

    @Test
    default void refusesASecondActivation() {
        TokenVault vault = harness().activeVault();
        assertRefused(KmsErrorCode.CONFLICT, () -> vault.activate(harness().pin(), List.of()));
        assertThat(vault.status().state()).isEqualTo(VaultState.ACTIVE);
    }

    @Test
    default void canBeActivatedAgain() {
        TokenVault vault = harness().readyVault();
        Octets mac = vault.rowMac(Octets.ofAscii("row"));
        vault.deactivate("lunch");
        assertThat(vault.status().state()).isEqualTo(VaultState.INACTIVE);
        assertThat(vault.status().detail()).contains("lunch");
        vault.activate(harness().pin(), List.of());
        assertThat(vault.status().generation()).isEqualTo(2);
        assertThat(vault.rowMac(Octets.ofAscii("row"))).isEqualTo(mac);
    }

    @Test
    default void refusesATokenOfAnotherServer() {
        harness().readyVault().deactivate("the token moves");
        TokenVault other = harness().vault("another-label");
        assertRefused(
                KmsErrorCode.HSM_UNAVAILABLE, () -> other.activate(harness().pin(), List.of()));
        assertThat(other.status().state()).isEqualTo(VaultState.INACTIVE);
        assertThat(other.status().detail()).contains("set up");
    }

    @Test
    default void missingTokenIsALostTokenUntilItIsThere() {
        harness().takeTokenAway();
        TokenVault vault = harness().vault();
        assertRefused(
                KmsErrorCode.HSM_UNAVAILABLE, () -> vault.activate(harness().pin(), List.of()));
        assertThat(vault.status().state()).isEqualTo(VaultState.LOST);
        harness().bringTokenBack();
        vault.activate(harness().pin(), List.of());
        assertThat(vault.status().state()).isEqualTo(VaultState.ACTIVE);
    }

    @Test
    default void mastersAreUselessAfterTheirUse() {
        TokenVault vault = harness().readyVault();
        Epoch epoch = vault.createEpoch(plan(EpochPurpose.PRODUCTION));
        MasterSecrets kept = vault.withMasterSecrets(epoch, masters -> masters);
        assertThatThrownBy(() -> VaultFixtures.ksak(kept)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> kept.zT().use(Octets::copyOf)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> VaultFixtures.someScalar(kept)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    default void aUseThatHasBegunEndsAfterDeactivation() {
        TokenVault vault = harness().readyVault();
        Epoch epoch = vault.createEpoch(plan(EpochPurpose.PRODUCTION));
        Octets within = vault.withMasterSecrets(epoch, masters -> {
            vault.deactivate("in the middle");
            return VaultFixtures.ksak(masters);
        });
        assertThat(within).isNotEqualTo(Octets.copyOf(new byte[32]));
        assertRefused(KmsErrorCode.NOT_READY, () -> vault.withMasterSecrets(epoch, masters -> masters));
    }
}
