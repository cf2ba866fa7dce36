package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ExternalCertificateRegister;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsLookup;
import org.mckms.protocol.message.KmsRedirectResponse;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.message.KmsResponse;

/**
 * KMS Discovery: which KMS serves a user, and what clients were told about that by others (TS 33.180 annexes D.2.7 and
 * D.2.8). Served only where {@code kms.discovery} is on.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Discovery {

    /** Redirect responses that one upload may have. */
    static final int MAX_REDIRECTS = 8;

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
     * Answers with the KMSs that serve the user's domain by their certificates, this one first. Whether there is such a
     * user is not said.
     *
     * @param form learns how the answer, or the refusal, is to be written
     * @throws KmsException what was refused, and why; {@code NOT_FOUND} if no KMS known here serves the domain
     */
    public KmsResponse lookup(AuthenticatedIdentity caller, LookupRequest request, AnswerForm form) {
        RequestAdmission.Asked asked = RequestAdmission.Asked.other(request.body(), request.requestUrl());
        try (AdmittedRequest admitted = admission.admit(caller, asked, form)) {
            List<String> found = transactions.inNew(() -> served(admitted, request));
            return admitted.answer(settings.site().kmsUri(), new KmsLookup(found));
        }
    }

    private List<String> served(AdmittedRequest admitted, LookupRequest request) {
        admission.checkNotBlocked(admitted);
        List<String> found = request.domain().stream()
                .flatMap(domain -> kmsOf(domain, admitted.now()))
                .toList();
        if (found.isEmpty()) {
            throw new KmsException(KmsErrorCode.NOT_FOUND, "no KMS known here serves the domain of that user");
        }
        audit.record(Notes.client(AuditEvent.LOOKUP_SERVED, admitted.caller(), admitted.addressee())
                .with("user", request.userUri())
                .with("found", String.join(" ", found)));
        return found;
    }

    private Stream<String> kmsOf(String domain, Instant now) {
        Stream<String> own = settings.site().domains().stream()
                .filter(domain::equalsIgnoreCase)
                .map(served -> settings.site().kmsUri());
        Stream<String> partners = certificates.all().stream()
                .filter(held -> held.holdsAt(now))
                .filter(held -> held.certificate().domains().stream().anyMatch(domain::equalsIgnoreCase))
                .map(held -> held.certificate().kmsUri());
        return Stream.concat(own, partners).distinct();
    }

    /**
     * Writes redirect responses into the audit trail, each by its digest and what was understood of it. Nothing is decided
     * by them: they are claims of whoever the client talked to.
     *
     * @param form learns how the answer, or the refusal, is to be written
     * @return an empty lookup; annex D names no other answer
     * @throws KmsException what was refused, and why; {@code MALFORMED_REQUEST} if there is none, or more than eight
     */
    public KmsResponse receiveRedirects(AuthenticatedIdentity caller, RedirectUpload upload, AnswerForm form) {
        RequestAdmission.Asked asked = RequestAdmission.Asked.uploading(upload.body(), upload.requestUrl());
        try (AdmittedRequest admitted = admission.admit(caller, asked, form)) {
            List<KmsRedirectResponse> received =
                    admitted.body().map(KmsRequest::krrList).orElse(List.of());
            if (received.isEmpty() || received.size() > MAX_REDIRECTS) {
                throw new KmsException(
                        KmsErrorCode.MALFORMED_REQUEST,
                        "redirect takes a KrrList of 1 to " + MAX_REDIRECTS + " redirect responses");
            }
            transactions.inNew(() -> recorded(admitted, received));
            return admitted.answer(settings.site().kmsUri(), new KmsLookup(List.of()));
        }
    }

    private List<KmsRedirectResponse> recorded(AdmittedRequest admitted, List<KmsRedirectResponse> received) {
        admission.checkNotBlocked(admitted);
        audit.record(note(admitted, received));
        return received;
    }

    private static AuditNote note(AdmittedRequest admitted, List<KmsRedirectResponse> received) {
        AuditNote note = Notes.client(AuditEvent.KRR_RECEIVED, admitted.caller(), admitted.addressee());
        for (int i = 0; i < received.size(); i++) {
            note = note.with("krr" + (i + 1), RedirectSummary.of(received.get(i)));
        }
        return note;
    }
}
