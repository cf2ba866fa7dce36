package org.mckms.kms.wiring;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import org.mckms.kms.domain.EpochRegister;
import org.mckms.kms.domain.EpochRegister.EpochCatalogue;
import org.mckms.kms.domain.MasterSecretVault;
import org.mckms.kms.domain.VaultState;
import org.mckms.platform.health.Finding;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.error.KmsException;

/** Keeps for the readiness probe whether an epoch is valid now, so that the probe need not ask the database. */
final class EpochWatch {

    private final EpochRegister epochs;
    private final MasterSecretVault vault;
    private final Transactions transactions;
    private final Clock clock;
    private volatile Finding finding = Finding.down("the epochs were not read yet");

    EpochWatch(EpochRegister epochs, MasterSecretVault vault, Transactions transactions, Clock clock) {
        this.epochs = requireNonNull(epochs, "epochs");
        this.vault = requireNonNull(vault, "vault");
        this.transactions = requireNonNull(transactions, "transactions");
        this.clock = requireNonNull(clock, "clock");
    }

    Finding finding() {
        return finding;
    }

    void refresh() {
        try {
            finding = transactions
                    .inNew(this::catalogue)
                    .validAt(clock.instant())
                    .map(epoch -> Finding.up("epoch " + epoch.id() + " is valid until " + epoch.validTo()))
                    .orElse(Finding.down("no epoch is valid now; make one with the ceremony (kmsctl ceremony)"));
        } catch (KmsException e) {
            finding = Finding.down(e.getMessage());
        }
    }

    private EpochCatalogue catalogue() {
        return vault.status().state() == VaultState.ACTIVE ? epochs.checked() : new EpochCatalogue(epochs.unchecked());
    }
}
