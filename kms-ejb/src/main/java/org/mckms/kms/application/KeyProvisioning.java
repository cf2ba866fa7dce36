package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ProvisioningRequest;

/** KMS KeyProvision: gives a client the key sets of its own identities (TS 33.180 annex D.2.4). */
@Stateless
public class KeyProvisioning {

    /** The caller of this method closes what it returns. */
    public Provisioned provision(AuthenticatedIdentity caller, ProvisioningRequest request) {
        throw new UnsupportedOperationException();
    }
}
