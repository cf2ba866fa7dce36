package org.mckms.kms.infrastructure.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.kms.infrastructure.vault.Refusals.assertRefused;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.MasterSecrets;
import org.mckms.kms.domain.VaultState;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.hsm.HsmSettings;
import org.mckms.platform.hsm.LeasePolicy;
import org.mckms.protocol.error.KmsErrorCode;

/** A token whose calls do not come back. */
class VaultBulkheadTest {

    private static final Duration LIMIT = Duration.ofMillis(300);

    /** The first signing key loads many classes, which must not count as a slow token. */
    @BeforeAll
    static void loadClasses() {
        InMemoryMasterSecretVault.ready().close();
    }

    private static HsmSettings impatient() {
        HsmSettings usual = InMemoryMasterSecretVault.settings(InMemoryMasterSecretVault.LABEL, LeasePolicy.DEFAULT);
        return new HsmSettings(usual.library(), 0, usual.tokenLabel(), LIMIT, usual.lease(), usual.recovery());
    }

    @Test
    void callersWaitForALimitedTime() {
        try (MemoryVaultRig rig = new MemoryVaultRig(impatient(), () -> Optional.of(MemoryVaultRig.pin()))) {
            Epoch epoch = rig.readyWithEpoch();
            rig.hsm.hang();
            Instant begun = Instant.now();
            for (int call = 0; call < 2; call++) {
                assertRefused(KmsErrorCode.HSM_UNAVAILABLE, () -> rig.vault.rowMac(Octets.ofAscii("row")));
            }
            assertRefused(KmsErrorCode.HSM_UNAVAILABLE, () -> rig.vault.withMasterSecrets(epoch, MasterSecrets::kpak));
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
            rig.hsm.resume();
        }
    }

    @Test
    void aTokenThatHangsIsLostAndFoundAgain() {
        try (MemoryVaultRig rig = new MemoryVaultRig(impatient(), () -> Optional.of(MemoryVaultRig.pin()))) {
            Epoch epoch = rig.readyWithEpoch();
            Octets mac = rig.vault.rowMac(Octets.ofAscii("row"));
            rig.hsm.hang();
            rig.time.advance(Duration.ofSeconds(3));
            assertThat(rig.vault.status().state()).isEqualTo(VaultState.LOST);
            rig.hsm.resume();
            rig.recover();
            assertThat(rig.vault.status().state())
                    .as(rig.vault.status().detail())
                    .isEqualTo(VaultState.ACTIVE);
            assertThat(rig.vault.rowMac(Octets.ofAscii("row"))).isEqualTo(mac);
            assertThat(rig.vault.withMasterSecrets(epoch, MasterSecrets::kpak)).isEqualTo(epoch.kpak());
        }
    }

    @Test
    void deactivationDoesNotWaitForAHangingToken() {
        try (MemoryVaultRig rig = new MemoryVaultRig(impatient(), () -> Optional.of(MemoryVaultRig.pin()))) {
            Epoch epoch = rig.readyWithEpoch();
            rig.vault.withMasterSecrets(epoch, MasterSecrets::kpak);
            rig.hsm.hang();
            rig.vault.deactivate("it hangs");
            assertThat(rig.vault.status().state()).isEqualTo(VaultState.INACTIVE);
            assertRefused(KmsErrorCode.NOT_READY, () -> rig.vault.withMasterSecrets(epoch, MasterSecrets::kpak));
            rig.hsm.resume();
        }
    }
}
