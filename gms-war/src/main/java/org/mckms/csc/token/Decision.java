package org.mckms.csc.token;

import java.util.Optional;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.token.PresentedToken;
import org.mckms.protocol.error.KmsException;

/** What became of a request's credentials. Credentials that do not hold at all are a KmsException instead. */
public sealed interface Decision {

    /**
     * The request is from this caller.
     *
     * @param token the token of the request, as far as it can be revoked
     */
    record Accepted(AuthenticatedIdentity caller, PresentedToken token) implements Decision {}

    /**
     * The token holds, but allows nothing here.
     *
     * @param holder who brought the token, for the audit trail only: issuer, client_id, subject and source, and as
     *     identities those that the token claims; {@code client_id@issuer} in their place if it claims none, or if they are
     *     not to be believed
     * @param answerTo the identity that the answer is addressed to; empty if the token claims none
     * @param why INSUFFICIENT_SCOPE, FORBIDDEN_IDENTITY, or UNAUTHENTICATED for a revoked token, in words for the sender
     * @param detail what the audit trail is told besides; may be empty
     */
    record Refused(AuthenticatedIdentity holder, Optional<String> answerTo, KmsException why, String detail)
            implements Decision {

        /** The refusal in words for the audit trail. */
        public KmsException audited() {
            return detail.isEmpty() ? why : new KmsException(why.code(), why.getMessage() + ": " + detail);
        }
    }

    /** The request has no bearer credentials. A certificate or an asserted identity without a token is none either. */
    record Anonymous() implements Decision {}
}
