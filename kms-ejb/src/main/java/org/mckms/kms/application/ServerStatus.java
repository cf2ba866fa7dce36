package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mckms.kms.domain.EpochRegister;
import org.mckms.kms.domain.EpochRegister.EpochCatalogue;
import org.mckms.kms.domain.MasterSecretVault;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.delivery.DeliveryDesk;
import org.mckms.platform.health.Finding;
import org.mckms.platform.health.ReadinessBoard;
import org.mckms.platform.persistence.Transactions;

/** Says how the server is, whatever state it is in. Any role. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(OperatorRefusals.class)
public class ServerStatus {

    @Inject
    KmsSettings settings;

    @Inject
    MasterSecretVault vault;

    @Inject
    ReadinessBoard readiness;

    @Inject
    EpochRegister epochs;

    @Inject
    Transactions transactions;

    @Inject
    DeliveryDesk deliveries;

    @Inject
    Clock clock;

    public StatusReport status(OperatorIdentity caller) {
        caller.mustBeOneOf(OperatorRole.values());
        Finding database = readiness.database();
        List<String> reasons = readiness.reasonsNotReady();
        return new StatusReport(
                settings.site().node(),
                settings.site().profile().name().toLowerCase(Locale.ROOT),
                settings.site().kmsUri(),
                vault.status(),
                database.up() ? currentEpoch() : Optional.empty(),
                database.sentence(),
                readiness.audit().sentence(),
                readiness.arithmetic().sentence(),
                database.up() ? transactions.inNew(deliveries::counts).sentence() : database.sentence(),
                reasons.isEmpty(),
                reasons);
    }

    private Optional<EpochView> currentEpoch() {
        return transactions
                .inNew(() -> new EpochCatalogue(epochs.unchecked()).validAt(clock.instant()))
                .map(epoch -> EpochView.of(epoch, true));
    }
}
