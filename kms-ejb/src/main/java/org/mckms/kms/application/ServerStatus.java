package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import org.mckms.kms.domain.OperatorIdentity;

/** Says how the server is. Any role. */
@Stateless
public class ServerStatus {

    public StatusReport status(OperatorIdentity caller) {
        throw new UnsupportedOperationException();
    }
}
