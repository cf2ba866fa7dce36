package org.mckms.kms.infrastructure.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.kms.infrastructure.vault.Refusals.assertRefused;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.MasterSecrets;
import org.mckms.platform.hsm.InMemoryHsm;
import org.mckms.platform.hsm.LeaseMode;
import org.mckms.platform.hsm.LeasePolicy;
import org.mckms.protocol.error.KmsErrorCode;

/** Leases by a clock that the test moves; a derivation shows as MACs of the token. */
class VaultLeaseTest {

    /** KSAK and k_v take one block each, z_T three. */
    private static final int MACS_OF_A_DERIVATION = 5;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final LeasePolicy REQUEST = policy(LeaseMode.REQUEST);
    private static final LeasePolicy BATCH = policy(LeaseMode.BATCH);
    private static final LeasePolicy ACTIVATION = policy(LeaseMode.ACTIVATION);

    private static LeasePolicy policy(LeaseMode mode) {
        return new LeasePolicy(mode, Duration.ofMinutes(10), Duration.ofSeconds(60));
    }

    @Test
    void requestLeaseDerivesForEachUse() {
        try (MemoryVaultRig rig = new MemoryVaultRig(REQUEST)) {
            Epoch epoch = rig.readyWithEpoch();
            assertThat(macsOf(rig.hsm, () -> use(rig, epoch))).isEqualTo(MACS_OF_A_DERIVATION);
            assertThat(macsOf(rig.hsm, () -> use(rig, epoch))).isEqualTo(MACS_OF_A_DERIVATION);
        }
    }

    @Test
    void otherLeasesDeriveOnce() {
        for (LeasePolicy lease : List.of(BATCH, ACTIVATION)) {
            try (MemoryVaultRig rig = new MemoryVaultRig(lease)) {
                Epoch epoch = rig.readyWithEpoch();
                assertThat(macsOf(rig.hsm, () -> use(rig, epoch))).isEqualTo(MACS_OF_A_DERIVATION);
                rig.time.advance(Duration.ofSeconds(59));
                assertThat(macsOf(rig.hsm, () -> use(rig, epoch))).isZero();
            }
        }
    }

    @Test
    void idleMastersAreWiped() {
        for (LeasePolicy lease : List.of(BATCH, ACTIVATION)) {
            try (MemoryVaultRig rig = new MemoryVaultRig(lease)) {
                Epoch epoch = rig.readyWithEpoch();
                use(rig, epoch);
                rig.time.advance(MINUTE.plusSeconds(1));
                assertThat(macsOf(rig.hsm, () -> use(rig, epoch))).isEqualTo(MACS_OF_A_DERIVATION);
            }
        }
    }

    @Test
    void batchLeaseEndsAlthoughInUse() {
        try (MemoryVaultRig rig = new MemoryVaultRig(BATCH)) {
            Epoch epoch = rig.readyWithEpoch();
            use(rig, epoch);
            int during = useEachHalfMinute(rig, epoch, Duration.ofMinutes(9).plusSeconds(30));
            assertThat(during).isZero();
            assertThat(useEachHalfMinute(rig, epoch, MINUTE)).isEqualTo(MACS_OF_A_DERIVATION);
        }
    }

    @Test
    void activationLeaseIsRenewedInTheBackground() {
        try (MemoryVaultRig rig = new MemoryVaultRig(ACTIVATION)) {
            Epoch epoch = rig.readyWithEpoch();
            use(rig, epoch);
            int inForeground = useEachHalfMinute(rig, epoch, Duration.ofHours(1));
            assertThat(inForeground).as("no use ever waits for a derivation").isZero();
        }
    }

    @Test
    void aRenewalThatFindsOtherMastersWipesBoth() {
        try (MemoryVaultRig rig = new MemoryVaultRig(ACTIVATION)) {
            Epoch epoch = rig.readyWithEpoch();
            use(rig, epoch);
            rig.hsm.replaceKey("kms.root." + epoch.id());
            useEachHalfMinute(rig, epoch, Duration.ofMinutes(8).plusSeconds(30));
            assertThat(rig.listener.events()).isEmpty();
            rig.time.advance(MINUTE);
            assertThat(rig.listener.events()).containsExactly("mastersRefused");
            assertRefused(KmsErrorCode.INTERNAL, () -> use(rig, epoch));
            assertThat(rig.listener.events()).as("the alarm rings once").hasSize(1);
        }
    }

