package org.mckms.csc.token;

import java.util.Optional;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.protocol.error.KmsException;

/** What became of a request's credentials. Credentials that do not hold at all are a KmsException instead. */
public sealed interface Decision {

    /** The request is from this caller. */
    record Accepted(AuthenticatedIdentity caller) implements Decision {}

    /**
     * The token holds, but allows nothing here.
     *
     * @param caller whom the token names, for the audit trail and the answer only; empty if it names nobody
     * @param why INSUFFICIENT_SCOPE or FORBIDDEN_IDENTITY
     */
    record Refused(Optional<AuthenticatedIdentity> caller, KmsException why) implements Decision {}

    /** The request has no bearer credentials. A certificate or an asserted identity without a token is none either. */
    record Anonymous() implements Decision {}
}
