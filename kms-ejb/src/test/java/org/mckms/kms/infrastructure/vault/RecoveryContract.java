package org.mckms.kms.infrastructure.vault;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.mckms.platform.hsm.LeasePolicy;
import org.mckms.platform.hsm.PinSource;
import org.mckms.protocol.error.KmsErrorCode;

/** Loss and recovery of the token, the same for every vault. */
interface RecoveryContract {

    VaultHarness harness();

    @Test
    default void findsALostTokenAgainWithoutARestart() {
        TokenVault vault = harness().readyVault();
        Epoch epoch = vault.createEpoch(plan(EpochPurpose.PRODUCTION));
        Octets v = vault.withMasterSecrets(epoch, VaultFixtures::someScalar);
        Octets mac = vault.rowMac(Octets.ofAscii("row"));

        harness().takeTokenAway();
        harness().time().advance(Duration.ofSeconds(3));
        assertThat(vault.status().state()).isEqualTo(VaultState.LOST);
        assertThat(harness().listener().events()).containsExactly("lost");
        assertRefused(KmsErrorCode.HSM_UNAVAILABLE, () -> vault.withMasterSecrets(epoch, masters -> masters));
        assertRefused(KmsErrorCode.HSM_UNAVAILABLE, () -> vault.rowMac(Octets.ofAscii("row")));

        harness().bringTokenBack();
        harness().time().advance(Duration.ofSeconds(60));
        assertThat(vault.status().state()).as(vault.status().detail()).isEqualTo(VaultState.ACTIVE);
        assertThat(vault.status().generation()).isEqualTo(2);
        assertThat(harness().listener().events()).containsExactly("lost", "recovered");
        assertThat(vault.withMasterSecrets(epoch, VaultFixtures::someScalar)).isEqualTo(v);
        assertThat(vault.rowMac(Octets.ofAscii("row"))).isEqualTo(mac);
    }

    @Test
    default void findsATokenAgainThatIsLostTwice() {
        TokenVault vault = harness().readyVault();
        Octets mac = vault.rowMac(Octets.ofAscii("row"));
        for (int loss = 1; loss <= 2; loss++) {
            harness().takeTokenAway();
            harness().time().advance(Duration.ofSeconds(10));
            assertThat(vault.status().state()).isEqualTo(VaultState.LOST);
            harness().bringTokenBack();
            harness().time().advance(Duration.ofSeconds(60));
            assertThat(vault.status().state()).as(vault.status().detail()).isEqualTo(VaultState.ACTIVE);
        }
        assertThat(vault.rowMac(Octets.ofAscii("row"))).isEqualTo(mac);
        assertThat(vault.status().generation()).isEqualTo(3);
    }

    @Test
    default void anOperatorMayActivateALostToken() {
        TokenVault vault = harness().newVault(harness().tokenLabel(), LeasePolicy.DEFAULT, PinSource.NONE);
        try (vault) {
            vault.activate(harness().pin(), List.of());
            vault.createStoreKeys();
            Epoch epoch = vault.createEpoch(plan(EpochPurpose.PRODUCTION));
            harness().takeTokenAway();
            harness().time().advance(Duration.ofSeconds(10));
            harness().bringTokenBack();
            harness().time().advance(Duration.ofMinutes(5));
            assertThat(vault.status().state()).as("nobody gave the PIN").isEqualTo(VaultState.LOST);
            vault.activate(harness().pin(), List.of(epoch));
            assertThat(vault.withMasterSecrets(epoch, MasterSecrets::kpak)).isEqualTo(epoch.kpak());
        }
    }

    @Test
    default void aDeactivatedVaultDoesNotLookForItsToken() {
        TokenVault vault = harness().readyVault();
        harness().takeTokenAway();
        harness().time().advance(Duration.ofSeconds(10));
        vault.deactivate("given up");
        harness().bringTokenBack();
        harness().time().advance(Duration.ofMinutes(5));
        assertThat(vault.status().state()).isEqualTo(VaultState.INACTIVE);
        assertThat(harness().listener().events()).containsExactly("lost");
    }
}
