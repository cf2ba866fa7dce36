package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.VaultStatus;

/** Lets operators open and close the vault. Roles: officer or operator. */
@Stateless
public class VaultActivation {

    /** One attempt; the PIN is wiped when this returns. */
    public VaultStatus activate(OperatorIdentity caller, char[] pin) {
        throw new UnsupportedOperationException();
    }

    public VaultStatus deactivate(OperatorIdentity caller, String reason) {
        throw new UnsupportedOperationException();
    }

    /** Any role. */
    public VaultStatus status(OperatorIdentity caller) {
        throw new UnsupportedOperationException();
    }
}
