package org.mckms.kms.infrastructure.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.kms.infrastructure.vault.Refusals.assertRefused;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.MasterSecrets;
import org.mckms.kms.domain.VaultState;
import org.mckms.platform.hsm.HsmSettings;
import org.mckms.platform.hsm.LeasePolicy;
import org.mckms.platform.hsm.PinSource;
import org.mckms.platform.hsm.RecoverySettings;
import org.mckms.platform.hsm.RecoveryStep;
import org.mckms.protocol.error.KmsErrorCode;

class VaultRecoveryTest {

    private static final Duration PROBE = Duration.ofMillis(500);

    @Test
    void aProbeThatFailsOnceIsNoLoss() {
        try (MemoryVaultRig rig = new MemoryVaultRig()) {
            rig.readyWithEpoch();
            rig.hsm.failNextCalls(3);
            rig.time.advance(Duration.ofSeconds(10));
            assertThat(rig.vault.status().state()).isEqualTo(VaultState.ACTIVE);
            assertThat(rig.listener.events()).isEmpty();
        }
    }

    @Test
    void twoSecondsOfFailingProbesAreALoss() {
        try (MemoryVaultRig rig = new MemoryVaultRig()) {
            Epoch epoch = rig.readyWithEpoch();
            rig.vault.withMasterSecrets(epoch, MasterSecrets::kpak);
            rig.time.advance(PROBE);
            rig.hsm.takeAway();
            rig.time.advance(PROBE.plusSeconds(1));
            assertThat(rig.vault.status().state()).isEqualTo(VaultState.ACTIVE);
            assertThat(rig.vault.withMasterSecrets(epoch, MasterSecrets::kpak))
                    .as("the lease outlives a short interruption")
                    .isEqualTo(epoch.kpak());
            rig.time.advance(Duration.ofSeconds(1));
            assertThat(rig.vault.status().state()).isEqualTo(VaultState.LOST);
            assertThat(rig.listener.events()).containsExactly("lost");
            assertRefused(KmsErrorCode.HSM_UNAVAILABLE, () -> rig.vault.withMasterSecrets(epoch, MasterSecrets::kpak));
        }
    }

    @Test
    void aTokenThatAnswersAgainIsReloadedWithoutAPin() {
        try (MemoryVaultRig rig = new MemoryVaultRig(LeasePolicy.DEFAULT, PinSource.NONE)) {
            Epoch epoch = rig.readyWithEpoch();
            int attempts = rig.hsm.pinAttempts();
            rig.hsm.failNextCalls(8);
            rig.time.advance(Duration.ofMinutes(1));
            assertThat(rig.listener.events()).containsExactly("lost", "recovered");
            assertThat(rig.vault.status().state()).isEqualTo(VaultState.ACTIVE);
            assertThat(rig.hsm.pinAttempts()).isEqualTo(attempts);
            assertThat(rig.vault.withMasterSecrets(epoch, MasterSecrets::kpak)).isEqualTo(epoch.kpak());
        }
    }

    @Test
    void aPinThatIsRefusedDuringRecoveryIsTriedOnce() {
        try (MemoryVaultRig rig =
                new MemoryVaultRig(LeasePolicy.DEFAULT, () -> Optional.of("000000-changed".toCharArray()))) {
            rig.readyWithEpoch();
            int attempts = rig.hsm.pinAttempts();
            rig.hsm.takeAway();
            rig.time.advance(Duration.ofMinutes(1));
            assertThat(rig.hsm.pinAttempts()).as("no token to ask yet").isEqualTo(attempts);
            rig.hsm.bringBack();
            rig.time.advance(Duration.ofMinutes(30));
            assertThat(rig.hsm.pinAttempts()).isEqualTo(attempts + 1);
            assertThat(rig.vault.status().state()).isEqualTo(VaultState.INACTIVE);
            assertThat(rig.listener.events()).containsExactly("lost", "deactivated");
        }
    }

