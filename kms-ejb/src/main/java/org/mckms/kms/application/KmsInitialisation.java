package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.CallerRules;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochRegister;
import org.mckms.kms.domain.PeriodWindow;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.codec.WireDialect;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsResponse;

/** KMS Initialize: gives a client the root certificate of the current epoch (TS 33.180 annex D.2.3). */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class KmsInitialisation {

    @Inject
    Admission admission;

    @Inject
    Transactions transactions;

    @Inject
    EpochRegister epochs;

    @Inject
    PeriodWindow window;

    @Inject
    CallerRules rules;

    @Inject
    KmsSettings settings;

    @Inject
    AuditTrail audit;

    /**
     * Answers with the root certificate.
     *
     * @throws org.mckms.protocol.error.KmsException what was refused, and why; nothing was given
     */
    public Answer initialise(AuthenticatedIdentity caller, InitRequest request) {
        Instant now = admission.now();
        admission.check(caller, request.body(), request.requestUrl(), now);
        String addressee = admission.addressee(caller, request.body());
        return transactions.inNew(() -> answer(caller, request, addressee, now));
    }

    private Answer answer(AuthenticatedIdentity caller, InitRequest request, String addressee, Instant now) {
        WireDialect dialect = admission.dialectFor(caller, addressee);
        Epoch epoch = window.current(epochs.checked(), now).epoch();
        rules.checkEpoch(caller, epoch);
        audit.record(Notes.client(AuditEvent.KMS_INITIALISED, caller, addressee)
                .with("epoch", epoch.id().toString()));
        KmsResponse response = new KmsResponse(
                addressee,
                settings.site().kmsUri(),
                now,
                Optional.empty(),
                admission.answeredUrl(request.body(), request.requestUrl()),
                new KmsInit(epoch.certificate()));
        return new Answer(response, dialect);
    }
}
