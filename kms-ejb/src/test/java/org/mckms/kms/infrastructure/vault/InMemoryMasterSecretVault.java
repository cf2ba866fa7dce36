package org.mckms.kms.infrastructure.vault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mckms.platform.hsm.HsmSettings;
import org.mckms.platform.hsm.InMemoryHsm;
import org.mckms.platform.hsm.LeasePolicy;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.platform.hsm.MemoryExposureCheck;
import org.mckms.platform.hsm.RecoverySettings;
import org.mckms.platform.hsm.RecoveryStep;

/** The vault over an HSM in memory. Passes the contract of the real one. */
public final class InMemoryMasterSecretVault extends TokenVault {

    public static final String LABEL = "kms-test";
    public static final String PIN = "2468-memory";

    /** As on a machine without swap and dumps. */
    static final MemoryExposureCheck UNEXPOSED = new MemoryExposureCheck(
            Path.of("/dev/null"),
            Path.of("src/test/resources/proc/limits-without-core"),
            Path.of("/dev/null"),
            option -> switch (option) {
                case "DisableAttachMechanism" -> "true";
                case "OnError", "OnOutOfMemoryError" -> "";
                default -> "false";
            });

    private final InMemoryHsm hsm;

    private InMemoryMasterSecretVault(InMemoryHsm hsm, VaultEnvironment environment, MemoryExposureCheck exposure) {
        super(environment, hsm.opener(environment.settings().tokenLabel()), exposure);
        this.hsm = hsm;
    }

    /** Calls of the token so far. */
    public int tokenCalls() {
        return hsm.calls();
    }

    /** An inactive vault over a given token. */
    static InMemoryMasterSecretVault create(InMemoryHsm hsm, VaultEnvironment environment) {
        return new InMemoryMasterSecretVault(hsm, environment, UNEXPOSED);
    }

    /** An inactive vault in a process that could leak memory or not. */
    static InMemoryMasterSecretVault create(
            InMemoryHsm hsm, VaultEnvironment environment, MemoryExposureCheck exposure) {
        return new InMemoryMasterSecretVault(hsm, environment, exposure);
    }

    /** An active vault over a token of its own whose store keys are made; its time stands still. */
    public static InMemoryMasterSecretVault ready() {
        ManualTime time = new ManualTime();
        InMemoryMasterSecretVault vault = create(
                new InMemoryHsm(PIN),
                new VaultEnvironment(
                        settings(LABEL, LeasePolicy.DEFAULT),
                        () -> Optional.of(PIN.toCharArray()),
                        false,
                        time,
                        time.scheduler(),
                        new RecordingListener()));
        vault.activate(PIN.toCharArray(), List.of());
        vault.createStoreKeys();
        return vault;
    }

    static HsmSettings settings(String label, LeasePolicy lease) {
        return new HsmSettings(
                Path.of("/nonexistent/library.so"),
                0,
                label,
                Duration.ofSeconds(2),
                lease,
                RecoverySettings.withLadder(List.of(RecoveryStep.values())));
    }
}