    @Test
    void aPinThatIsRefusedAfterTheCallerGaveUpIsNotTriedAgain() throws InterruptedException {
        HsmSettings usual = InMemoryMasterSecretVault.settings(InMemoryMasterSecretVault.LABEL, LeasePolicy.DEFAULT);
        RecoverySettings ladder = RecoverySettings.withLadder(List.of(RecoveryStep.COPY));
        HsmSettings impatient =
                new HsmSettings(usual.library(), 0, usual.tokenLabel(), Duration.ofMillis(300), usual.lease(), ladder);
        try (MemoryVaultRig rig = new MemoryVaultRig(impatient, () -> Optional.of("000000-changed".toCharArray()))) {
            rig.readyWithEpoch();
            int attempts = rig.hsm.pinAttempts();
            rig.hsm.hang();
            rig.time.advance(Duration.ofSeconds(4));
            assertThat(rig.vault.status().state()).isEqualTo(VaultState.LOST);
            assertThat(rig.hsm.pinAttempts()).as("the attempt hangs").isEqualTo(attempts);
            rig.hsm.resume();
            rig.hsm.awaitPinAttempts(attempts + 1);
            rig.recover();
            rig.time.advance(Duration.ofMinutes(30));
            assertThat(rig.hsm.pinAttempts()).isEqualTo(attempts + 1);
            assertThat(rig.vault.status().state()).isEqualTo(VaultState.INACTIVE);
            rig.vault.activate(MemoryVaultRig.pin(), List.of());
            assertThat(rig.vault.status().state())
                    .as("an operator may try another PIN")
                    .isEqualTo(VaultState.ACTIVE);
        }
    }

    @Test
    void aWrongPinIsTriedOnceAtActivation() {
        try (MemoryVaultRig rig = new MemoryVaultRig()) {
            assertRefused(KmsErrorCode.INVALID_PIN, () -> rig.vault.activate("000000-wrong".toCharArray(), List.of()));
            rig.time.advance(Duration.ofMinutes(30));
            assertThat(rig.hsm.pinAttempts()).isEqualTo(1);
        }
    }

    @Test
    void attemptsBackOff() {
        AtomicInteger reads = new AtomicInteger();
        PinSource counting = () -> {
            reads.incrementAndGet();
            return Optional.of(MemoryVaultRig.pin());
        };
        try (MemoryVaultRig rig = new MemoryVaultRig(LeasePolicy.DEFAULT, counting)) {
            rig.readyWithEpoch();
            rig.hsm.takeAway();
            rig.time.advance(Duration.ofSeconds(33));
            assertThat(reads.get()).as("at 3, 4, 6, 10, 18, 28 s and so on").isBetween(4, 7);
            int before = reads.get();
            rig.time.advance(Duration.ofMinutes(10));
            assertThat(reads.get() - before).as("every 10 s").isBetween(59, 61);
        }
    }

    @Test
    void aPinThatCannotBeReadLeavesTheVaultLost() {
        PinSource unreadable = () -> {
            throw new UncheckedIOException(new IOException("not mounted"));
        };
        try (MemoryVaultRig rig = new MemoryVaultRig(LeasePolicy.DEFAULT, unreadable)) {
            rig.readyWithEpoch();
            rig.hsm.takeAway();
            rig.time.advance(Duration.ofSeconds(30));
            assertThat(rig.vault.status().state()).isEqualTo(VaultState.LOST);
            assertThat(rig.vault.status().detail()).contains("PIN");
        }
    }

    @Test
    void anEmptyLadderWaitsForAnOperator() {
        HsmSettings usual = InMemoryMasterSecretVault.settings(InMemoryMasterSecretVault.LABEL, LeasePolicy.DEFAULT);
        HsmSettings settings = new HsmSettings(
                usual.library(),
                0,
                usual.tokenLabel(),
                usual.timeout(),
                usual.lease(),
                RecoverySettings.withLadder(List.of()));
        try (MemoryVaultRig rig = new MemoryVaultRig(settings, () -> Optional.of(MemoryVaultRig.pin()))) {
            rig.readyWithEpoch();
            rig.hsm.takeAway();
            rig.time.advance(Duration.ofSeconds(10));
            rig.hsm.bringBack();
            rig.time.advance(Duration.ofMinutes(10));
            assertThat(rig.vault.status().state()).isEqualTo(VaultState.LOST);
        }
    }