    @Test
    void aLeaseThatCannotBeRenewedEnds() {
        try (MemoryVaultRig rig = new MemoryVaultRig(ACTIVATION)) {
            Epoch epoch = rig.readyWithEpoch();
            use(rig, epoch);
            rig.hsm.removeKey("kms.root." + epoch.id());
            useEachHalfMinute(rig, epoch, Duration.ofMinutes(9).plusSeconds(30));
            rig.time.advance(Duration.ofSeconds(31));
            assertRefused(KmsErrorCode.HSM_UNAVAILABLE, () -> use(rig, epoch));
        }
    }

    @Test
    void aUseLongerThanTheLeaseKeepsItsMasters() {
        for (LeasePolicy lease : List.of(REQUEST, BATCH, ACTIVATION)) {
            try (MemoryVaultRig rig = new MemoryVaultRig(lease)) {
                Epoch epoch = rig.readyWithEpoch();
                rig.vault.withMasterSecrets(epoch, masters -> {
                    rig.time.advance(Duration.ofMinutes(30));
                    assertThat(masters.ksak().publicKey()).isEqualTo(epoch.kpak());
                    return masters;
                });
            }
        }
    }

    @Test
    void usesWithinUsesShareALease() {
        try (MemoryVaultRig rig = new MemoryVaultRig(ACTIVATION)) {
            Epoch epoch = rig.readyWithEpoch();
            rig.vault.withMasterSecrets(epoch, outer -> {
                assertThat(macsOf(rig.hsm, () -> use(rig, epoch))).isZero();
                assertThat(outer.ksak().publicKey()).isEqualTo(epoch.kpak());
                return outer;
            });
        }
    }

    @Test
    void retirementEndsTheLease() {
        try (MemoryVaultRig rig = new MemoryVaultRig(ACTIVATION)) {
            Epoch epoch = rig.readyWithEpoch();
            use(rig, epoch);
            rig.vault.withMasterSecrets(epoch, masters -> {
                rig.vault.retire(epoch.id());
                return masters.kpak();
            });
            assertRefused(KmsErrorCode.NOT_READY, () -> use(rig, epoch));
            assertRefused(
                    KmsErrorCode.NOT_READY,
                    () -> rig.vault.withMasterSecrets(VaultFixtures.retired(epoch), masters -> masters));
        }
    }

    @Test
    void aFailingUseGivesItsMastersBack() {
        try (MemoryVaultRig rig = new MemoryVaultRig(ACTIVATION)) {
            Epoch epoch = rig.readyWithEpoch();
            MasterSecrets[] kept = new MasterSecrets[1];
            assertThatThrownBy(() -> rig.vault.withMasterSecrets(epoch, masters -> {
                        kept[0] = masters;
                        throw new IllegalArgumentException("use failed");
                    }))
                    .hasMessage("use failed");
            assertThatThrownBy(() -> VaultFixtures.ksak(kept[0])).isInstanceOf(IllegalStateException.class);
            use(rig, epoch);
        }
    }

    @Test
    void epochsHaveLeasesOfTheirOwn() {
        try (MemoryVaultRig rig = new MemoryVaultRig(ACTIVATION)) {
            Epoch one = rig.readyWithEpoch();
            Epoch two = rig.vault.createEpoch(VaultFixtures.plan(EpochPurpose.DEVELOPMENT));
            assertThat(use(rig, one)).isEqualTo(one.kpak());
            assertThat(use(rig, two)).isEqualTo(two.kpak());
            assertThat(macsOf(rig.hsm, () -> use(rig, one))).isZero();
        }
    }

    private static Object use(MemoryVaultRig rig, Epoch epoch) {
        return rig.vault.withMasterSecrets(epoch, MasterSecrets::kpak);
    }

    /** MACs that the uses themselves caused, those of the background left out. */
    private static int useEachHalfMinute(MemoryVaultRig rig, Epoch epoch, Duration length) {
        int macs = 0;
        for (Duration past = Duration.ZERO; past.compareTo(length) < 0; past = past.plusSeconds(30)) {
            rig.time.advance(Duration.ofSeconds(30));
            macs += macsOf(rig.hsm, () -> use(rig, epoch));
        }
        return macs;
    }

    private static int macsOf(InMemoryHsm hsm, Runnable action) {
        int before = hsm.macs();
        action.run();
        return hsm.macs() - before;
    }
}
