package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.protocol.error.KmsException;

/** Writes down what was refused. */
@Stateless
public class RefusalAudit {

    /** One record, committed when this returns. */
    public void refused(AuthenticatedIdentity caller, String resource, KmsException refusal) {
        throw new UnsupportedOperationException();
    }

    /** Counted; one record per source and minute, so that nobody fills the audit trail from outside. */
    @SystemUse("the request has no authenticated caller, which is what is written down")
    public void unauthenticated(String source, String reason) {
        throw new UnsupportedOperationException();
    }
}
