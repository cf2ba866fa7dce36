package org.mckms.kms.infrastructure.vault;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.kms.infrastructure.vault.Refusals.assertRefused;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.MasterSecrets;
import org.mckms.kms.domain.VaultState;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.hsm.HsmSettings;
import org.mckms.platform.hsm.LeasePolicy;
import org.mckms.platform.hsm.RecoverySettings;
import org.mckms.platform.hsm.RecoveryStep;
import org.mckms.platform.hsm.TokenException;
import org.mckms.platform.hsm.TokenFault;
import org.mckms.protocol.error.KmsErrorCode;

/** What the watch takes for a lost token, and what it does not. Limits are those of the machine's own clock. */
class VaultWatchTest {

    private static final Octets ROW = Octets.ofAscii("row");

    /** What is done for the first time loads many classes, which must not count as a slow token. */
    @BeforeAll
    static void loadClasses() {
        try (MemoryVaultRig rig = new MemoryVaultRig()) {
            rig.readyWithEpoch();
        }
    }

    private static MemoryVaultRig rig(Duration callLimit, Duration lossAfter) {
        RecoverySettings recovery = new RecoverySettings(
                List.of(RecoveryStep.RELOAD),
                Duration.ofMillis(100),
                lossAfter,
                Duration.ofSeconds(1),
                Duration.ofSeconds(30));
        HsmSettings usual = InMemoryMasterSecretVault.settings(InMemoryMasterSecretVault.LABEL, LeasePolicy.DEFAULT);
        HsmSettings settings =
                new HsmSettings(usual.library(), 0, usual.tokenLabel(), callLimit, usual.lease(), recovery);
        return new MemoryVaultRig(settings, () -> Optional.of(MemoryVaultRig.pin()));
    }

    @Test
    void aTokenThatHangsIsLostBeforeACallOfItIsLate() {
        try (MemoryVaultRig rig = rig(Duration.ofSeconds(20), Duration.ofMillis(200))) {
            rig.readyWithEpoch();
            rig.hsm.hang();
            Instant begun = Instant.now();
            rig.time.advance(Duration.ofMillis(300));
            assertThat(rig.vault.status().state()).isEqualTo(VaultState.LOST);
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
            rig.hsm.resume();
        }
    }

    @Test
    void keysThatAreMadeSlowlyAreNoLoss() {
        try (MemoryVaultRig rig = rig(Duration.ofMillis(300), Duration.ofSeconds(2))) {
            Epoch epoch = rig.readyWithEpoch();
            rig.hsm.hangChanges();
            assertRefused(
                    KmsErrorCode.HSM_UNAVAILABLE,
                    () -> rig.vault.createEpoch(VaultFixtures.plan(EpochPurpose.DEVELOPMENT)));
            rig.time.advance(Duration.ofSeconds(10));
            assertThat(rig.listener.events()).isEmpty();
            assertThat(rig.vault.withMasterSecrets(epoch, MasterSecrets::kpak)).isEqualTo(epoch.kpak());
            rig.hsm.resume();
        }
    }

    @Test
    void oneProbeIsNoLossHoweverLongItTook() {
        try (MemoryVaultRig rig = rig(Duration.ofSeconds(20), Duration.ofSeconds(2))) {
            rig.readyWithEpoch();
            AtomicBoolean failed = new AtomicBoolean();
            rig.hsm.duringCalls(() -> {
                if (!failed.getAndSet(true)) {
                    rig.time.pass(Duration.ofSeconds(10));
                    throw new TokenException(TokenFault.LOST, "The network was slow.");
                }
            });
            rig.time.advance(Duration.ofMillis(100));
            assertThat(failed).isTrue();
            assertThat(rig.listener.events()).isEmpty();
            rig.time.advance(Duration.ofSeconds(5));
            assertThat(rig.listener.events()).isEmpty();
        }
    }

    @Test
    void callsThatNeverComeBackAreALossAlthoughTheProbeAnswers() {
        try (MemoryVaultRig rig = rig(Duration.ofMillis(100), Duration.ofMillis(200))) {
            Epoch epoch = rig.readyWithEpoch();
            Octets mac = rig.vault.rowMac(ROW);
            rig.hsm.hangKey("kms.row");
            Instant begun = Instant.now();
            while (rig.vault.status().state() == VaultState.ACTIVE) {
                assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
                assertRefused(KmsErrorCode.HSM_UNAVAILABLE, () -> rig.vault.rowMac(ROW));
                rig.time.advance(Duration.ofMillis(100));
            }
            assertThat(rig.vault.status().state()).isEqualTo(VaultState.LOST);
            assertThat(rig.vault.status().detail()).contains("have not come back");
            rig.hsm.letKeyGo("kms.row");
            rig.time.advance(Duration.ofSeconds(5));
            assertThat(rig.listener.events()).containsExactly("lost", "recovered");
            assertThat(rig.vault.rowMac(ROW)).as("calls hang still").isEqualTo(mac);
            assertThat(rig.vault.withMasterSecrets(epoch, MasterSecrets::kpak)).isEqualTo(epoch.kpak());
        }
    }

    @Test
    void nobodyWaitsForATokenThatHasJustBeenLate() {
        try (MemoryVaultRig rig = rig(Duration.ofSeconds(1), Duration.ofSeconds(60))) {
            rig.readyWithEpoch();
            Octets mac = rig.vault.rowMac(ROW);
            rig.hsm.hang();
            assertRefused(KmsErrorCode.HSM_UNAVAILABLE, () -> rig.vault.rowMac(ROW));
            Instant begun = Instant.now();
            for (int call = 0; call < 20; call++) {
                assertRefused(KmsErrorCode.HSM_UNAVAILABLE, () -> rig.vault.rowMac(ROW));
            }
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(1));
            rig.hsm.resume();
            rig.time.advance(Duration.ofMillis(100));
            assertThat(rig.vault.rowMac(ROW)).as("the probe has answered").isEqualTo(mac);
        }
    }

    @Test
    void hangingCallsDoNotCollectThreadsForEver() {
        try (MemoryVaultRig rig = rig(Duration.ofMillis(40), Duration.ofMillis(80))) {
            rig.readyWithEpoch();
            Set<Thread> before = threadsOfTokens();
            rig.hsm.hang();
            rig.time.advance(Duration.ofMinutes(20));
            Set<Thread> hanging = threadsOfTokens();
            hanging.removeAll(before);
            assertThat(rig.vault.status().state()).isEqualTo(VaultState.LOST);
            assertThat(rig.vault.status().detail()).contains("calls of the token hang");
            assertThat(hanging).as("45 if nothing bounded them").hasSizeLessThan(40);
            rig.hsm.resume();
            rig.recover();
            assertThat(rig.vault.status().state()).isEqualTo(VaultState.ACTIVE);
        }
    }

    /** Those of other tests' vaults included. */
    private static Set<Thread> threadsOfTokens() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("kms-hsm"))
                .collect(toSet());
    }
}