    @Test
    void withoutCopiesALibraryThatLostItsTokenStaysLost() {
        HsmSettings usual = InMemoryMasterSecretVault.settings(InMemoryMasterSecretVault.LABEL, LeasePolicy.DEFAULT);
        RecoverySettings ladder = RecoverySettings.withLadder(List.of(RecoveryStep.RELOAD, RecoveryStep.PROVIDER));
        HsmSettings settings =
                new HsmSettings(usual.library(), 0, usual.tokenLabel(), usual.timeout(), usual.lease(), ladder);
        try (MemoryVaultRig rig = new MemoryVaultRig(settings, () -> Optional.of(MemoryVaultRig.pin()))) {
            rig.readyWithEpoch();
            rig.hsm.takeAway();
            rig.time.advance(Duration.ofSeconds(10));
            rig.hsm.bringBack();
            rig.time.advance(Duration.ofMinutes(10));
            assertThat(rig.vault.status().state()).isEqualTo(VaultState.LOST);
        }
    }

    @Test
    void aTokenThatComesBackWithoutAStoreKeyIsStillLost() {
        try (MemoryVaultRig rig = new MemoryVaultRig()) {
            rig.vault.knownEpochs(List.of(rig.readyWithEpoch()));
            loseAndRecover(rig, () -> rig.hsm.removeKey("kms.row"));
            assertThat(rig.vault.status().state()).isEqualTo(VaultState.LOST);
            assertThat(rig.vault.status().detail()).contains("kms.row");
        }
    }

    @Test
    void aTokenThatComesBackWithoutTheKeysOfOneEpochServesTheOthers() {
        try (MemoryVaultRig rig = new MemoryVaultRig()) {
            Epoch gone = rig.readyWithEpoch();
            Epoch kept = rig.vault.createEpoch(VaultFixtures.plan(EpochPurpose.DEVELOPMENT));
            rig.vault.knownEpochs(List.of(gone, kept));
            loseAndRecover(rig, () -> rig.hsm.removeKey("kms.root." + gone.id()));
            assertThat(rig.vault.status().state()).isEqualTo(VaultState.ACTIVE);
            assertThat(rig.vault.status().detail()).contains(gone.id().toString());
            assertThat(rig.vault.withMasterSecrets(kept, MasterSecrets::kpak)).isEqualTo(kept.kpak());
            assertRefused(KmsErrorCode.HSM_UNAVAILABLE, () -> rig.vault.withMasterSecrets(gone, m -> m));
        }
    }

    @Test
    void aRetirementOnAnotherNodeDoesNotStandInTheWayOfRecovery() {
        try (MemoryVaultRig rig = new MemoryVaultRig()) {
            Epoch one = rig.readyWithEpoch();
            Epoch two = rig.vault.createEpoch(VaultFixtures.plan(EpochPurpose.DEVELOPMENT));
            rig.vault.knownEpochs(List.of(one, two));
            rig.vault.knownEpochs(List.of(VaultFixtures.retired(one), VaultFixtures.retired(two)));
            loseAndRecover(rig, () -> {
                rig.hsm.removeKey("kms.root." + one.id());
                rig.hsm.removeKey("kms.root." + two.id());
            });
            assertThat(rig.vault.status().state()).isEqualTo(VaultState.ACTIVE);
            assertThat(rig.vault.status().detail()).isEqualTo("The token was found again.");
        }
    }

    @Test
    void anEpochThatWasNotCommittedIsNotExpectedOfTheToken() {
        try (MemoryVaultRig rig = new MemoryVaultRig()) {
            Epoch rolledBack = rig.readyWithEpoch();
            Epoch another = rig.vault.createEpoch(VaultFixtures.plan(EpochPurpose.DEVELOPMENT));
            loseAndRecover(rig, () -> {
                rig.hsm.removeKey("kms.root." + rolledBack.id());
                rig.hsm.removeKey("kms.root." + another.id());
            });
            assertThat(rig.vault.status().state()).isEqualTo(VaultState.ACTIVE);
            assertThat(rig.vault.status().detail()).isEqualTo("The token was found again.");
        }
    }

    private static void loseAndRecover(MemoryVaultRig rig, Runnable meanwhile) {
        rig.hsm.takeAway();
        meanwhile.run();
        rig.time.advance(Duration.ofSeconds(10));
        assertThat(rig.vault.status().state()).isEqualTo(VaultState.LOST);
        rig.hsm.bringBack();
        rig.time.advance(Duration.ofMinutes(2));
    }
}
