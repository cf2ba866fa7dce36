package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ExternalCertificateRegister;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.codec.WireDialect;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsResponse;

/** KMS CertCache: gives a client the certificates of partner KMSs (TS 33.180 annex D.2.5). */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CertificateCache {

    @Inject
    Admission admission;

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
     * @throws org.mckms.protocol.error.KmsException what was refused, and why; nothing was given
     */
    public Answer newerThan(AuthenticatedIdentity caller, CertCacheRequest request) {
        Instant now = admission.now();
        admission.check(caller, request.body(), request.requestUrl(), now);
        String addressee = admission.addressee(caller, request.body());
        return transactions.inNew(() -> answer(caller, request, addressee, now));
    }

    private Answer answer(AuthenticatedIdentity caller, CertCacheRequest request, String addressee, Instant now) {
        WireDialect dialect = admission.dialectFor(caller, addressee);
        KmsCertCache cache = certificates.newerThan(request.cacheNum());
        audit.record(Notes.client(AuditEvent.CERT_CACHE_SERVED, caller, addressee)
                .with("certificates", Integer.toString(cache.certificates().size())));
        KmsResponse response = new KmsResponse(
                addressee,
                settings.site().kmsUri(),
                now,
                Optional.empty(),
                admission.answeredUrl(request.body(), request.requestUrl()),
                cache);
        return new Answer(response, dialect);
    }
}
