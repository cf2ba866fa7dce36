package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ExternalCertificateRegister;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsResponse;

/** KMS CertCache: gives a client the certificates of partner KMSs (TS 33.180 annex D.2.5). */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CertificateCache {

    @Inject
    RequestAdmission admission;

    @Inject
    Transactions transactions;

    @Inject
    ExternalCertificateRegister certificates;

    @Inject
    KmsSettings settings;

    @Inject
    AuditTrail audit;

    /**
     * Answers with the certificates newer than the client's cache; none if it has them all.
     *
     * @param form learns how the answer, or the refusal, is to be written
     * @throws org.mckms.protocol.error.KmsException what was refused, and why; nothing was given
     */
    public KmsResponse newerThan(AuthenticatedIdentity caller, CertCacheRequest request, AnswerForm form) {
        RequestAdmission.Asked asked = RequestAdmission.Asked.other(request.body(), request.requestUrl());
        try (AdmittedRequest admitted = admission.admit(caller, asked, form)) {
            KmsCertCache cache = transactions.inNew(() -> served(admitted, request));
            return admitted.answer(settings.site().kmsUri(), cache);
        }
    }

    private KmsCertCache served(AdmittedRequest admitted, CertCacheRequest request) {
        admission.checkNotBlocked(admitted);
        KmsCertCache cache = certificates.newerThan(request.cacheNum());
        audit.record(Notes.client(AuditEvent.CERT_CACHE_SERVED, admitted.caller(), admitted.addressee())
                .with("certificates", Integer.toString(cache.certificates().size())));
        return cache;
    }
}
