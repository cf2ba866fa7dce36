package org.mckms.kms.infrastructure.vault;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.VaultState;
import org.mckms.platform.hsm.HsmSettings;
import org.mckms.platform.hsm.InMemoryHsm;
import org.mckms.platform.hsm.LeasePolicy;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.platform.hsm.MemoryExposureCheck;
import org.mckms.platform.hsm.PinSource;

/** A vault over a token in memory, with everything a test turns. */
final class MemoryVaultRig implements AutoCloseable {

    final InMemoryHsm hsm = new InMemoryHsm(InMemoryMasterSecretVault.PIN);
    final ManualTime time = new ManualTime();
    final RecordingListener listener = new RecordingListener();
    final InMemoryMasterSecretVault vault;

    MemoryVaultRig() {
        this(LeasePolicy.DEFAULT);
    }

    MemoryVaultRig(LeasePolicy lease) {
        this(lease, () -> Optional.of(pin()));
    }

    MemoryVaultRig(LeasePolicy lease, PinSource pins) {
        this(InMemoryMasterSecretVault.settings(InMemoryMasterSecretVault.LABEL, lease), pins);
    }

    MemoryVaultRig(HsmSettings settings, PinSource pins) {
        this(settings, pins, false, InMemoryMasterSecretVault.UNEXPOSED);
    }

    MemoryVaultRig(HsmSettings settings, PinSource pins, boolean production, MemoryExposureCheck exposure) {
        VaultEnvironment environment =
                new VaultEnvironment(settings, pins, production, time, time.scheduler(), listener);
        vault = InMemoryMasterSecretVault.create(hsm, environment, exposure);
    }

    static char[] pin() {
        return InMemoryMasterSecretVault.PIN.toCharArray();
    }

    /** Active, set up, with one derived epoch. */
    Epoch readyWithEpoch() {
        vault.activate(pin(), List.of());
        vault.createStoreKeys();
        return vault.createEpoch(VaultFixtures.plan(EpochPurpose.DEVELOPMENT));
    }

    /** Moves the clock on until the search for a lost token ends: threads that hung end by the clock of the machine. */
    void recover() {
        Instant patience = Instant.now().plusSeconds(20);
        while (vault.status().state() == VaultState.LOST && Instant.now().isBefore(patience)) {
            time.advance(Duration.ofSeconds(30));
        }
    }

    @Override
    public void close() {
        hsm.resume();
        vault.close();
    }
}
