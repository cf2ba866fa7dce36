package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.CallerRules;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochRegister;
import org.mckms.kms.domain.PeriodWindow;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsResponse;

/** KMS Initialize: gives a client the root certificate of the current epoch (TS 33.180 annex D.2.3). */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class KmsInitialisation {

    @Inject
    RequestAdmission admission;

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
     * Answers with the root certificate, and with new keys of the device where they are due.
     *
     * @param form learns how the answer, or the refusal, is to be written
     * @return closed by the caller
     * @throws org.mckms.protocol.error.KmsException what was refused, and why; nothing was given
     */
    public KmsResponse initialise(AuthenticatedIdentity caller, InitRequest request, AnswerForm form) {
        RequestAdmission.Asked asked = RequestAdmission.Asked.renewing(request.body(), request.requestUrl());
        try (AdmittedRequest admitted = admission.admit(caller, asked, form)) {
            Epoch epoch = transactions.inNew(() -> served(admitted));
            return admitted.answer(settings.site().kmsUri(), new KmsInit(epoch.certificate(), admitted.newKeys()));
        }
    }

    private Epoch served(AdmittedRequest admitted) {
        admission.checkNotBlocked(admitted);
        Epoch epoch = window.current(epochs.checked(), admitted.now()).epoch();
        rules.checkEpoch(admitted.caller(), epoch);
        audit.record(Notes.client(AuditEvent.KMS_INITIALISED, admitted.caller(), admitted.addressee())
                .with("epoch", epoch.id().toString()));
        return epoch;
    }
}
