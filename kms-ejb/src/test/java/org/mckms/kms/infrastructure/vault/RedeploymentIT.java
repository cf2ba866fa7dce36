package org.mckms.kms.infrastructure.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.MasterSecrets;
import org.mckms.kms.domain.VaultState;
import org.mckms.platform.hsm.HsmSettings;
import org.mckms.platform.hsm.LeasePolicy;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.platform.hsm.SoftHsm;

/** Two deployments in one process, over one library that the first has initialised and logged in. */
class RedeploymentIT {

    private final SoftHsm hsm = SoftHsm.asMade();
    private final HsmSettings settings = hsm.settings(SoftHsm.LABEL, LeasePolicy.DEFAULT);
    private final Deployment first = new Deployment();
    private final Deployment second = new Deployment();

    @Test
    void theSecondActivatesAfterTheFirstHasEnded() {
        Epoch epoch = first.readyWithEpoch();
        first.vault.close();
        second.activate(epoch);
        first.time.advance(Duration.ofMinutes(1));
        assertThat(first.listener.events()).isEmpty();
        assertServes(second, epoch);
        second.vault.close();
    }

    @Test
    void theFirstMayEndAfterTheSecondWasActivated() {
        Epoch epoch = first.readyWithEpoch();
        second.activate(epoch);
        first.vault.close();
        assertServes(second, epoch);
        second.vault.close();
        assertThat(first.listener.events()).isEmpty();
    }

    private static void assertServes(Deployment deployment, Epoch epoch) {
        deployment.time.advance(Duration.ofMinutes(1));
        assertThat(deployment.listener.events()).isEmpty();
        assertThat(deployment.vault.status().state()).isEqualTo(VaultState.ACTIVE);
        assertThat(deployment.vault.withMasterSecrets(epoch, MasterSecrets::kpak))
                .isEqualTo(epoch.kpak());
    }

    private final class Deployment {
        private final ManualTime time = new ManualTime();
        private final RecordingListener listener = new RecordingListener();
        private final TokenVault vault = new Pkcs11MasterSecretVault(
                new VaultEnvironment(settings, () -> Optional.of(hsm.pin()), false, time, time.scheduler(), listener),
                InMemoryMasterSecretVault.UNEXPOSED);

        void activate(Epoch epoch) {
            vault.activate(hsm.pin(), List.of(epoch));
        }

        Epoch readyWithEpoch() {
            vault.activate(hsm.pin(), List.of());
            vault.createStoreKeys();
            return vault.createEpoch(VaultFixtures.plan(EpochPurpose.PRODUCTION));
        }
    }
}
