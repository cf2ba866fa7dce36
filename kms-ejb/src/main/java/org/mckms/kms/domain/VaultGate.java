package org.mckms.kms.domain;

import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Lets requests of clients in only while the vault is active: an inactive server answers nothing but its operators. */
public final class VaultGate {

    private VaultGate() {}

    /**
     * @throws KmsException {@code NOT_READY} if the vault is inactive, {@code HSM_UNAVAILABLE} if the token is lost
     */
    public static void requireActive(VaultStatus status) {
        if (status.state() == VaultState.LOST) {
            throw new KmsException(KmsErrorCode.HSM_UNAVAILABLE, "the token is lost");
        }
        if (status.state() != VaultState.ACTIVE) {
            throw new KmsException(KmsErrorCode.NOT_READY, "the vault is not active");
        }
    }
}
