package org.mckms.kms.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.function.Consumer;
import org.mckms.kms.domain.CallerRules;
import org.mckms.kms.domain.ClientKeysId;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.RegistrationRequest;
import org.mckms.kms.domain.RegistrationRequestRegister;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** The two-officer rule of registrations: whoever asks for a server's keys is never the one who gets them. */
@ApplicationScoped
class RegistrationRequests {

    @Inject
    RegistrationRequestRegister requests;

    @Inject
    CallerRules rules;

    /**
     * Whether keys of this owner need two officers: servers' do, for they open what many users say.
     *
     * @throws KmsException {@code FORBIDDEN_IDENTITY} for an owner that this KMS does not serve at all
     */
    boolean needsTwo(ClientKeysId id) {
        ClientKind kind = rules.kindOf(id.ownerUri());
        CallerRules.checkServed(kind);
        return kind != ClientKind.MC_CLIENT;
    }

    /** Stores a first officer's request, in place of an older one. Inside a transaction, whose records {@code trail} writes. */
    RegistrationRequest ask(
            OperatorIdentity officer, ClientKeysId id, String reason, Instant now, Consumer<AuditNote> trail) {
        RegistrationRequest request =
                new RegistrationRequest(id, officer.name(), officer.certificateSha256(), reason, now);
        requests.put(request);
        trail.accept(Notes.operator(AuditEvent.REGISTRATION_REQUESTED, officer, id.ownerUri())
                .with("device", id.device())
                .with("reason", reason));
        return request;
    }

    /**
     * Uses up the request of another officer.
     *
     * @throws KmsException {@code NOT_FOUND} if there is none, {@code SECOND_OFFICER_REQUIRED} if it is this officer's own
     */
    RegistrationRequest approve(OperatorIdentity officer, ClientKeysId id, Instant now) {
        RegistrationRequest open = requests.lock(id)
                .filter(request -> request.isOpen(now))
                .orElseThrow(() -> new KmsException(
                        KmsErrorCode.NOT_FOUND, "no officer has asked for keys of " + id + " within a day"));
        if (open.isOf(officer)) {
            throw new KmsException(
                    KmsErrorCode.SECOND_OFFICER_REQUIRED,
                    "this officer has asked for the keys; another officer has to approve until " + open.expiresAt());
        }
        requests.remove(id);
        return open;
    }
}
