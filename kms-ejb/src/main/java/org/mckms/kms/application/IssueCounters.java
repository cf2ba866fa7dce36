package org.mckms.kms.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.kms.domain.IdentityRegister;
import org.mckms.kms.domain.IssueAdvanceRegister;
import org.mckms.kms.domain.IssueAdvanceRequest;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** The two-officer rule of the issue counter. */
@ApplicationScoped
class IssueCounters {

    @Inject
    IdentityRegister identities;

    @Inject
    IssueAdvanceRegister requests;

    /** Inside a transaction, whose records {@code trail} writes. */
    IssueAdvance advance(OperatorIdentity officer, String uri, String reason, Instant now, Consumer<AuditNote> trail) {
        RegisteredIdentity identity = identities
                .lockToHeal(uri)
                .orElseThrow(() -> new KmsException(KmsErrorCode.NOT_FOUND, "no identity " + uri + " was ever seen"));
        Optional<IssueAdvanceRequest> open =
                requests.find(uri).filter(request -> request.isOpen(identity.issue(), now));
        if (open.isEmpty()) {
            return ask(officer, identity, reason, now, trail);
        }
        if (open.get().isOf(officer)) {
            throw new KmsException(
                    KmsErrorCode.CONFLICT,
                    "this officer has asked already; another officer has to confirm until "
                            + open.get().expiresAt());
        }
        return confirm(officer, identity, open.get(), trail);
    }

    private IssueAdvance ask(
            OperatorIdentity officer,
            RegisteredIdentity identity,
            String reason,
            Instant now,
            Consumer<AuditNote> trail) {
        IssueAdvanceRequest request = new IssueAdvanceRequest(
                identity.uri(), officer.name(), officer.certificateSha256(), reason, identity.issue(), now);
        requests.put(request);
        trail.accept(Notes.operator(AuditEvent.ISSUE_ADVANCE_REQUESTED, officer, identity.uri())
                .with("issue", Integer.toString(identity.issue()))
                .with("reason", reason));
        return new IssueAdvance(identity.uri(), IssueAdvance.Outcome.REQUESTED, identity.issue(), request.expiresAt());
    }

    private IssueAdvance confirm(
            OperatorIdentity officer,
            RegisteredIdentity identity,
            IssueAdvanceRequest request,
            Consumer<AuditNote> trail) {
        RegisteredIdentity advanced = identity.withNextIssue();
        identities.change(advanced);
        requests.remove(identity.uri());
        trail.accept(Notes.operator(AuditEvent.ISSUE_ADVANCED, officer, identity.uri())
                .with("issue", Integer.toString(advanced.issue()))
                .with(IdentityTrail.REVISION, Long.toString(advanced.revision()))
                .with("requestedBy", request.officer())
                .with("requesterCertificateSha256", request.officerCertificate())
                .with("reason", request.reason()));
        return new IssueAdvance(identity.uri(), IssueAdvance.Outcome.ADVANCED, advanced.issue(), request.expiresAt());
    }
}
