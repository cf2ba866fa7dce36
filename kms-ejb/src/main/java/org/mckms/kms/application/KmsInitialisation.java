package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import org.mckms.kms.domain.AuthenticatedIdentity;

/** KMS Initialize: gives a client the root certificate of the current epoch (TS 33.180 annex D.2.3). */
@Stateless
public class KmsInitialisation {

    public Answer initialise(AuthenticatedIdentity caller, InitRequest request) {
        throw new UnsupportedOperationException();
    }
}
