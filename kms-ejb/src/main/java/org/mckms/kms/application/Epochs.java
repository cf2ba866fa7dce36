package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochRegister;
import org.mckms.kms.domain.EpochRegister.EpochCatalogue;
import org.mckms.kms.domain.EpochState;
import org.mckms.kms.domain.ExternalCertificateRegister;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.message.KmsCertificate;

/** Shows epochs and certificates. Any role. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(OperatorRefusals.class)
public class Epochs {

    @Inject
    EpochRegister epochs;

    @Inject
    ExternalCertificateRegister external;

    @Inject
    Transactions transactions;

    @Inject
    Clock clock;

    /** Newest validity first; works without the token. */
    public List<EpochView> list(OperatorIdentity caller) {
        caller.mustBeOneOf(OperatorRole.values());
        EpochCatalogue catalogue = new EpochCatalogue(transactions.inNew(epochs::unchecked));
        Optional<Epoch> current = catalogue.validAt(clock.instant());
        return catalogue.epochs().stream()
                .map(epoch -> EpochView.of(epoch, current.filter(epoch::equals).isPresent()))
                .toList();
    }

    /** The root certificates of active epochs, then the external ones. */
    public List<KmsCertificate> certificates(OperatorIdentity caller) {
        caller.mustBeOneOf(OperatorRole.values());
        return transactions.inNew(() -> {
            List<KmsCertificate> certificates = new ArrayList<>();
            epochs.checked().epochs().stream()
                    .filter(epoch -> epoch.state() == EpochState.ACTIVE)
                    .map(Epoch::certificate)
                    .forEach(certificates::add);
            certificates.addAll(external.newerThan(OptionalLong.empty()).certificates());
            return certificates;
        });
    }
}
