package org.mckms.kms.infrastructure.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.kms.infrastructure.vault.Refusals.assertRefused;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.MasterSecrets;
import org.mckms.platform.hsm.HsmSettings;
import org.mckms.platform.hsm.LeasePolicy;
import org.mckms.platform.hsm.MemoryExposureCheck;
import org.mckms.platform.hsm.PinSource;
import org.mckms.protocol.error.KmsErrorCode;

/** What the vault does in a process that could leak secrets. */
class VaultExposureTest {

    private static final Path NOWHERE = Path.of("/nonexistent");

    @Test
    void aProductionServerRefusesToLeakMemory() {
        MemoryExposureCheck leaking = new MemoryExposureCheck(NOWHERE, NOWHERE, NOWHERE, option -> "unknown");
        HsmSettings settings = InMemoryMasterSecretVault.settings(InMemoryMasterSecretVault.LABEL, LeasePolicy.DEFAULT);
        try (MemoryVaultRig rig = new MemoryVaultRig(settings, PinSource.NONE, true, leaking)) {
            assertRefused(KmsErrorCode.NOT_READY, () -> rig.vault.activate(MemoryVaultRig.pin(), List.of()));
            assertThat(rig.hsm.pinAttempts()).isZero();
        }
    }

    @Test
    void aPinThatOthersMayReadIsNotForProduction() {
        HsmSettings settings = InMemoryMasterSecretVault.settings(InMemoryMasterSecretVault.LABEL, LeasePolicy.DEFAULT);
        PinSource open = new PinSource() {
            @Override
            public Optional<char[]> read() {
                return Optional.of(MemoryVaultRig.pin());
            }

            @Override
            public List<String> findings() {
                return List.of("Others may read the PIN.");
            }
        };
        try (MemoryVaultRig rig = new MemoryVaultRig(settings, open, true, InMemoryMasterSecretVault.UNEXPOSED)) {
            assertThatThrownBy(() -> rig.vault.activate(MemoryVaultRig.pin(), List.of()))
                    .hasMessageContaining("Others may read the PIN.");
            assertThat(rig.hsm.pinAttempts()).isZero();
        }
        try (MemoryVaultRig rig = new MemoryVaultRig(settings, open)) {
            rig.readyWithEpoch();
            assertThat(rig.listener.events()).containsExactly("memoryExposed");
        }
    }

    @Test
    void aDevelopmentServerThatLeaksMemoryHasNoProductionEpochs() {
        MemoryExposureCheck leaking = new MemoryExposureCheck(NOWHERE, NOWHERE, NOWHERE, option -> "unknown");
        HsmSettings settings = InMemoryMasterSecretVault.settings(InMemoryMasterSecretVault.LABEL, LeasePolicy.DEFAULT);
        try (MemoryVaultRig rig = new MemoryVaultRig(settings, PinSource.NONE, false, leaking)) {
            Epoch development = rig.readyWithEpoch();
            assertThat(rig.listener.events()).containsExactly("memoryExposed");
            assertThat(rig.vault.withMasterSecrets(development, MasterSecrets::kpak))
                    .isEqualTo(development.kpak());
            assertRefused(
                    KmsErrorCode.NOT_READY, () -> rig.vault.createEpoch(VaultFixtures.plan(EpochPurpose.PRODUCTION)));
            Epoch production = Epoch.ofPlan(
                    VaultFixtures.plan(EpochPurpose.PRODUCTION),
                    development.zT(),
                    development.kpak(),
                    Optional.empty());
            assertRefused(KmsErrorCode.NOT_READY, () -> rig.vault.withMasterSecrets(production, MasterSecrets::kpak));
            rig.vault.deactivate("test");
            assertRefused(
                    KmsErrorCode.NOT_READY,
                    () -> rig.vault.activate(MemoryVaultRig.pin(), List.of(development, production)));
        }
    }
}
