package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ExternalCertificate;
import org.mckms.kms.domain.ExternalCertificateRegister;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsResponse;

/** KMS Cert: gives a client the certificate of one partner KMS (TS 33.180 annex D.2.6). */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CertificateOfKms {

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
     * Answers with one certificate in a cache without number: it says nothing of the client's cache.
     *
     * @param form learns how the answer, or the refusal, is to be written
     * @throws KmsException what was refused, and why; {@code NOT_FOUND} if no certificate of that KMS is held
     */
    public KmsResponse certificate(AuthenticatedIdentity caller, CertificateRequest request, AnswerForm form) {
        RequestAdmission.Asked asked = RequestAdmission.Asked.other(request.body(), request.requestUrl());
        try (AdmittedRequest admitted = admission.admit(caller, asked, form)) {
            ExternalCertificate found = transactions.inNew(() -> served(admitted, request.kmsUri()));
            KmsCertCache answer = new KmsCertCache(OptionalLong.empty(), List.of(found.certificate()));
            return admitted.answer(settings.site().kmsUri(), answer);
        }
    }

    private ExternalCertificate served(AdmittedRequest admitted, String kmsUri) {
        admission.checkNotBlocked(admitted);
        if (kmsUri.equals(settings.site().kmsUri())) {
            throw notFound("this KMS gives its own certificate by init");
        }
        ExternalCertificate found = certificates.ofKms(kmsUri).stream()
                .max(preferredAt(admitted.now()))
                .orElseThrow(() -> notFound("no certificate of that KMS is held"));
        audit.record(Notes.client(AuditEvent.CERTIFICATE_SERVED, admitted.caller(), admitted.addressee())
                .with("kms", kmsUri)
                .with("certUri", found.certUri()));
        return found;
    }

    /** One that holds; of several the newest. If none holds, the newest one tells the client that it is revoked or over. */
    private static Comparator<ExternalCertificate> preferredAt(Instant now) {
        return Comparator.comparing((ExternalCertificate candidate) -> candidate.holdsAt(now))
                .thenComparing(candidate -> candidate.certificate().validFrom().orElse(Instant.MIN))
                .thenComparing(ExternalCertificate::cacheNum);
    }

    private static KmsException notFound(String why) {
        return new KmsException(KmsErrorCode.NOT_FOUND, why);
    }
}
