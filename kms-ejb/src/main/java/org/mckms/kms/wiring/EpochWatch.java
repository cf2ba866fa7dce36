package org.mckms.kms.wiring;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.Optional;
import org.mckms.kms.domain.EpochRegister;
import org.mckms.kms.domain.EpochRegister.EpochCatalogue;
import org.mckms.kms.domain.EpochRules;
import org.mckms.kms.domain.MasterSecretVault;
import org.mckms.kms.domain.VaultState;
import org.mckms.platform.health.Finding;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.error.KmsException;

/** Keeps for the readiness probe whether an epoch is valid now, so that the probe need not ask the database. */
final class EpochWatch {

    private final EpochRegister epochs;
    private final EpochRules rules;
    private final MasterSecretVault vault;
    private final Transactions transactions;
    private final Clock clock;
    private volatile Finding finding = Finding.down("the epochs were not read yet");

    EpochWatch(
            EpochRegister epochs, EpochRules rules, MasterSecretVault vault, Transactions transactions, Clock clock) {
        this.epochs = requireNonNull(epochs, "epochs");
        this.rules = requireNonNull(rules, "rules");
        this.vault = requireNonNull(vault, "vault");
        this.transactions = requireNonNull(transactions, "transactions");
        this.clock = requireNonNull(clock, "clock");
    }

    Finding finding() {
        return finding;
    }

    /** Looks again; the vault learns so of epochs that other nodes made or retired. */
    void refresh() {
        try {
            EpochCatalogue committed = transactions.inNew(this::catalogue);
            vault.knownEpochs(committed.epochs());
            finding = of(committed);
        } catch (KmsException e) {
            finding = Finding.down(e.getMessage());
        }
    }

    private Finding of(EpochCatalogue catalogue) {
        Optional<String> objection = rules.objection(catalogue.epochs());
        if (objection.isPresent()) {
            return Finding.down(objection.get());
        }
        return catalogue
                .validAt(clock.instant())
                .map(epoch -> Finding.up("epoch " + epoch.id() + " is valid until " + epoch.validTo()))
                .orElse(Finding.down("no epoch is valid now; make one with the ceremony (kmsctl ceremony)"));
    }

    private EpochCatalogue catalogue() {
        return vault.status().state() == VaultState.ACTIVE ? epochs.checked() : new EpochCatalogue(epochs.unchecked());
    }
}
